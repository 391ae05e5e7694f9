import { type EachQuery, LenteraError, type PageQuery } from "@lentera/kit";
import { type EnrollmentStatus, Prisma } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";
import type { StudentOrder } from "./enrollment.input.js";
import type { Enrollment } from "./enrollment.type.js";

/**
 * The person with this address, made when there is none. The one thing about strangers that staff can do; the database
 * lets nothing else through.
 */
export async function registerStudent(
  tx: Transaction,
  email: string,
  fullName: string,
): Promise<{ userId: string; isNew: boolean }> {
  const [person] = await tx.$queryRaw<{ userId: string; isNew: boolean }[]>`
    select user_id as "userId", is_new as "isNew" from register_student(${email}::citext, ${fullName})`;
  if (person === undefined) throw new Error("register_student gave nobody");
  return person;
}

/** @throws NOT_FOUND unless the enrollment is one of those that `visible` describes */
export async function findEnrollment(
  tx: Transaction,
  visible: Prisma.EnrollmentWhereInput,
  id: string,
): Promise<Enrollment> {
  const enrollment = await tx.enrollment.findFirst({ where: { AND: [visible, { id }] } });
  if (enrollment === null) throw new LenteraError("NOT_FOUND");
  return enrollment;
}

export function findEnrollmentOf(
  tx: Transaction,
  organizationId: string,
  studentId: string,
): Promise<Enrollment | null> {
  return tx.enrollment.findFirst({ where: { organizationId, studentId } });
}

export function countActive(tx: Transaction, organizationId: string): Promise<number> {
  return tx.enrollment.count({ where: { organizationId, status: "ACTIVE" } });
}

export function insertEnrollment(tx: Transaction, data: Prisma.EnrollmentUncheckedCreateInput): Promise<Enrollment> {
  return tx.enrollment.create({ data });
}

export function updateEnrollment(
  tx: Transaction,
  id: string,
  data: Prisma.EnrollmentUncheckedUpdateInput,
): Promise<Enrollment> {
  return tx.enrollment.update({ where: { id }, data });
}

export async function deleteEnrollment(tx: Transaction, id: string): Promise<void> {
  await tx.enrollment.deleteMany({ where: { id } });
}

/** Invitations to be a student that the person has not answered. */
export function findInvitationPage(tx: Transaction, studentId: string, page: PageQuery): Promise<Enrollment[]> {
  return tx.enrollment.findMany({ ...page, where: { AND: [{ studentId, status: "INVITED" }, page.where] } });
}

export function countInvitations(tx: Transaction, studentId: string): Promise<number> {
  return tx.enrollment.count({ where: { studentId, status: "INVITED" } });
}

export interface StudentQuery {
  readonly organizationId: string;
  /** Only students of classes that this person teaches. */
  readonly teacherId: string | null;
  readonly classId: string | null;
  readonly status: EnrollmentStatus | null;
  readonly search: string | null;
}

/** An enrollment with what it is sorted by. */
export interface StudentRow extends Enrollment {
  readonly sortValue: string;
}

/** By name, or the last enrolled first. Of people who have not accepted, not even the name is told: they come by id. */
export function findStudents(
  tx: Transaction,
  query: StudentQuery,
  order: StudentOrder,
  { take, beyond }: EachQuery,
): Promise<StudentRow[]> {
  const byName = order === "NAME";
  const key = byName
    ? Prisma.sql`case when e.status::text = 'INVITED' then '' else u.full_name end`
    : Prisma.sql`to_char(e.enrolled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS')`;
  const rest =
    beyond === null
      ? Prisma.empty
      : byName
        ? Prisma.sql`and (${key}, e.id) > (${beyond.value}, ${beyond.id}::uuid)`
        : Prisma.sql`and (${key}, e.id) < (${beyond.value}, ${beyond.id}::uuid)`;
  const direction = byName ? Prisma.sql`asc` : Prisma.sql`desc`;
  return tx.$queryRaw`
    select e.id, e.organization_id as "organizationId", e.student_id as "studentId", e.class_id as "classId",
      e.status, e.student_identifier as "studentIdentifier", e.target_university as "targetUniversity",
      e.target_major as "targetMajor", e.enrolled_at as "enrolledAt", e.ended_at as "endedAt", ${key} as "sortValue"
    from enrollments e join users u on u.id = e.student_id
    where ${matching(query)} ${rest}
    order by ${key} ${direction}, e.id ${direction}
    limit ${take}`;
}

export async function countStudents(tx: Transaction, query: StudentQuery): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from enrollments e join users u on u.id = e.student_id where ${matching(query)}`;
  return row?.count ?? 0;
}

function matching({ organizationId, teacherId, classId, status, search }: StudentQuery): Prisma.Sql {
  const pattern = search === null ? null : `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return Prisma.join(
    [
      Prisma.sql`e.organization_id = ${organizationId}::uuid`,
      ...(teacherId === null
        ? []
        : [
            Prisma.sql`e.status::text <> 'INVITED' and exists (select from class_teachers t
              where t.class_id = e.class_id and t.teacher_id = ${teacherId}::uuid)`,
          ]),
      ...(classId === null ? [] : [Prisma.sql`e.class_id = ${classId}::uuid`]),
      ...(status === null ? [] : [Prisma.sql`e.status::text = ${status}`]),
      ...(pattern === null ? [] : [Prisma.sql`e.status::text <> 'INVITED' and u.full_name ilike ${pattern}`]),
    ],
    " and ",
  );
}
