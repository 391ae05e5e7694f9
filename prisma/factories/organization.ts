import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "../organization/client/client.js";
import { DEMO_PASSWORD_HASH } from "../seed/world.js";

export { DEMO_PASSWORD } from "../seed/world.js";

/** A client above row level security. */
export function connectOrganization(ownerUrl: string): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: ownerUrl, max: 2 }) });
}

let built = 0;
const next = (): number => (built += 1);

export async function buildUser(db: PrismaClient, over: Partial<Prisma.UserUncheckedCreateInput> = {}) {
  return await db.user.create({ data: { fullName: `Orang ${next()}`, role: "STUDENT", ...over } });
}

/** An account whose password is `DEMO_PASSWORD`. */
export async function buildAccount(db: PrismaClient, over: Partial<Prisma.AccountUncheckedCreateInput> = {}) {
  const userId = over.userId ?? (await buildUser(db)).id;
  const email = `person${next()}@example.test`;
  return await db.account.create({ data: { email, passwordHash: DEMO_PASSWORD_HASH, ...over, userId } });
}

const ROOMY = { plan: "ENTERPRISE", maxStudents: 100_000, maxStaff: 1000, maxClasses: 1000 } as const;

export async function buildOrganization(db: PrismaClient, over: Partial<Prisma.OrganizationUncheckedCreateInput> = {}) {
  return await db.organization.create({
    data: { name: `Sekolah ${next()}`, kind: "SCHOOL", status: "ACTIVE", ...ROOMY, ...over },
  });
}

export async function buildMembership(db: PrismaClient, over: Partial<Prisma.MembershipUncheckedCreateInput> = {}) {
  const organizationId = over.organizationId ?? (await buildOrganization(db)).id;
  const role = over.role ?? "TEACHER";
  const userId = over.userId ?? (await buildUser(db, { role })).id;
  return await db.membership.create({ data: { ...over, organizationId, userId, role } });
}

export async function buildClass(
  db: PrismaClient,
  { teacherIds = [], ...over }: Partial<Prisma.ClassUncheckedCreateInput> & { teacherIds?: string[] } = {},
) {
  const organizationId = over.organizationId ?? (await buildOrganization(db)).id;
  const defaults = { name: `Kelas ${next()}`, gradeLevel: "12", academicYear: "2026/2027" };
  const created = await db.class.create({ data: { ...defaults, ...over, organizationId } });
  await db.classTeacher.createMany({
    data: teacherIds.map((teacherId) => ({ classId: created.id, teacherId, organizationId })),
  });
  return created;
}

export async function buildEnrollment(db: PrismaClient, over: Partial<Prisma.EnrollmentUncheckedCreateInput> = {}) {
  const organizationId = over.organizationId ?? (await buildOrganization(db)).id;
  const classId = over.classId ?? (await buildClass(db, { organizationId })).id;
  const studentId = over.studentId ?? (await buildUser(db)).id;
  return await db.enrollment.create({ data: { ...over, organizationId, classId, studentId } });
}

export async function buildGuardianLink(db: PrismaClient, over: Partial<Prisma.GuardianLinkUncheckedCreateInput> = {}) {
  const guardianId = over.guardianId ?? (await buildUser(db, { role: "GUARDIAN" })).id;
  const studentId = over.studentId ?? (await buildUser(db)).id;
  const verifiedAt = over.status === "VERIFIED" ? new Date() : null;
  return await db.guardianLink.create({ data: { relationship: "PARENT", verifiedAt, ...over, guardianId, studentId } });
}

/** A platform admin who can sign in. */
export async function buildPlatformAdmin(
  db: PrismaClient,
  over: Partial<Prisma.PlatformAdminUncheckedCreateInput> = {},
) {
  const userId = over.userId ?? (await buildUser(db, { role: "PLATFORM_ADMIN" })).id;
  const { email } = await buildAccount(db, { userId });
  const admin = await db.platformAdmin.create({
    data: { role: "SUPER_ADMIN", department: "MANAGEMENT", ...over, userId },
  });
  return { ...admin, email };
}
