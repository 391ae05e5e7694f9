import type { Transaction } from "../context.js";
import type { PlatformStatistic } from "./platform-statistic.type.js";

/** The newest days, oldest first. */
export async function findStatistics(tx: Transaction, days: number): Promise<PlatformStatistic[]> {
  const rows = await tx.platformStatistic.findMany({ orderBy: { day: "desc" }, take: days });
  return rows.map((row) => ({ ...row, day: row.day.toISOString().slice(0, 10) })).toReversed();
}

/**
 * Counts every day up to `lastDay` that has not been counted yet, from the first organization on, at most `maximum` days
 * back. Days that are there stay as they are.
 * @returns how many days were added
 */
export function insertMissingDays(tx: Transaction, lastDay: string, maximum: number): Promise<number> {
  return tx.$executeRaw`
    with days as (
      select midnight::date as day, midnight at time zone 'Asia/Jakarta' as begins,
        (midnight + interval '1 day') at time zone 'Asia/Jakarta' as ends
      from generate_series(
        greatest(
          coalesce((select min(created_at) at time zone 'Asia/Jakarta' from organizations)::date, ${lastDay}::date),
          ${lastDay}::date - (${maximum}::int - 1)
        )::timestamp,
        ${lastDay}::date::timestamp, interval '1 day') as midnight
      where not exists (select from platform_statistics known where known.day = midnight::date)
    )
    insert into platform_statistics
      (day, organization_count, active_organization_count, user_count, student_count, sign_in_count)
    select days.day, o.total, o.active, u.total, u.students, s.total
    from days
    cross join lateral (
      select count(*)::int as total, count(*) filter (where status in ('TRIAL', 'ACTIVE'))::int as active
      from organizations where created_at < days.ends
    ) o
    cross join lateral (
      select count(*)::int as total, count(*) filter (where role = 'STUDENT')::int as students
      from users join accounts on accounts.user_id = users.id
      where users.created_at < days.ends
        and not exists (select from erasures e where e.user_id = users.id and e.erased_at < days.ends)
    ) u
    cross join lateral (
      select count(*)::int as total from app.audit_log
      where action = 'session.started' and occurred_at >= days.begins and occurred_at < days.ends
    ) s
    on conflict (day) do nothing`;
}
