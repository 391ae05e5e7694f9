import type { EachQuery, PageQuery } from "@lentera/kit";
import type { Prisma } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";
import type { User } from "../user/user.type.js";
import type { Class } from "./class.type.js";

export function findClassPage(tx: Transaction, visible: object, page: PageQuery): Promise<Class[]> {
  return tx.class.findMany({ ...page, where: { AND: [visible, page.where] } });
}

export function countClasses(tx: Transaction, visible: object): Promise<number> {
  return tx.class.count({ where: visible });
}

export function findClasses(tx: Transaction, visible: object, ids: readonly string[]): Promise<Class[]> {
  return tx.class.findMany({ where: { AND: [visible, { id: { in: [...ids] } }] } });
}

/** Ids of the active students of each class. */
export async function findStudentIds(tx: Transaction, classIds: readonly string[]): Promise<Map<string, string[]>> {
  const enrollments = await tx.enrollment.findMany({
    where: { classId: { in: [...classIds] }, status: "ACTIVE" },
    select: { classId: true, studentId: true },
  });
  const groups = Map.groupBy(enrollments, ({ classId }) => classId ?? "");
  return new Map([...groups].map(([classId, members]) => [classId, members.map(({ studentId }) => studentId)]));
}

export async function countStudents(tx: Transaction, classIds: readonly string[]): Promise<Map<string, number>> {
  const groups = await tx.enrollment.groupBy({
    by: ["classId"],
    where: { classId: { in: [...classIds] }, status: "ACTIVE" },
    _count: true,
  });
  return new Map(groups.map((group) => [group.classId ?? "", group._count]));
}

export interface RosterRow extends User {
  readonly classId: string;
}

/** The active students of each class by name. */
export function findRosters(
  tx: Transaction,
  classIds: readonly string[],
  { take, beyond }: EachQuery,
): Promise<RosterRow[]> {
  return tx.$queryRaw`
    select student.*, class.id as "classId"
    from unnest(${[...classIds]}::uuid[]) as class(id)
    cross join lateral (
      select u.id, u.full_name as "fullName", u.role, u.created_at as "createdAt"
      from enrollments e join users u on u.id = e.student_id
      where e.class_id = class.id and e.status = 'ACTIVE'
        and (${beyond === null} or (u.full_name, u.id) > (${beyond?.value ?? ""}, ${beyond?.id ?? null}::uuid))
      order by u.full_name, u.id
      limit ${take}
    ) student`;
}

export function insertClass(tx: Transaction, data: Prisma.ClassUncheckedCreateInput): Promise<Class> {
  return tx.class.create({ data });
}

export function updateClass(tx: Transaction, id: string, data: Prisma.ClassUncheckedUpdateInput): Promise<Class> {
  return tx.class.update({ where: { id }, data });
}

/** A class of the organization, whoever teaches it. */
export function findClassOf(tx: Transaction, organizationId: string, id: string): Promise<Class | null> {
  return tx.class.findFirst({ where: { organizationId, id } });
}

export function countActiveClasses(tx: Transaction, organizationId: string): Promise<number> {
  return tx.class.count({ where: { organizationId, isActive: true } });
}

/** Whether another class of the year has the name. */
export async function isNameTaken(
  tx: Transaction,
  { organizationId, academicYear, name, id }: Pick<Class, "organizationId" | "academicYear" | "name"> & { id?: string },
): Promise<boolean> {
  const where = { organizationId, academicYear, name, ...(id !== undefined && { id: { not: id } }) };
  return (await tx.class.count({ where })) > 0;
}

/** Makes these people the class's teachers, and nobody else. */
export async function replaceTeachers(
  tx: Transaction,
  { id: classId, organizationId }: Class,
  teacherIds: readonly string[],
): Promise<void> {
  await tx.classTeacher.deleteMany({ where: { classId, teacherId: { notIn: [...teacherIds] } } });
  const data = teacherIds.map((teacherId) => ({ classId, teacherId, organizationId }));
  await tx.classTeacher.createMany({ data, skipDuplicates: true });
}

/** Ids of the teachers of each class. */
export async function findTeacherIds(tx: Transaction, classIds: readonly string[]): Promise<Map<string, string[]>> {
  const teachings = await tx.classTeacher.findMany({
    where: { classId: { in: [...classIds] } },
    select: { classId: true, teacherId: true },
    orderBy: { teacher: { fullName: "asc" } },
  });
  const groups = Map.groupBy(teachings, ({ classId }) => classId);
  return new Map([...groups].map(([classId, each]) => [classId, each.map(({ teacherId }) => teacherId)]));
}
