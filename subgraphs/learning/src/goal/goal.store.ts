import type { EachQuery } from "@lentera/kit";
import type { GoalStatus, Prisma } from "@lentera/prisma/learning";
import type { Transaction } from "../context.js";
import { resultsOut } from "../insight/student-insight.store.js";
import type { Goal } from "./goal.type.js";

export async function insertGoal(tx: Transaction, data: Prisma.GoalUncheckedCreateInput): Promise<string> {
  return (await tx.goal.create({ data, select: { id: true } })).id;
}

export function findGoal(tx: Transaction, id: string): Promise<Goal | null> {
  return tx.goal.findFirst({ where: { id } });
}

export async function lockGoal(tx: Transaction, id: string): Promise<Goal | null> {
  await tx.$queryRaw`select 1 from goals where id = ${id}::uuid for update`;
  return findGoal(tx, id);
}

export function countOpen(tx: Transaction, studentId: string): Promise<number> {
  return tx.goal.count({ where: { studentId, status: { in: ["ACTIVE", "PAUSED"] } } });
}

export async function examTypeExists(tx: Transaction, id: string): Promise<boolean> {
  return (await tx.examType.count({ where: { id } })) === 1;
}

export async function moveGoal(tx: Transaction, id: string, status: GoalStatus): Promise<void> {
  await tx.goal.update({ where: { id }, data: { status } });
}

/** @returns whether it was there to be claimed */
export async function claimReward(tx: Transaction, id: string, at: Date): Promise<boolean> {
  const where = { id, status: "COMPLETED" as const, rewardNote: { not: null }, rewardClaimedAt: null };
  return (await tx.goal.updateMany({ where, data: { rewardClaimedAt: at } })).count === 1;
}

/** Goals of each student, newest first. */
export function findGoalsOf(
  tx: Transaction,
  studentIds: readonly string[],
  { take, beyond }: EachQuery,
): Promise<Goal[]> {
  return tx.$queryRaw`
    select goal.*
    from unnest(${[...studentIds]}::uuid[]) as student(id)
    cross join lateral (
      select g.id, g.kind, g.title, g.target, g.status, g.starts_at as "startsAt", g.ends_at as "endsAt",
             g.reward_note as "rewardNote", g.reward_claimed_at as "rewardClaimedAt", g.completed_at as "completedAt",
             g.created_at as "createdAt", g.student_id as "studentId", g.created_by_id as "createdById",
             g.exam_type_id as "examTypeId", g.program_id as "programId"
      from goals g
      where g.student_id = student.id
        and (${beyond === null} or (g.created_at, g.id) < (${beyond?.value ?? null}::timestamptz, ${beyond?.id ?? null}::uuid))
      order by g.created_at desc, g.id desc
      limit ${take}
    ) goal`;
}

export async function countGoalsOf(tx: Transaction, studentIds: readonly string[]): Promise<Map<string, number>> {
  const groups = await tx.goal.groupBy({
    by: ["studentId"],
    where: { studentId: { in: [...studentIds] } },
    _count: true,
  });
  return new Map(groups.map((group) => [group.studentId, group._count]));
}

/** What has been done towards these goals within their time; not for UNIVERSITY_TARGET, whose chance is no sum. */
export function findCurrents(
  tx: Transaction,
  ids: readonly string[],
  now: Date,
): Promise<{ id: string; current: number | null }[]> {
  return tx.$queryRaw`
    select g.id, case g.kind
      when 'TARGET_SCORE' then (
        select s.scaled from attempts a join tryouts t on t.id = a.tryout_id join attempt_scores s on s.attempt_id = a.id
        where a.student_id = g.student_id and t.exam_type_id = g.exam_type_id and a.status = 'SCORED'
          and a.submitted_at >= g.starts_at and a.submitted_at < g.ends_at and ${resultsOut(now)}
        order by a.started_at desc, a.id desc limit 1)
      when 'TRYOUT_FREQUENCY' then (
        select count(*)::float from attempts a
        where a.student_id = g.student_id and a.submitted_at >= g.starts_at and a.submitted_at < g.ends_at)
      when 'STUDY_HOURS' then (
        select sum(extract(epoch from worked.upto - worked.since)) / 3600 from (
          select greatest(a.started_at, g.starts_at) as since, least(a.submitted_at, g.ends_at) as upto from attempts a
          where a.student_id = g.student_id and a.submitted_at > g.starts_at and a.started_at < g.ends_at
          union all
          select greatest(p.started_at, g.starts_at), least(last.at, g.ends_at) from practice_sessions p
          cross join lateral (select max(w.answered_at) as at from practice_answers w where w.session_id = p.id) last
          where p.student_id = g.student_id and last.at > g.starts_at and p.started_at < g.ends_at
        ) worked)::float
      end as current
    from goals g where g.id = any(${[...ids]}::uuid[])`;
}

/** Active goals whose time is not long over, in the order of their ids. */
export function findActive(tx: Transaction, after: string | null, endsAfter: Date, take: number): Promise<Goal[]> {
  return tx.goal.findMany({
    where: { status: "ACTIVE", endsAt: { gt: endsAfter }, ...(after === null ? {} : { id: { gt: after } }) },
    orderBy: { id: "asc" },
    take,
  });
}

/** Completes those that are still active. @returns their ids */
export async function completeGoals(tx: Transaction, ids: readonly string[], at: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update goals set status = 'COMPLETED', completed_at = ${at}
    where id = any(${[...ids]}::uuid[]) and status = 'ACTIVE' returning id`;
  return rows.map(({ id }) => id);
}
