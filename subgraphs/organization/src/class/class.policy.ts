import type { Viewer } from "@lentera/kit";

/** Staff see the classes of their organization, teachers only those they teach, students the one they are in. */
export function visibleTo(viewer: Viewer): object {
  if (viewer.role === "PLATFORM_ADMIN") return {};
  const studied =
    viewer.userId === null
      ? { id: { in: [] } }
      : { enrollments: { some: { studentId: viewer.userId, status: "ACTIVE" } } };
  if (!viewer.staff) return studied;
  if (viewer.role === "TEACHER")
    return { organizationId: viewer.organizationId, teachers: { some: { teacherId: viewer.userId } } };
  return viewer.permissions.includes("classes:read") ? { organizationId: viewer.organizationId } : studied;
}

/** Who may read the list of students: staff, not classmates. */
export function canSeeRoster(viewer: Viewer): boolean {
  return viewer.staff || viewer.role === "PLATFORM_ADMIN";
}
