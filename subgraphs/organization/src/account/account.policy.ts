import { LenteraError, type SignedInViewer, type Viewer, requireSignedIn } from "@lentera/kit";

/**
 * For what only the person may do, because it decides how they prove who they are.
 * @throws UNAUTHORIZED for nobody and for API keys, INSUFFICIENT_PERMISSIONS for an admin who acts as the person
 */
export function requirePersonThemselves(viewer: Viewer): SignedInViewer {
  const person = requireSignedIn(viewer);
  if (person.impersonatorId !== null) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  return person;
}
