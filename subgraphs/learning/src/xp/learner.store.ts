import type { Transaction } from "../context.js";
import { NO_STREAK, type Streak } from "../streak/streak.rules.js";

/** What is known of a person as a learner. */
export interface Learner {
  readonly userId: string;
  readonly timeZone: string;
  readonly listed: boolean;
  readonly xp: number;
  readonly streak: Streak;
}

interface LearnerRow {
  userId: string;
  timeZone: string;
  listed: boolean;
  xp: number;
  streak: number;
  longestStreak: number;
  freezes: number;
  lastStudyDay: Date | null;
  dayEndsAt: Date | null;
}

export function newLearner(userId: string): Learner {
  return { userId, timeZone: "Asia/Jakarta", listed: true, xp: 0, streak: NO_STREAK };
}

/** Locks the learners, made when they are missing, in one order for everybody. */
export async function lockLearners(tx: Transaction, userIds: readonly string[]): Promise<Map<string, Learner>> {
  const ids = [...new Set(userIds)].toSorted();
  await tx.$executeRaw`
    insert into learners (user_id) select id from unnest(${ids}::uuid[]) as id order by id on conflict do nothing`;
  const rows = await tx.$queryRaw<LearnerRow[]>`
    select user_id as "userId", time_zone as "timeZone", listed, xp, streak, longest_streak as "longestStreak", freezes,
      last_study_day as "lastStudyDay", day_ends_at as "dayEndsAt"
    from learners where user_id = any(${ids}::uuid[]) order by user_id for update`;
  return new Map(rows.map((row) => [row.userId, learnerOf(row)]));
}

export async function findLearners(tx: Transaction, userIds: readonly string[]): Promise<Learner[]> {
  return (await tx.learner.findMany({ where: { userId: { in: [...userIds] } } })).map(learnerOf);
}

export async function setListed(tx: Transaction, userId: string, listed: boolean): Promise<void> {
  await tx.learner.update({ where: { userId }, data: { listed } });
  await tx.leaderboardEntry.updateMany({ where: { userId }, data: { listed } });
}

/** Sets the zone unless a later message has set it. */
export async function setTimeZone(tx: Transaction, userId: string, timeZone: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    insert into learners as l (user_id, time_zone, time_zone_at) values (${userId}::uuid, ${timeZone}, ${at})
    on conflict (user_id) do update set time_zone = excluded.time_zone, time_zone_at = excluded.time_zone_at
    where l.time_zone_at is null or l.time_zone_at < excluded.time_zone_at`;
}

function learnerOf(row: LearnerRow): Learner {
  const { userId, timeZone, listed, xp, streak, longestStreak: longest, freezes, lastStudyDay, dayEndsAt } = row;
  const lastDay = lastStudyDay?.toISOString().slice(0, 10) ?? null;
  return { userId, timeZone, listed, xp, streak: { streak, longest, freezes, lastDay, dayEndsAt } };
}
