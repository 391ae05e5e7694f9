import type { Viewer } from "@lentera/kit";

/** A payment as far as visibility goes. */
export interface PayerFacts {
  readonly payerId: string;
  readonly organizationId: string | null;
}

/** Payers see their own payments, an organization's bookkeepers those made to it, platform administrators all. */
export function canSeePayment(viewer: Viewer, { payerId, organizationId }: PayerFacts): boolean {
  if (seesAll(viewer) || payerId === viewer.userId) return true;
  return organizationId !== null && organizationId === viewer.organizationId && keepsBooks(viewer);
}

/** {@link canSeePayment} as a filter. */
export function visibleTo(viewer: Viewer): object {
  if (seesAll(viewer)) return {};
  const { userId, organizationId } = viewer;
  return {
    OR: [
      ...(userId === null ? [] : [{ payerId: userId }]),
      ...(organizationId !== null && keepsBooks(viewer) ? [{ organizationId }] : []),
    ],
  };
}

/** Giving money back is for the organization that got it and for platform administrators, with `payments:refund`. */
export function canRefund(viewer: Viewer, { organizationId }: PayerFacts): boolean {
  if (!viewer.permissions.includes("payments:refund")) return false;
  if (viewer.role === "PLATFORM_ADMIN") return true;
  return viewer.staff && organizationId !== null && organizationId === viewer.organizationId;
}

/** Settings, raw deliveries and exceptions are for the platform's finance staff. */
export function managesPayments(viewer: Viewer): boolean {
  return viewer.role === "PLATFORM_ADMIN" && viewer.permissions.includes("payments:create");
}

function seesAll(viewer: Viewer): boolean {
  return viewer.role === "PLATFORM_ADMIN" || viewer.kind === "SYSTEM";
}

function keepsBooks(viewer: Viewer): boolean {
  return viewer.staff && viewer.permissions.includes("payments:read");
}
