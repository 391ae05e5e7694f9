import type { Viewer } from "@lentera/kit";

/** A class as far as visibility goes. */
export interface ClassFacts {
  readonly organizationId: string;
  readonly teacherIds: readonly string[];
  readonly studentIds: readonly string[];
}

/** Staff see the classes of their organization, teachers only those they teach, students the one they are in. */
export function canSeeClass(viewer: Viewer, facts: ClassFacts): boolean {
  if (viewer.role === "PLATFORM_ADMIN") return true;
  if (viewer.userId === null) return false;
  if (facts.studentIds.includes(viewer.userId)) return true;
  if (!viewer.staff || viewer.organizationId !== facts.organizationId) return false;
  return viewer.role === "TEACHER"
    ? facts.teacherIds.includes(viewer.userId)
    : viewer.permissions.includes("classes:read");
}

/** {@link canSeeClass} as a filter; the two agree (class.policy.test.ts). */
export function visibleTo(viewer: Viewer): object {
  if (viewer.role === "PLATFORM_ADMIN") return {};
  const studied = { enrollments: { some: { studentId: viewer.userId, status: "ACTIVE" } } };
  if (!viewer.staff) return studied;
  if (viewer.role === "TEACHER")
    return { organizationId: viewer.organizationId, teachers: { some: { teacherId: viewer.userId } } };
  return viewer.permissions.includes("classes:read") ? { organizationId: viewer.organizationId } : studied;
}

/** Who may read the list of students: staff, not classmates. */
export function canSeeRoster(viewer: Viewer): boolean {
  return viewer.staff || viewer.role === "PLATFORM_ADMIN";
}
