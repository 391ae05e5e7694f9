import type { Viewer } from "@lentera/kit";

/** Whoever may add students may import them, and see the imports of their organization. */
export function canImport(viewer: Viewer, organizationId: string): boolean {
  return viewer.permissions.includes("students:create") && viewer.organizationId === organizationId;
}
