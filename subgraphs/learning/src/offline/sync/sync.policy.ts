import type { Viewer } from "@lentera/kit";

/** Who looks after what could not be delivered: those who run the organization, and the platform's admins. */
export function canManageSync(viewer: Viewer): boolean {
  return viewer.permissions.includes("sync:manage");
}
