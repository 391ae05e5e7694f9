import type { ChallengeGoal, ChallengeStatus, InvitationStatus, Prisma } from "@lentera/prisma/learning";
import type { Transaction } from "../context.js";
import type { Challenge } from "./challenge.type.js";

export interface MemberRow {
  readonly challengeId: string;
  readonly userId: string;
  readonly status: InvitationStatus;
  readonly result: number | null;
  readonly rank: number | null;
  readonly isWinner: boolean;
}

export async function insertChallenge(
  tx: Transaction,
  data: Prisma.ChallengeUncheckedCreateInput & { creatorId: string },
  invitedIds: readonly string[],
  now: Date,
): Promise<string> {
  const { id } = await tx.challenge.create({ data });
  const maker = { challengeId: id, userId: data.creatorId, status: "ACCEPTED" as const, answeredAt: now };
  await tx.challengeMember.createMany({
    data: [maker, ...invitedIds.map((userId) => ({ challengeId: id, userId }))],
  });
  return id;
}

/** The other members of a class or group of the user's; null when it is none of theirs. */
export async function findFellows(tx: Transaction, cohortId: string, userId: string): Promise<string[] | null> {
  const members = await tx.cohortMember.findMany({ where: { cohortId, leftAt: null }, orderBy: { userId: "asc" } });
  const ids = members.map((member) => member.userId);
  return ids.includes(userId) ? ids.filter((id) => id !== userId) : null;
}

export function countInviting(tx: Transaction, creatorId: string): Promise<number> {
  return tx.challenge.count({ where: { creatorId, status: "INVITING" } });
}

export function findChallenge(tx: Transaction, id: string): Promise<Challenge | null> {
  return tx.challenge.findFirst({ where: { id } });
}

export async function lockChallenge(tx: Transaction, id: string): Promise<Challenge | null> {
  await tx.$queryRaw`select id from challenges where id = ${id}::uuid for update`;
  return findChallenge(tx, id);
}

export function findMembers(tx: Transaction, challengeIds: readonly string[]): Promise<MemberRow[]> {
  return tx.challengeMember.findMany({
    where: { challengeId: { in: [...challengeIds] } },
    orderBy: [{ challengeId: "asc" }, { rank: { sort: "asc", nulls: "last" } }, { userId: "asc" }],
  });
}

/** @returns whether the invitation was open */
export async function answerInvitation(
  tx: Transaction,
  challengeId: string,
  userId: string,
  status: InvitationStatus,
  answeredAt: Date,
): Promise<boolean> {
  const where = { challengeId, userId, status: "INVITED" as const };
  return (await tx.challengeMember.updateMany({ where, data: { status, answeredAt } })).count === 1;
}

export async function moveChallenge(
  tx: Transaction,
  id: string,
  change: { status: ChallengeStatus; startsAt?: Date; endsAt?: Date },
): Promise<void> {
  await tx.challenge.update({ where: { id }, data: change });
}

export async function saveResults(
  tx: Transaction,
  challengeId: string,
  placings: readonly Pick<MemberRow, "userId" | "result" | "rank" | "isWinner">[],
): Promise<void> {
  await tx.$executeRaw`
    update challenge_members m set result = p.result, rank = p.rank, is_winner = p."isWinner"
    from jsonb_to_recordset(${JSON.stringify(placings)}::jsonb)
      as p("userId" uuid, result float8, rank int, "isWinner" boolean)
    where m.challenge_id = ${challengeId}::uuid and m.user_id = p."userId"`;
}

export function findChallenges(tx: Transaction, where: object, orderBy: object[], take: number): Promise<Challenge[]> {
  return tx.challenge.findMany({ where, orderBy, take });
}

export function countChallenges(tx: Transaction, userId: string): Promise<number> {
  return tx.challenge.count({ where: { members: { some: { userId } } } });
}

/**
 * What each member who takes part has done so far, from the facts: the log of points, scored attempts, or final answers in
 * tryouts and practice.
 */
export function findResults(
  tx: Transaction,
  challengeIds: readonly string[],
  goal: ChallengeGoal,
): Promise<{ challengeId: string; userId: string; result: number | null }[]> {
  const ids = [...challengeIds];
  switch (goal) {
    case "XP":
      return tx.$queryRaw`
        select m.challenge_id as "challengeId", m.user_id as "userId", sum(e.points)::float as result
        from challenge_members m join challenges c on c.id = m.challenge_id
        left join xp_events e on e.user_id = m.user_id and e.kind in ('TRYOUT', 'PRACTICE')
          and e.created_at >= c.starts_at and e.created_at < c.ends_at
        where c.id = any(${ids}::uuid[]) and m.status = 'ACCEPTED' group by 1, 2`;
    case "TRYOUTS":
      return tx.$queryRaw`
        select m.challenge_id as "challengeId", m.user_id as "userId", nullif(count(a.id), 0)::float as result
        from challenge_members m join challenges c on c.id = m.challenge_id
        left join attempts a on a.student_id = m.user_id and a.status = 'SCORED'
          and a.submitted_at >= c.starts_at and a.submitted_at < c.ends_at
        where c.id = any(${ids}::uuid[]) and m.status = 'ACCEPTED' group by 1, 2`;
    case "ACCURACY":
      return tx.$queryRaw`
        with member as (
          select c.id as challenge_id, m.user_id, c.topic, c.starts_at, c.ends_at
          from challenge_members m join challenges c on c.id = m.challenge_id
          where c.id = any(${ids}::uuid[]) and m.status = 'ACCEPTED'
        ), final as (
          select distinct on (m.challenge_id, m.user_id, a.id, w.item_id) m.challenge_id, m.user_id,
            w.response <@ k.correct and k.correct <@ w.response as is_right, cardinality(w.response) > 0 as is_answered
          from member m
          join attempts a on a.student_id = m.user_id and a.status = 'SCORED'
            and a.submitted_at >= m.starts_at and a.submitted_at < m.ends_at
          join answers w on w.attempt_id = a.id
          join items i on i.id = w.item_id and i.topic = m.topic and i.kind <> 'NUMERIC'
          join item_keys k on k.item_id = i.id
          order by m.challenge_id, m.user_id, a.id, w.item_id, w.answered_at desc, w.sequence desc
        ), answer as (
          select challenge_id, user_id, is_right from final where is_answered
          union all
          select m.challenge_id, m.user_id, w.is_right
          from member m
          join practice_sessions s on s.student_id = m.user_id
          join practice_answers w on w.session_id = s.id and w.answered_at >= m.starts_at and w.answered_at < m.ends_at
          join practice_items p on p.session_id = w.session_id and p.position = w.position and not p.is_pilot
          join items i on i.id = p.item_id and i.topic = m.topic
        )
        select m.challenge_id as "challengeId", m.user_id as "userId",
          case when count(a.is_right) >= 5 then avg(a.is_right::int)::float end as result
        from member m left join answer a on a.challenge_id = m.challenge_id and a.user_id = m.user_id
        group by 1, 2`;
  }
}
