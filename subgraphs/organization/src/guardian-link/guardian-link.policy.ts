import {
  LenteraError,
  type SignedInViewer,
  type Viewer,
  requireSignedIn,
  refuseWhileImpersonating,
} from "@lentera/kit";

type Parties = { readonly guardianId: string; readonly studentId: string };

/** Which side of a link the viewer is on; null for outsiders. */
export function sideOf(viewer: Viewer, link: Parties): "STUDENT" | "GUARDIAN" | null {
  if (viewer.userId === link.studentId) return "STUDENT";
  return viewer.userId === link.guardianId ? "GUARDIAN" : null;
}

/** @throws UNAUTHORIZED for nobody, INSUFFICIENT_PERMISSIONS for somebody who is no student */
export function requireStudent(viewer: Viewer): SignedInViewer {
  const person = requireSignedIn(viewer);
  refuseWhileImpersonating({ viewer });
  if (person.role !== "STUDENT") throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  return person;
}

/** Students have guardians and are none. @throws UNAUTHORIZED for nobody, INSUFFICIENT_PERMISSIONS for students */
export function requireGrownUp(viewer: Viewer): SignedInViewer {
  const person = requireSignedIn(viewer);
  refuseWhileImpersonating({ viewer });
  if (person.role === "STUDENT") throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  return person;
}
