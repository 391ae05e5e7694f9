import type { Viewer } from "@lentera/kit";
import type { AccountOwnerKind } from "@lentera/prisma/finance";

/** An account as far as visibility goes. */
export interface OwnerFacts {
  readonly ownerKind: AccountOwnerKind;
  readonly ownerId: string;
}

/** People see their own accounts, an organization's bookkeepers see its, platform administrators see all. */
export function canSeeAccount(viewer: Viewer, { ownerKind, ownerId }: OwnerFacts): boolean {
  if (seesAll(viewer)) return true;
  if (ownerKind === "USER") return ownerId === viewer.userId;
  return ownerKind === "ORGANIZATION" && ownerId === viewer.organizationId && keepsBooks(viewer);
}

/** {@link canSeeAccount} as a filter; the two agree (ledger-account.policy.test.ts). */
export function visibleTo(viewer: Viewer): object {
  if (seesAll(viewer)) return {};
  const { userId, organizationId } = viewer;
  return {
    OR: [
      ...(userId === null ? [] : [{ ownerKind: "USER", ownerId: userId }]),
      ...(organizationId !== null && keepsBooks(viewer)
        ? [{ ownerKind: "ORGANIZATION", ownerId: organizationId }]
        : []),
    ],
  };
}

function seesAll(viewer: Viewer): boolean {
  return viewer.role === "PLATFORM_ADMIN" || viewer.kind === "SYSTEM";
}

function keepsBooks(viewer: Viewer): boolean {
  return viewer.staff && viewer.permissions.includes("payments:read");
}
