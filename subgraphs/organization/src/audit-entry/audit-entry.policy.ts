import type { Viewer } from "@lentera/kit";

/** Whose entries a holder of `audit:read` sees: platform admins all, or those asked for; everybody else their own. */
export function organizationSeenBy(viewer: Viewer, wanted: string | null | undefined): string | undefined {
  return viewer.role === "PLATFORM_ADMIN" ? (wanted ?? undefined) : (viewer.organizationId ?? NO_ORGANIZATION);
}

/** The one chain that a holder of `audit:read` may export; null is the platform's. */
export function chainExportedBy(viewer: Viewer, wanted: string | null | undefined): string | null {
  return viewer.role === "PLATFORM_ADMIN" ? (wanted ?? null) : (viewer.organizationId ?? NO_ORGANIZATION);
}

const NO_ORGANIZATION = "00000000-0000-0000-0000-000000000000";
