import type { Viewer } from "@lentera/kit";

/** The platform sees every application, everybody else their own. */
export function visibleTo(viewer: Viewer): object {
  return viewer.permissions.includes("tenants:read") ? {} : { applicantId: viewer.userId };
}
