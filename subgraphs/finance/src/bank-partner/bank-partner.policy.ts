import type { Viewer } from "@lentera/kit";

/** Which banks lend, what they offer and how risk is scored is the platform's business. */
export function canManageBanks(viewer: Viewer): boolean {
  return viewer.role === "PLATFORM_ADMIN" && viewer.permissions.includes("banks:manage");
}
