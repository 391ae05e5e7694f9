import type { Viewer } from "@lentera/kit";

/** Moving money by hand is for platform administrators; everything else moves it by its own command. */
export function canTransferFunds(viewer: Viewer): boolean {
  return viewer.role === "PLATFORM_ADMIN" && viewer.permissions.includes("payments:create");
}
