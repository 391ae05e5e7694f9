import type { Viewer } from "@lentera/kit";

/** The books as a whole are for platform administrators. */
export function canProveLedger(viewer: Viewer): boolean {
  return viewer.role === "PLATFORM_ADMIN" && viewer.permissions.includes("revenue:read");
}
