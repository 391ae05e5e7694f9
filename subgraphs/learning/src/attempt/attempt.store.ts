import type { EachQuery } from "@lentera/kit";
import type { ItemKind } from "@lentera/prisma/learning";
import type { Transaction } from "../context.js";
import type { ResultFacts } from "../tryout/tryout.rules.js";
import type { AnswerableItem } from "../question/response.rules.js";
import type { ParsedAnswer } from "./attempt.input.js";
import type { Attempt, AttemptItemTranslation, AttemptOption, Passage, Score, SubtestScore } from "./attempt.type.js";

export function findAttempt(tx: Transaction, id: string): Promise<Attempt | null> {
  return tx.attempt.findFirst({ where: { id } });
}

export function findUnfinished(tx: Transaction, studentId: string, tryoutId: string): Promise<Attempt | null> {
  return tx.attempt.findFirst({ where: { studentId, tryoutId, status: "IN_PROGRESS" } });
}

export function countFinished(tx: Transaction, studentId: string, tryoutId: string): Promise<number> {
  return tx.attempt.count({ where: { studentId, tryoutId, status: { not: "IN_PROGRESS" } } });
}

/** Starts of one student at one tryout wait for each other, so that none is counted twice or not at all. */
export async function lockStart(tx: Transaction, studentId: string, tryoutId: string): Promise<void> {
  await tx.$queryRaw`
    select 1 from (select pg_advisory_xact_lock(hashtextextended(${`start ${studentId} ${tryoutId}`}, 0))) as locked`;
}

