import type { Viewer } from "@lentera/kit";

/** Who composes, schedules and watches a tryout: the staff of its organization, and the platform. */
export function canManage(viewer: Viewer, { organizationId }: { readonly organizationId: string | null }): boolean {
  if (!viewer.permissions.includes("tryouts:create")) return false;
  if (viewer.role === "PLATFORM_ADMIN") return true;
  return viewer.staff && organizationId !== null && viewer.organizationId === organizationId;
}
