import type { Viewer } from "@lentera/kit";

/** Platform admins see all organizations, everybody else the one for which they act. */
export function visibleTo(viewer: Viewer): { id?: string } {
  return viewer.permissions.includes("tenants:read") ? {} : { id: viewer.organizationId ?? NO_ORGANIZATION };
}

/** Row level security keeps nothing from the platform's own people, but some of them see numbers only (C-06). */
export function seesNoTenant({ role, permissions }: Viewer): boolean {
  return role === "PLATFORM_ADMIN" && !permissions.includes("tenants:read");
}

const NO_ORGANIZATION = "00000000-0000-0000-0000-000000000000";

/** Whether the viewer may see and change what only the management of an organization knows, such as its tax number. */
export function canManage(viewer: Viewer, organizationId: string): boolean {
  if (viewer.permissions.includes("tenants:update")) return true;
  return viewer.organizationId === organizationId && viewer.permissions.includes("organization:update");
}

/** Whether the viewer may see an organization's numbers: its staff, and the platform. */
export function canSeeStatistics(viewer: Viewer, organizationId: string): boolean {
  if (viewer.permissions.includes("tenants:read")) return true;
  return viewer.staff && viewer.organizationId === organizationId && viewer.permissions.includes("organization:read");
}
