import { buildViewer } from "@lentera/kit/testing";
import { anonymous, system } from "@lentera/kit";
import { expect, it } from "vitest";
import { type OwnerFacts, canSeeAccount, visibleTo } from "./ledger-account.policy.js";

const [me, other, ours, theirs] = [
  "018f0000-0000-7000-8000-000000000001",
  "018f0000-0000-7000-8000-000000000002",
  "018f0000-0000-7000-8000-000000000003",
  "018f0000-0000-7000-8000-000000000004",
];
const owners: OwnerFacts[] = [
  { ownerKind: "USER", ownerId: me },
  { ownerKind: "USER", ownerId: other },
  { ownerKind: "USER", ownerId: ours },
  { ownerKind: "ORGANIZATION", ownerId: ours },
  { ownerKind: "ORGANIZATION", ownerId: theirs },
  { ownerKind: "ORGANIZATION", ownerId: me },
  { ownerKind: "PLATFORM", ownerId: me },
  { ownerKind: "PROVIDER", ownerId: ours },
];

/** What Prisma makes of the filter. */
function matches(filter: object, facts: OwnerFacts): boolean {
  if (!("OR" in filter)) return true;
  return (filter.OR as OwnerFacts[]).some(
    ({ ownerKind, ownerId }) => ownerKind === facts.ownerKind && ownerId === facts.ownerId,
  );
}

it.each([
  ["nobody", anonymous, []],
  ["the system", system, owners],
  ["a person", buildViewer({ userId: me }), [owners[0]]],
  [
    "a bookkeeper",
    buildViewer({ userId: me, organizationId: ours, staff: true, permissions: ["payments:read"] }),
    [owners[0], owners[3]],
  ],
  [
    "a teacher",
    buildViewer({ userId: me, organizationId: ours, staff: true, permissions: ["classes:read"] }),
    [owners[0]],
  ],
  ["a student", buildViewer({ userId: me, organizationId: ours, permissions: ["payments:read"] }), [owners[0]]],
  ["an administrator", buildViewer({ userId: me, role: "PLATFORM_ADMIN" }), owners],
])("lets %s see the right accounts, one by one and in a list", (_, viewer, expected) => {
  expect(owners.filter((owner) => canSeeAccount(viewer, owner))).toEqual(expected);
  expect(owners.filter((owner) => matches(visibleTo(viewer), owner))).toEqual(expected);
});
