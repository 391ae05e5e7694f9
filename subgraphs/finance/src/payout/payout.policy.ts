import type { Viewer } from "@lentera/kit";

/** People see their own payouts, platform administrators with `payouts:approve` all. */
export function visibleTo(viewer: Viewer): object {
  return canApprovePayouts(viewer) ? {} : { userId: viewer.userId ?? "00000000-0000-0000-0000-000000000000" };
}

/** Money leaves for good: this is a permission of its own. */
export function canApprovePayouts(viewer: Viewer): boolean {
  return viewer.role === "PLATFORM_ADMIN" && viewer.permissions.includes("payouts:approve");
}
