import type { Transaction } from "../context.js";
import type { DailyAttempts } from "./insight.type.js";

/** The latest score of each of these students who has one. */
export function findLatestScores(
  tx: Transaction,
  studentIds: readonly string[],
): Promise<{ studentId: string; scaled: number }[]> {
  return tx.$queryRaw`
    select student.id as "studentId", latest.scaled
    from unnest(${[...studentIds]}::uuid[]) as student(id)
    cross join lateral (
      select s.scaled from attempts a join attempt_scores s on s.attempt_id = a.id
      where a.student_id = student.id and a.status = 'SCORED'
      order by a.started_at desc, a.id desc
      limit 1
    ) latest`;
}

/** Attempts by day of their start and of their submission in Asia/Jakarta, oldest first, quiet days included. */
export function countByDay(tx: Transaction, now: Date, days: number): Promise<DailyAttempts[]> {
  return tx.$queryRaw`
    with day as (
      select (${now}::timestamptz at time zone 'Asia/Jakarta')::date - n as date from generate_series(0, ${days}::int - 1) n
    ), started as (
      select (started_at at time zone 'Asia/Jakarta')::date as date, count(*)::int as n from attempts
      where started_at >= ${now}::timestamptz - make_interval(days => ${days}::int) group by 1
    ), submitted as (
      select (submitted_at at time zone 'Asia/Jakarta')::date as date, count(*)::int as n from attempts
      where started_at >= ${now}::timestamptz - make_interval(days => ${days}::int + 1) and submitted_at is not null group by 1
    )
    select to_char(day.date, 'YYYY-MM-DD') as date, coalesce(started.n, 0) as started, coalesce(submitted.n, 0) as submitted
    from day left join started using (date) left join submitted using (date)
    order by day.date`;
}
