import type { Transaction } from "../context.js";

/** Points as they are earned. */
export interface Earning {
  readonly userId: string;
  readonly organizationId: string | null;
  readonly source: string;
  readonly points: number;
  readonly earnedAt: Date;
}

/**
 * Books the points and moves the leaderboards, each source once, however often it is told.
 * @returns the sources that were new, per user, as `user source`
 */
export async function bookPoints(tx: Transaction, earnings: readonly Earning[]): Promise<Set<string>> {
  const booked = await tx.$queryRaw<{ userId: string; source: string }[]>`
    with earning as (
      select * from jsonb_to_recordset(${JSON.stringify(earnings)}::jsonb)
        as e("userId" uuid, "organizationId" uuid, source text, points int, "earnedAt" timestamptz)
    ), booked as (
      insert into xp_events (user_id, source, points, created_at)
      select "userId", source, points, "earnedAt" from earning order by "userId", source
      on conflict (user_id, source) do nothing
      returning user_id, source, points, created_at
    ), gain as (
      select l.id as leaderboard_id, b.user_id, sum(b.points)::int as points, max(b.created_at) as reached_at
      from booked b
      join (select distinct "userId", "organizationId", source from earning) e on e."userId" = b.user_id and e.source = b.source
      join leaderboards l on l.scope = 'GLOBAL' or l.organization_id = e."organizationId"
      group by l.id, b.user_id
    ), moved as (
      insert into leaderboard_entries as entry (leaderboard_id, user_id, points, reached_at)
      select leaderboard_id, user_id, points, reached_at from gain order by leaderboard_id, user_id
      on conflict (leaderboard_id, user_id)
      do update set points = entry.points + excluded.points, reached_at = greatest(entry.reached_at, excluded.reached_at)
    )
    select user_id as "userId", source from booked`;
  return new Set(booked.map(({ userId, source }) => `${userId} ${source}`));
}

/** The leaderboards on which members of these organizations stand, made when they are missing. */
export async function ensureLeaderboards(tx: Transaction, organizationIds: readonly string[]): Promise<string[]> {
  const ids = [...new Set(organizationIds)];
  await tx.$executeRaw`
    insert into leaderboards (scope, organization_id)
    select 'GLOBAL'::"LeaderboardScope", null::uuid
    union all
    select 'ORGANIZATION', id from unnest(${ids}::uuid[]) as id
    on conflict do nothing`;
  const rows = await tx.leaderboard.findMany({
    where: { OR: [{ scope: "GLOBAL" }, { organizationId: { in: ids } }] },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
