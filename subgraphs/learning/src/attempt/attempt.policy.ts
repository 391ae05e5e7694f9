import type { Viewer } from "@lentera/kit";

interface AttemptFacts {
  readonly studentId: string;
  readonly organizationId: string | null;
}

/** Only students sit tryouts. */
export function canStart(viewer: Viewer): boolean {
  return viewer.permissions.includes("attempts:create");
}

/** Questions, answers and the pen belong to the student alone. */
export function isOwn(viewer: Viewer, attempt: AttemptFacts): boolean {
  return viewer.userId === attempt.studentId;
}

/**
 * Who may open an attempt by its id: the student, and those who run the organization for which it was sat. Teachers and
 * guardians reach the attempts of their students through `User.attempts`, where the relationship's owner decides.
 */
export function canRead(viewer: Viewer, attempt: AttemptFacts): boolean {
  if (isOwn(viewer, attempt) || viewer.role === "PLATFORM_ADMIN") return true;
  const runsOrganization = viewer.role === "OWNER" || viewer.role === "ADMIN";
  return (
    runsOrganization && viewer.organizationId === attempt.organizationId && viewer.permissions.includes("attempts:read")
  );
}
