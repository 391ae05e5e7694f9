import { Prisma } from "@lentera/prisma/learning";
import type { Transaction } from "../context.js";
import type { ItemParameters } from "../psychometrics/model.js";
import type { ResponseKey } from "../question/response.rules.js";
import { releasesAt } from "../tryout/tryout.rules.js";
import type { StudyTime } from "./time.rules.js";

/** All of these are read as the system, for students whose insight the viewer has been allowed to see: nobody else is named. */

/** A score that is out. */
export interface ScoreRow {
  readonly studentId: string;
  readonly attemptId: string;
  readonly examTypeId: string;
  readonly at: Date;
  readonly ability: number;
  readonly abilityError: number;
  readonly scaled: number;
  readonly standardError: number;
}

const RELEASE_MS = releasesAt(new Date(0)).getTime();

/** Whether the results of tryout `t` may be seen, see `areResultsOut`. */
export function resultsOut(now: Date): Prisma.Sql {
  return Prisma.sql`(t.show_results_immediately or t.closes_at <= ${new Date(now.getTime() - RELEASE_MS)}::timestamptz)`;
}

/** The latest scores of each student, oldest first. */
export function findScoreHistory(
  tx: Transaction,
  studentIds: readonly string[],
  limit: number,
  now: Date,
): Promise<ScoreRow[]> {
  return tx.$queryRaw`
    select student.id as "studentId", history.*
    from unnest(${[...studentIds]}::uuid[]) as student(id)
    cross join lateral (
      select a.id as "attemptId", t.exam_type_id as "examTypeId", coalesce(a.submitted_at, a.started_at) as at,
             s.ability, s.ability_error as "abilityError", s.scaled, s.standard_error as "standardError"
      from attempts a join tryouts t on t.id = a.tryout_id join attempt_scores s on s.attempt_id = a.id
      where a.student_id = student.id and a.status = 'SCORED' and ${resultsOut(now)}
      order by a.started_at desc, a.id desc
      limit ${limit}
    ) history
    order by student.id, history.at, history."attemptId"`;
}

export interface SubtestRow {
  readonly attemptId: string;
  readonly subtest: string;
  readonly scaled: number;
  readonly standardError: number;
  readonly total: number;
}

export function findSubtestRows(tx: Transaction, attemptIds: readonly string[]): Promise<SubtestRow[]> {
  return tx.$queryRaw`
    select attempt_id as "attemptId", subtest, scaled, standard_error as "standardError", total
    from subtest_scores where attempt_id = any(${[...attemptIds]}::uuid[]) order by subtest, attempt_id`;
}

export interface AnswerRow extends ItemParameters, ResponseKey {
  readonly attemptId: string;
  readonly tryoutId: string;
  readonly itemId: string;
  readonly subtest: string;
  readonly topic: string;
  readonly response: readonly string[];
  readonly answeredAt: Date;
  readonly elapsedMs: number;
}

/** The final answers of these attempts, with what they are marked by; answers that were taken back are empty. */
export function findFinalAnswers(tx: Transaction, attemptIds: readonly string[]): Promise<AnswerRow[]> {
  return tx.$queryRaw`
    select distinct on (w.attempt_id, w.item_id) w.attempt_id as "attemptId", a.tryout_id as "tryoutId",
           w.item_id as "itemId", i.subtest, i.topic, i.kind, k.correct, k.tolerance, w.response,
           w.answered_at as "answeredAt", w.elapsed_ms as "elapsedMs",
           coalesce(p.discrimination, k.discrimination) as discrimination,
           coalesce(p.difficulty, k.difficulty) as difficulty, coalesce(p.guessing, k.guessing) as guessing
    from answers w
    join attempts a on a.id = w.attempt_id
    join tryouts t on t.id = a.tryout_id
    join items i on i.id = w.item_id
    join item_keys k on k.item_id = w.item_id
    left join item_parameters p on p.item_id = w.item_id and p.exam_type_id = t.exam_type_id
    where w.attempt_id = any(${[...attemptIds]}::uuid[])
    order by w.attempt_id, w.item_id, w.answered_at desc, w.sequence desc`;
}