/** The new attempt's id; undefined when a concurrent start was faster. */
export async function insertAttempt(
  tx: Transaction,
  attempt: Pick<Attempt, "tryoutId" | "studentId" | "organizationId" | "startedAt" | "deadline" | "seed">,
): Promise<string | undefined> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    insert into attempts (tryout_id, student_id, organization_id, started_at, deadline, seed)
    values (${attempt.tryoutId}::uuid, ${attempt.studentId}::uuid, ${attempt.organizationId}::uuid,
            ${attempt.startedAt}, ${attempt.deadline}, ${attempt.seed})
    on conflict (student_id, tryout_id) where status = 'IN_PROGRESS' do nothing
    returning id`;
  return row?.id;
}

/** The attempt, held so that it cannot be submitted while answers are being written. */
export async function lockForAnswers(tx: Transaction, id: string): Promise<Attempt | null> {
  await tx.$queryRaw`select 1 from attempts where id = ${id}::uuid for share`;
  return findAttempt(tx, id);
}

/** The attempts, held for submission and scoring, in the order of their ids. */
export function lockForScoring(
  tx: Transaction,
  ids: readonly string[],
): Promise<(Attempt & ResultFacts & { tryoutTitle: string })[]> {
  return tx.$queryRaw`
    select a.id, a.status, a.started_at as "startedAt", a.deadline, a.submitted_at as "submittedAt",
           a.tryout_id as "tryoutId", a.student_id as "studentId", a.organization_id as "organizationId",
           a.seed, t.title as "tryoutTitle", t.kind, t.closes_at as "closesAt",
           t.show_results_immediately as "showResultsImmediately", t.allow_review as "allowReview"
    from attempts a join tryouts t on t.id = a.tryout_id
    where a.id = any(${[...ids]}::uuid[])
    order by a.id
    for update of a`;
}

export async function findSubmittedIds(tx: Transaction, limit: number): Promise<string[]> {
  const rows = await tx.attempt.findMany({
    where: { status: "SUBMITTED" },
    select: { id: true },
    orderBy: { id: "asc" },
    take: limit,
  });
  return rows.map(({ id }) => id);
}

export async function markSubmitted(
  tx: Transaction,
  submissions: readonly { readonly id: string; readonly submittedAt: Date }[],
): Promise<void> {
  await tx.$executeRaw`
    update attempts a set status = 'SUBMITTED', submitted_at = s."submittedAt"
    from jsonb_to_recordset(${JSON.stringify(submissions)}::jsonb) as s(id uuid, "submittedAt" timestamptz)
    where a.id = s.id`;
}

export async function markScored(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.attempt.updateMany({ where: { id: { in: [...ids] } }, data: { status: "SCORED" } });
}

/** Attempts of each student, newest first. */
export function findAttemptsOf(
  tx: Transaction,
  studentIds: readonly string[],
  { take, beyond }: EachQuery,
): Promise<Attempt[]> {
  return tx.$queryRaw`
    select attempt.*
    from unnest(${[...studentIds]}::uuid[]) as student(id)
    cross join lateral (
      select a.id, a.status, a.started_at as "startedAt", a.deadline, a.submitted_at as "submittedAt",
             a.tryout_id as "tryoutId", a.student_id as "studentId", a.organization_id as "organizationId", a.seed
      from attempts a
      where a.student_id = student.id
        and (${beyond === null} or (a.started_at, a.id) < (${beyond?.value ?? null}::timestamptz, ${beyond?.id ?? null}::uuid))
      order by a.started_at desc, a.id desc
      limit ${take}
    ) attempt`;
}

export async function countAttemptsOf(tx: Transaction, studentIds: readonly string[]): Promise<Map<string, number>> {
  const groups = await tx.attempt.groupBy({
    by: ["studentId"],
    where: { studentId: { in: [...studentIds] } },
    _count: true,
  });
  return new Map(groups.map((group) => [group.studentId, group._count]));
}

/** Which of these the server holds already. */
export async function findSavedClientIds(
  tx: Transaction,
  attemptId: string,
  clientIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.answer.findMany({
    where: { attemptId, clientId: { in: [...clientIds] } },
    select: { clientId: true },
  });
  return new Set(rows.map(({ clientId }) => clientId));
}

/** Inserts the answers and gives the client ids of those that were not there; a concurrent repetition writes nothing. */
export async function insertAnswers(
  tx: Transaction,
  attemptId: string,
  answers: readonly ParsedAnswer[],
  receivedAt: Date,
): Promise<Set<string>> {
  const facts = JSON.stringify(answers);
  const rows = await tx.$queryRaw<{ clientId: string }[]>`
    insert into answers (attempt_id, client_id, item_id, response, answered_at, elapsed_ms, received_at)
    select ${attemptId}::uuid, a."clientId", a."itemId", a.response, a."answeredAt", a."elapsedMs", ${receivedAt}
    from jsonb_to_recordset(${facts}::jsonb)
      as a("clientId" uuid, "itemId" uuid, response text[], "answeredAt" timestamptz, "elapsedMs" int)
    on conflict (attempt_id, client_id) do nothing
    returning client_id as "clientId"`;
  return new Set(rows.map(({ clientId }) => clientId));
}

/** What can be answered to every item of a tryout. */
export async function findAnswerable(
  tx: Transaction,
  tryoutId: string,
): Promise<(AnswerableItem & { itemId: string; subtest: string; hasSectionClocks: boolean })[]> {
  return tx.$queryRaw`
    select i.id as "itemId", t.subtest, y.has_section_clocks as "hasSectionClocks", i.kind, array(select o ->> 'key' from jsonb_array_elements(i.options) o) as "optionKeys"
    from tryout_items t join tryouts y on y.id = t.tryout_id join items i on i.id = t.item_id
    where t.tryout_id = ${tryoutId}::uuid`;
}

export interface Response {
  readonly attemptId: string;
  readonly itemId: string;
  readonly response: string[];
}

/** The response that counts for each item of each attempt: the latest by the student's clock, then by arrival. */
export function findResponses(tx: Transaction, attemptIds: readonly string[]): Promise<Response[]> {
  return tx.$queryRaw`
    select distinct on (attempt_id, item_id) attempt_id as "attemptId", item_id as "itemId", response
    from answers
    where attempt_id = any(${[...attemptIds]}::uuid[])
    order by attempt_id, item_id, answered_at desc, sequence desc`;
}

export interface TryoutItemRow {
  readonly tryoutId: string;
  readonly id: string;
  readonly position: number;
  readonly subtest: string;
  readonly kind: ItemKind;
  readonly stem: string;
  readonly options: AttemptOption[];
  readonly imageIds: string[];
  readonly translations: AttemptItemTranslation[];
  readonly passage: Passage | null;
}

/** The items of tryouts in order, without their keys. */
export function findItems(tx: Transaction, tryoutIds: readonly string[]): Promise<TryoutItemRow[]> {
  return tx.$queryRaw`
    select t.tryout_id as "tryoutId", i.id, t.position, t.subtest, i.kind, i.stem, i.options,
           i.image_ids as "imageIds", i.translations,
           case when p.id is null then null else jsonb_build_object('id', p.id, 'title', p.title, 'text', p.text) end as passage
    from tryout_items t
    join items i on i.id = t.item_id
    left join passages p on p.id = i.passage_id
    where t.tryout_id = any(${[...tryoutIds]}::uuid[])
    order by t.tryout_id, t.position`;
}

export type ScoreRow = Score & { readonly attemptId: string };

export async function findScores(tx: Transaction, attemptIds: readonly string[]): Promise<ScoreRow[]> {
  const rows = await tx.attemptScore.findMany({ where: { attemptId: { in: [...attemptIds] } } });
  return rows.map((row) => ({ ...row, interval: { low: row.intervalLow, high: row.intervalHigh } }));
}

/** In the order of the sections of the tryout. */
export function findSubtestScores(
  tx: Transaction,
  attemptIds: readonly string[],
): Promise<(SubtestScore & { attemptId: string })[]> {
  return tx.$queryRaw`
    select s.attempt_id as "attemptId", s.subtest, s.scaled, s.standard_error as "standardError", s.correct, s.total
    from subtest_scores s
    join attempts a on a.id = s.attempt_id
    join tryout_sections t on t.tryout_id = a.tryout_id and t.subtest = s.subtest
    where s.attempt_id = any(${[...attemptIds]}::uuid[])
    order by s.attempt_id, t.position`;
}
