import type { Viewer } from "@lentera/kit";
import type { Transaction } from "../context.js";
import type { Relationship } from "./user.policy.js";
import type { User } from "./user.type.js";

export function findUsers(tx: Transaction, ids: readonly string[]): Promise<User[]> {
  return tx.user.findMany({ where: { id: { in: [...ids] } } });
}

/** E-mail addresses by user id; row level security leaves out whom the viewer may not write to. */
export async function findEmails(tx: Transaction, userIds: readonly string[]): Promise<Map<string, string>> {
  const accounts = await tx.account.findMany({
    where: { userId: { in: [...userIds] } },
    select: { userId: true, email: true },
  });
  return new Map(accounts.map(({ userId, email }) => [userId, email]));
}

/** The relationships of one viewer to many people: two statements, however many people. */
export async function findRelationships(
  tx: Transaction,
  viewer: Viewer,
  userIds: readonly string[],
): Promise<Map<string, Relationship>> {
  const links = await tx.guardianLink.findMany({
    where: { guardianId: viewer.userId ?? "", studentId: { in: [...userIds] }, status: "VERIFIED" },
  });
  const enrollments = await findTeachings(tx, viewer, userIds);
  const linkOf = new Map(links.map((link) => [link.studentId, link]));
  const enrollmentOf = new Map(enrollments.map((enrollment) => [enrollment.studentId, enrollment]));
  return new Map(
    userIds.map((userId) => [
      userId,
      {
        guardianPermissions: linkOf.get(userId) ?? null,
        enrolledHere: enrollmentOf.has(userId),
        taughtByViewer: enrollmentOf.get(userId)?.taught ?? false,
      },
    ]),
  );
}

function findTeachings(
  tx: Transaction,
  { organizationId, userId, staff }: Viewer,
  studentIds: readonly string[],
): Promise<{ studentId: string; taught: boolean }[]> {
  if (!staff) return Promise.resolve([]);
  return tx.$queryRaw`
    select e.student_id as "studentId", t.teacher_id is not null as taught
    from enrollments e
    left join class_teachers t on t.class_id = e.class_id and t.teacher_id = ${userId}::uuid
    where e.organization_id = ${organizationId}::uuid and e.status = 'ACTIVE'
      and e.student_id = any(${[...studentIds]}::uuid[])`;
}