/** The median time for each item among the latest who sat these tryouts, where more than `hidden` answered it. */
export function findGroupTimes(
  tx: Transaction,
  tryoutIds: readonly string[],
  sample: number,
  hidden: number,
): Promise<{ tryoutId: string; itemId: string; medianMs: number }[]> {
  return tx.$queryRaw`
    with final as (
      select distinct on (w.attempt_id, w.item_id) peer.tryout_id, peer.student_id, w.item_id, w.elapsed_ms, w.response
      from unnest(${[...tryoutIds]}::uuid[]) as tryout(id)
      cross join lateral (
        select a.id, a.tryout_id, a.student_id from attempts a
        where a.tryout_id = tryout.id and a.status = 'SCORED' order by a.started_at desc, a.id desc limit ${sample}
      ) peer
      join answers w on w.attempt_id = peer.id
      order by w.attempt_id, w.item_id, w.answered_at desc, w.sequence desc
    )
    select tryout_id as "tryoutId", item_id as "itemId",
           percentile_cont(0.5) within group (order by elapsed_ms) as "medianMs"
    from final where cardinality(response) > 0
    group by 1, 2 having count(distinct student_id) > ${hidden}`;
}

/** When each student sat tryouts and practised, since then. */
export function findStudyTimes(
  tx: Transaction,
  studentIds: readonly string[],
  since: Date,
): Promise<(StudyTime & { studentId: string })[]> {
  const ids = [...studentIds];
  return tx.$queryRaw`
    select student_id as "studentId", started_at as "from", submitted_at as "to"
    from attempts where student_id = any(${ids}::uuid[]) and started_at >= ${since} and submitted_at is not null
    union all
    select s.student_id, s.started_at, last.at
    from practice_sessions s
    cross join lateral (select max(w.answered_at) as at from practice_answers w where w.session_id = s.id) last
    where s.student_id = any(${ids}::uuid[]) and s.started_at >= ${since} and last.at is not null`;
}

/** The latest score of everybody who sat an exam type since then, as frequencies. */
export function findPlatformScores(
  tx: Transaction,
  examTypeIds: readonly string[],
  since: Date,
  now: Date,
): Promise<{ examTypeId: string; score: number; count: number }[]> {
  return tx.$queryRaw`
    with latest as (
      select distinct on (t.exam_type_id, a.student_id) t.exam_type_id, s.scaled
      from tryouts t join attempts a on a.tryout_id = t.id join attempt_scores s on s.attempt_id = a.id
      where t.exam_type_id = any(${[...examTypeIds]}::uuid[]) and a.status = 'SCORED' and a.started_at >= ${since}
        and ${resultsOut(now)}
      order by t.exam_type_id, a.student_id, a.started_at desc, a.id desc
    )
    select exam_type_id as "examTypeId", round(scaled)::int as score, count(*)::int as count
    from latest group by 1, 2`;
}

/** The latest scores in each class of each student, the student's own among them. */
export function findClassScores(
  tx: Transaction,
  studentIds: readonly string[],
  now: Date,
): Promise<{ studentId: string; classId: string; examTypeId: string; score: number; count: number }[]> {
  return tx.$queryRaw`
    with latest as (
      select distinct on (own.user_id, own.cohort_id, fellow.user_id, t.exam_type_id)
             own.user_id as student_id, own.cohort_id, t.exam_type_id, s.scaled
      from cohort_members own
      join cohorts c on c.id = own.cohort_id and c.scope = 'CLASS'
      join cohort_members fellow on fellow.cohort_id = own.cohort_id and fellow.left_at is null
      join attempts a on a.student_id = fellow.user_id and a.status = 'SCORED'
      join tryouts t on t.id = a.tryout_id and ${resultsOut(now)}
      join attempt_scores s on s.attempt_id = a.id
      where own.user_id = any(${[...studentIds]}::uuid[]) and own.left_at is null
      order by own.user_id, own.cohort_id, fellow.user_id, t.exam_type_id, a.started_at desc, a.id desc
    )
    select student_id as "studentId", cohort_id as "classId", exam_type_id as "examTypeId",
           round(scaled)::int as score, count(*)::int as count
    from latest group by 1, 2, 3, 4 order by 1, 2, 3`;
}

/** The mean of the latest scores of everybody who sat each subtest of an exam type since then, where more than `hidden` did. */
export function findNationalSubtests(
  tx: Transaction,
  examTypeIds: readonly string[],
  since: Date,
  hidden: number,
  now: Date,
): Promise<{ examTypeId: string; subtest: string; average: number }[]> {
  return tx.$queryRaw`
    with latest as (
      select distinct on (t.exam_type_id, a.student_id) t.exam_type_id, a.id
      from tryouts t join attempts a on a.tryout_id = t.id
      where t.exam_type_id = any(${[...examTypeIds]}::uuid[]) and a.status = 'SCORED' and a.started_at >= ${since}
        and ${resultsOut(now)}
      order by t.exam_type_id, a.student_id, a.started_at desc, a.id desc
    )
    select l.exam_type_id as "examTypeId", s.subtest, avg(s.scaled) as average
    from latest l join subtest_scores s on s.attempt_id = l.id
    group by 1, 2 having count(*) > ${hidden}`;
}
