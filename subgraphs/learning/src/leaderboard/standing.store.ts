import type { Transaction } from "../context.js";

/** Whoever earned something, for whom and when: enough to say on which leaderboards it counts. */
interface Earner {
  readonly userId: string;
  readonly organizationId: string | null;
  readonly earnedAt: Date;
}

/** Makes the leaderboards on which these earnings count, where they are missing. */
export async function ensureLeaderboards(tx: Transaction, earners: readonly Earner[]): Promise<void> {
  await tx.$executeRaw`
    with earner as (
      select distinct "userId", "organizationId", "earnedAt" from jsonb_to_recordset(${JSON.stringify(earners)}::jsonb)
        as e("userId" uuid, "organizationId" uuid, "earnedAt" timestamptz)
    ), subject as (
      select 'GLOBAL'::"LeaderboardScope" as scope, null::uuid as organization_id, null::uuid as cohort_id, "earnedAt" from earner
      union
      select 'ORGANIZATION', "organizationId", null, "earnedAt" from earner where "organizationId" is not null
      union
      select c.scope, c.organization_id, c.id, "earnedAt"
      from earner
      join cohort_members m on m.user_id = "userId" and m.left_at is null and m.joined_at <= "earnedAt"
      join cohorts c on c.id = m.cohort_id
    )
    insert into leaderboards (scope, organization_id, cohort_id, period, starts_on)
    select distinct scope, organization_id, cohort_id, period, period_start(period, "earnedAt", 'Asia/Jakarta')
    from subject cross join unnest(enum_range(null::"LeaderboardPeriod")) as period
    order by 1, 2, 3, 4, 5
    on conflict do nothing`;
}

/** Adds events to the standings on all leaderboards where they count. */
export async function raiseStandings(tx: Transaction, eventIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    insert into leaderboard_entries as entry (leaderboard_id, user_id, points, reached_at, listed)
    select f.leaderboard_id, f.user_id, sum(f.points)::int, max(f.created_at), bool_and(l.listed)
    from leaderboard_facts f join learners l on l.user_id = f.user_id
    where f.event_id = any(${[...eventIds]}::uuid[])
    group by f.leaderboard_id, f.user_id
    order by f.leaderboard_id, f.user_id
    on conflict (leaderboard_id, user_id)
    do update set points = entry.points + excluded.points, reached_at = greatest(entry.reached_at, excluded.reached_at)`;
}

/** The present leaderboards on which any of these learners stands. */
export async function findPresentLeaderboards(
  tx: Transaction,
  userIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct l.id from leaderboard_entries e join leaderboards l on l.id = e.leaderboard_id
    where e.user_id = any(${[...userIds]}::uuid[])
      and l.starts_on is not distinct from period_start(l.period, ${now}, l.time_zone)`;
  return rows.map(({ id }) => id);
}

/** Sets entries that are not the sum of their events, and ranks that are not those of the entries. @returns how many there were */
export async function mendStandings(tx: Transaction): Promise<number> {
  const entries = await tx.$executeRaw`
    with truth as (
      select leaderboard_id, user_id, sum(points)::int as points, max(created_at) as reached_at
      from leaderboard_facts group by leaderboard_id, user_id
    )
    merge into leaderboard_entries e using truth t on e.leaderboard_id = t.leaderboard_id and e.user_id = t.user_id
    when matched and e.points <> t.points then update set points = t.points, reached_at = t.reached_at
    when not matched then insert (leaderboard_id, user_id, points, reached_at, listed)
      values (t.leaderboard_id, t.user_id, t.points, t.reached_at, coalesce((select listed from learners l where l.user_id = t.user_id), true))
    when not matched by source then delete`;
  const ranks = await tx.$executeRaw`
    insert into ranking_changes (leaderboard_id, points, delta)
    select leaderboard_id, points, sum(delta)
    from (
      select leaderboard_id, points, 1 as delta from leaderboard_entries where listed
      union all
      select leaderboard_id, bucket, -members from ranking_counts where level = 0
      union all
      select leaderboard_id, points, -delta from ranking_changes
    ) difference
    group by leaderboard_id, points having sum(delta) <> 0`;
  return entries + ranks;
}

/** Moves what has been noted of changes into the counts by which ranks are found. */
export async function foldChanges(tx: Transaction): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('leaderboard.fold'))::text`;
  await tx.$executeRaw`
    with taken as (
      delete from ranking_changes returning leaderboard_id, points, delta
    )
    insert into ranking_counts as count (leaderboard_id, level, bucket, members)
    select leaderboard_id, level, points >> (8 * level), sum(delta)
    from taken cross join generate_series(0, 2) as level
    group by 1, 2, 3 having sum(delta) <> 0
    on conflict (leaderboard_id, level, bucket) do update set members = count.members + excluded.members`;
  await tx.$executeRaw`delete from ranking_counts where members = 0`;
}
