import type { Viewer } from "@lentera/kit";

/** Platform admins see all organizations, everybody else the one for which they act. */
export function visibleTo(viewer: Viewer): { id?: string } {
  return viewer.permissions.includes("tenants:read") ? {} : { id: viewer.organizationId ?? NO_ORGANIZATION };
}

const NO_ORGANIZATION = "00000000-0000-0000-0000-000000000000";
