import type { Viewer } from "@lentera/kit";

/** Staff see the classes of their organization, teachers only those they teach, students the one they are in. */
export function visibleTo(viewer: Viewer): object {
  if (mayReadOfPlatform(viewer, "tenants:read")) return {};
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
  return viewer.staff || mayReadOfPlatform(viewer, "students:read");
}

/** The platform's own people see of all organizations what their role lets them (C-06). */
function mayReadOfPlatform({ role, permissions }: Viewer, permission: string): boolean {
  return role === "PLATFORM_ADMIN" && permissions.includes(permission);
}
