import type { LeaderboardPeriod, LeaderboardScope } from "@lentera/prisma/learning";
import type { Transaction } from "../context.js";
import type { Leaderboard, LeaderboardEntry } from "./leaderboard.type.js";

export interface Subject {
  readonly scope: LeaderboardScope;
  readonly organizationId: string | null;
  readonly cohortId: string | null;
}

export type Standing = Omit<LeaderboardEntry, "rank"> & { readonly reachedAt: Date };

interface Row extends Omit<Leaderboard, "startsOn"> {
  readonly startsOn: Date | null;
}
const columns = { id: true, scope: true, period: true, startsOn: true, timeZone: true };

/** The present leaderboard of a subject for a period. */
export async function findLeaderboard(
  tx: Transaction,
  { scope, organizationId, cohortId }: Subject,
  period: LeaderboardPeriod,
  now: Date,
): Promise<Leaderboard | null> {
  const subject = cohortId === null ? { cohortId, organizationId } : { cohortId };
  const [{ startsOn } = { startsOn: null }] = await tx.$queryRaw<{ startsOn: Date | null }[]>`
    select period_start(${period}::"LeaderboardPeriod", ${now}, 'Asia/Jakarta') as "startsOn"`;
  return leaderboardOf(
    await tx.leaderboard.findFirst({ where: { ...subject, scope, period, startsOn }, select: columns }),
  );
}

/** Begins the present period of every subject that has a leaderboard for all time, where it has not begun. */
export async function beginPeriod(tx: Transaction, period: LeaderboardPeriod, now: Date): Promise<void> {
  await tx.$executeRaw`
    insert into leaderboards (scope, organization_id, cohort_id, period, starts_on)
    select scope, organization_id, cohort_id, ${period}::"LeaderboardPeriod",
      period_start(${period}::"LeaderboardPeriod", ${now}, time_zone)
    from leaderboards where period = 'ALL_TIME' order by 1, 2, 3
    on conflict do nothing`;
}

export async function findLeaderboardById(tx: Transaction, id: string): Promise<Leaderboard | null> {
  return leaderboardOf(await tx.leaderboard.findFirst({ where: { id }, select: columns }));
}

function leaderboardOf(row: Row | null): Leaderboard | null {
  return row === null ? null : { ...row, startsOn: row.startsOn?.toISOString().slice(0, 10) ?? null };
}

/** The first `limit` entries; among equals, who got there earlier stands first. */
export function findTop(tx: Transaction, leaderboardId: string, limit: number): Promise<LeaderboardEntry[]> {
  return tx.$queryRaw`
    select rank() over (order by points desc)::int as rank, points, user_id as "userId"
    from (
      select points, user_id, reached_at from leaderboard_entries
      where leaderboard_id = ${leaderboardId}::uuid and listed
      order by points desc, reached_at, user_id
      limit ${limit}
    ) top
    order by points desc, reached_at, user_id`;
}

const standing = { points: true, userId: true, reachedAt: true };

export function findStandings(tx: Transaction, where: object, orderBy: object[], take: number): Promise<Standing[]> {
  return tx.leaderboardEntry.findMany({ where: { ...where, listed: true }, orderBy, take, select: standing });
}

export function countListed(tx: Transaction, leaderboardId: string): Promise<number> {
  return tx.leaderboardEntry.count({ where: { leaderboardId, listed: true } });
}

export function findOwn(tx: Transaction, leaderboardId: string, userId: string): Promise<Standing | null> {
  return tx.leaderboardEntry.findFirst({
    where: { leaderboardId, userId },
    select: standing,
  });
}

/** The listed neighbours of a standing: up to `count` on each side, those above first. */
export async function findNeighbours(
  tx: Transaction,
  leaderboardId: string,
  { points, reachedAt, userId }: Standing,
  count: number,
): Promise<Standing[]> {
  return tx.$queryRaw`
    select points, user_id as "userId", reached_at as "reachedAt" from (
      (select * from leaderboard_entries
       where leaderboard_id = ${leaderboardId}::uuid and listed and points >= ${points} and user_id <> ${userId}::uuid
         and (-points, reached_at, user_id) < (${-points}, ${reachedAt}, ${userId}::uuid)
       order by points, reached_at desc, user_id desc limit ${count})
      union all
      (select * from leaderboard_entries
       where leaderboard_id = ${leaderboardId}::uuid and listed and points <= ${points} and user_id <> ${userId}::uuid
         and (-points, reached_at, user_id) > (${-points}, ${reachedAt}, ${userId}::uuid)
       order by points desc, reached_at, user_id limit ${count})
    ) neighbour
    order by points desc, reached_at, user_id`;
}

/** The rank of each of these numbers of points: 1 + how many listed learners have more. */
export async function findRanks(
  tx: Transaction,
  leaderboardId: string,
  points: readonly number[],
): Promise<Map<number, number>> {
  const rows = await tx.$queryRaw<{ points: number; rank: number }[]>`
    select points, leaderboard_rank(${leaderboardId}::uuid, points) as rank
    from unnest(${[...new Set(points)]}::int[]) as points`;
  return new Map(rows.map(({ points: of, rank }) => [of, rank]));
}
