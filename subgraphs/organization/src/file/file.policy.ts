import { LenteraError, type Viewer } from "@lentera/kit";

/** The organization for which the viewer acts. @throws INSUFFICIENT_PERMISSIONS for those who act for none */
export function requireOrganization(viewer: Viewer): string {
  if (viewer.organizationId === null) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  return viewer.organizationId;
}
