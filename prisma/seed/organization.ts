import type { ClientBase } from "pg";
import type { Population } from "./census.js";
import { insertRows } from "./rows.js";
import { DEMO_PASSWORD_HASH } from "./world.js";

const ENTERPRISE = { plan: "ENTERPRISE", maxStudents: 100_000, maxStaff: 1000, maxClasses: 1000 };

/** Inserts people, organizations and their ties. Everybody's password is the demo password. */
export async function seedOrganization(client: ClientBase, population: Population): Promise<void> {
  const { people, organizations, memberships, classes, enrollments, guardianLinks } = population;
  await insertRows(client, "users", { id: "uuid", fullName: "text", role: '"Role"', createdAt: "timestamptz" }, people);
  await insertRows(
    client,
    "accounts",
    { userId: "uuid", email: "citext", passwordHash: "text" },
    people.map(({ id: userId, email }) => ({ userId, email, passwordHash: DEMO_PASSWORD_HASH })),
  );
  await insertRows(
    client,
    "platform_admins",
    { userId: "uuid", role: '"PlatformRole"', department: '"PlatformDepartment"' },
    people
      .filter(({ role }) => role === "PLATFORM_ADMIN")
      .map(({ id: userId }) => ({ userId, role: "SUPER_ADMIN", department: "MANAGEMENT" })),
  );
  await insertRows(
    client,
    "organizations",
    {
      id: "uuid",
      name: "text",
      kind: '"OrganizationKind"',
      status: '"OrganizationStatus"',
      createdAt: "timestamptz",
      plan: '"OrganizationPlan"',
      maxStudents: "int",
      maxStaff: "int",
      maxClasses: "int",
    },
    organizations.map((organization) => ({ ...organization, ...ENTERPRISE })),
  );
  await insertRows(
    client,
    "memberships",
    { id: "uuid", organizationId: "uuid", userId: "uuid", role: '"Role"', createdAt: "timestamptz" },
    memberships,
  );
  await insertRows(
    client,
    "classes",
    {
      id: "uuid",
      organizationId: "uuid",
      name: "text",
      gradeLevel: "text",
      academicYear: "text",
      capacity: "int",
      createdAt: "timestamptz",
    },
    classes,
  );
  await insertRows(
    client,
    "class_teachers",
    { classId: "uuid", teacherId: "uuid", organizationId: "uuid" },
    classes.flatMap(({ id: classId, organizationId, teacherIds }) =>
      teacherIds.map((teacherId) => ({ classId, teacherId, organizationId })),
    ),
  );
  await insertRows(
    client,
    "enrollments",
    {
      id: "uuid",
      organizationId: "uuid",
      classId: "uuid",
      studentId: "uuid",
      studentIdentifier: "text",
      status: '"EnrollmentStatus"',
      enrolledAt: "timestamptz",
    },
    enrollments,
  );
  await insertRows(
    client,
    "guardian_links",
    {
      id: "uuid",
      guardianId: "uuid",
      studentId: "uuid",
      relationship: '"GuardianRelationship"',
      status: '"GuardianLinkStatus"',
      viewScores: "boolean",
      viewStudyTime: "boolean",
      viewDetailedAnalytics: "boolean",
      setGoals: "boolean",
      receiveNotifications: "boolean",
      accessReports: "boolean",
      createdAt: "timestamptz",
      verifiedAt: "timestamptz",
    },
    guardianLinks.map((link) => ({
      ...link,
      viewStudyTime: true,
      viewDetailedAnalytics: link.viewScores,
      setGoals: link.relationship === "PARENT",
      receiveNotifications: true,
      accessReports: link.viewScores,
    })),
  );
}
