import { anonymous, system } from "@lentera/kit";
import { buildViewer } from "@lentera/kit/testing";
import { expect, it } from "vitest";
import { type ProfileFacts, canSeeProfile, visibleTo } from "./tutor-profile.policy.js";
import { TutorStatus, VerificationStatus } from "./tutor-profile.type.js";

const [me, other] = ["018f0000-0000-7000-8000-000000000001", "018f0000-0000-7000-8000-000000000002"];
const profiles: ProfileFacts[] = [me, other].flatMap((userId) =>
  Object.values(TutorStatus).flatMap((status) =>
    Object.values(VerificationStatus).map((verificationStatus) => ({ userId, status, verificationStatus })),
  ),
);
const isListed = ({ status, verificationStatus }: ProfileFacts) =>
  status === "ACTIVE" && verificationStatus === "APPROVED";

/** What Prisma makes of the filter. */
function matches(filter: object, facts: ProfileFacts): boolean {
  if (!("OR" in filter)) return true;
  const known = new Map<string, unknown>(Object.entries(facts));
  return (filter.OR as object[]).some((part) =>
    Object.entries(part).every(([field, value]) => known.get(field) === value),
  );
}

it.each([
  ["nobody", anonymous, profiles.filter(isListed)],
  [
    "a tutor",
    buildViewer({ userId: me, role: "TUTOR" }),
    profiles.filter((facts) => facts.userId === me || isListed(facts)),
  ],
  ["an administrator", buildViewer({ role: "PLATFORM_ADMIN" }), profiles],
  ["the system", system, profiles],
])("lets %s see the right profiles, one by one and in a list", (_, viewer, expected) => {
  expect(profiles.filter((facts) => canSeeProfile(viewer, facts))).toEqual(expected);
  expect(profiles.filter((facts) => matches(visibleTo(viewer), facts))).toEqual(expected);
});
