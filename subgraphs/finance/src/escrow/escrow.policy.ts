import type { Viewer } from "@lentera/kit";

function seesAll(viewer: Viewer): boolean {
  return viewer.role === "PLATFORM_ADMIN" && viewer.permissions.includes("payments:read");
}

/** Who pays and who earns see an escrow, and platform administrators with `payments:read`. */
export function visibleTo(viewer: Viewer): object {
  if (seesAll(viewer)) return {};
  const { userId } = viewer;
  return { OR: userId === null ? [] : [{ payerId: userId }, { payeeId: userId }] };
}

/** Deciding a dispute moves other people's money. */
export function canDecideEscrow(viewer: Viewer): boolean {
  return viewer.role === "PLATFORM_ADMIN" && viewer.permissions.includes("payments:refund");
}
