import type { Viewer } from "@lentera/kit";
import type { Enrollment } from "./enrollment.type.js";

/** Staff see all students of their organization, teachers those of their classes. Who may not read students sees none. */
export function reachOf(viewer: Viewer): "ALL" | "TAUGHT" | "NONE" {
  if (!viewer.staff || !viewer.permissions.includes("students:read")) return "NONE";
  return viewer.role === "TEACHER" ? "TAUGHT" : "ALL";
}

/** Who is invited is only told to the invited: an address does not buy a name. */
export function isStudentTold(viewer: Viewer, { status, studentId }: Enrollment): boolean {
  return status !== "INVITED" || studentId === viewer.userId;
}
