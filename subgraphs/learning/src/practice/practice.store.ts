import type { ItemKind, PracticeEnd, Prisma } from "@lentera/prisma/learning";
import type { Transaction } from "../context.js";
import type { ItemParameters } from "../psychometrics/eap.js";
import type { Scale } from "../psychometrics/scale.js";
import type { Exposure, PoolItem } from "./practice.rules.js";
import type { PracticeItem, PracticeSession } from "./practice.type.js";

export interface SessionRow extends PracticeSession {
  readonly studentId: string;
  readonly organizationId: string | null;
  readonly targetError: number | null;
  readonly cut: number | null;
  readonly ineligible: string[];
}

export type ExamScale = Scale & { readonly id: string };

export function findExamType(tx: Transaction, code: string): Promise<{ id: string; scale: Scale } | null> {
  return findScale(tx, { code });
}

export async function findScales(tx: Transaction, ids: readonly string[]): Promise<ExamScale[]> {
  return (await tx.examType.findMany({ where: { id: { in: [...ids] } } })).map((row) => ({
    id: row.id,
    ...scaleOf(row),
  }));
}

async function findScale(tx: Transaction, where: Prisma.ExamTypeWhereUniqueInput) {
  const row = await tx.examType.findFirst({ where });
  return row === null ? null : { id: row.id, scale: scaleOf(row) };
}

function scaleOf(row: {
  scaleMean: number;
  scaleDeviation: number;
  scaleMinimum: number;
  scaleMaximum: number;
}): Scale {
  return { mean: row.scaleMean, deviation: row.scaleDeviation, minimum: row.scaleMinimum, maximum: row.scaleMaximum };
}

/** A calibrated item with what choosing needs to know. */
export type PoolRow = PoolItem & Exposure & { readonly weight: number };

/** Published items of an exam type or one subtest, of the platform and of the learner's organization. The weight is its subtest's number of items, shared among the topics there. */
export function findPool(
  tx: Transaction,
  { examTypeId, subtest, organizationId }: Pick<SessionRow, "examTypeId" | "subtest" | "organizationId">,
): Promise<PoolRow[]> {
  return tx.$queryRaw`
    select i.id, i.subtest || ' ' || i.topic as topic, k.discrimination, k.difficulty, k.guessing,
      coalesce(x.ineligible, 0) as ineligible, coalesce(x.given, 0) as given,
      s.item_count::float / (select count(distinct o.topic) from items o
        where o.exam_type_id = i.exam_type_id and o.subtest = i.subtest and o.status = 'PUBLISHED') as weight
    from items i
    join item_keys k on k.item_id = i.id
    join exam_subtests s on s.exam_type_id = i.exam_type_id and s.code = i.subtest
    left join item_exposures x on x.item_id = i.id
    where i.exam_type_id = ${examTypeId}::uuid and i.status = 'PUBLISHED' and (${subtest}::text is null or i.subtest = ${subtest})
      and (i.organization_id is null or i.organization_id = ${organizationId}::uuid)
    order by i.id`;
}

/** The approved but not yet published item that has been tried out least, of those that the session has not given. */
export async function findPilot(tx: Transaction, session: SessionRow): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select i.id from items i join item_keys k on k.item_id = i.id
    where i.exam_type_id = ${session.examTypeId}::uuid and i.status = 'APPROVED'
      and (${session.subtest}::text is null or i.subtest = ${session.subtest})
      and (i.organization_id is null or i.organization_id = ${session.organizationId}::uuid)
      and not exists (select from practice_items p where p.session_id = ${session.id}::uuid and p.item_id = i.id)
    order by (select count(*) from practice_items p where p.item_id = i.id), i.id
    limit 1`;
  return row?.id ?? null;
}

export function countSessions(tx: Transaction, examTypeId: string): Promise<number> {
  return tx.practiceSession.count({ where: { examTypeId } });
}

/** One more session that may not give these items. */
export async function noteIneligible(tx: Transaction, itemIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    insert into item_exposures as x (item_id, ineligible)
    select id, 1 from unnest(${[...itemIds]}::uuid[]) as id order by id
    on conflict (item_id) do update set ineligible = x.ineligible + 1`;
}

export function findOpen(tx: Transaction, studentId: string, examTypeId: string): Promise<SessionRow | null> {
  return tx.practiceSession.findFirst({ where: { studentId, examTypeId, endedAt: null } });
}

export function insertSession(tx: Transaction, data: Prisma.PracticeSessionUncheckedCreateInput): Promise<SessionRow> {
  return tx.practiceSession.create({ data });
}

export function findSession(tx: Transaction, id: string): Promise<SessionRow | null> {
  return tx.practiceSession.findFirst({ where: { id } });
}

export async function lockSession(tx: Transaction, id: string): Promise<SessionRow | null> {
  await tx.$queryRaw`select id from practice_sessions where id = ${id}::uuid for update`;
  return findSession(tx, id);
}

export function findSessions(tx: Transaction, where: object, orderBy: object[], take: number): Promise<SessionRow[]> {
  return tx.practiceSession.findMany({ where, orderBy, take });
}

export function countOwn(tx: Transaction, studentId: string): Promise<number> {
  return tx.practiceSession.count({ where: { studentId } });
}

export async function updateEstimate(
  tx: Transaction,
  id: string,
  { ability, standardError }: { ability: number; standardError: number },
): Promise<void> {
  await tx.practiceSession.update({ where: { id }, data: { ability, abilityError: standardError } });
}

export async function endSession(tx: Transaction, id: string, endReason: PracticeEnd, endedAt: Date): Promise<void> {
  await tx.practiceSession.update({ where: { id }, data: { endReason, endedAt } });
}

export async function giveItem(
  tx: Transaction,
  given: { sessionId: string; position: number; itemId: string; isPilot: boolean; givenAt: Date },
): Promise<void> {
  await tx.practiceItem.create({ data: given });
  if (given.isPilot) return;
  await tx.itemExposure.upsert({
    where: { itemId: given.itemId },
    create: { itemId: given.itemId, given: 1 },
    update: { given: { increment: 1 } },
  });
}

/** An item that was given, with its key and what was answered. For the system only. */
export interface GivenRow extends ItemParameters {
  readonly position: number;
  readonly itemId: string;
  readonly isPilot: boolean;
  readonly kind: ItemKind;
  readonly optionKeys: string[];
  readonly correct: string[];
  readonly tolerance: number;
  readonly explanation: string;
  readonly clientId: string | null;
  readonly isRight: boolean | null;
  readonly ability: number | null;
  readonly abilityError: number | null;
}

/** All that a session has given, in order. */
export function findGiven(tx: Transaction, sessionId: string): Promise<GivenRow[]> {
  return tx.$queryRaw`
    select p.position, p.item_id as "itemId", p.is_pilot as "isPilot",
      array(select option->>'key' from jsonb_array_elements(i.options) as option) as "optionKeys",
      i.kind, k.correct, k.tolerance, k.explanation, k.discrimination, k.difficulty, k.guessing,
      a.client_id as "clientId", a.is_right as "isRight", a.ability, a.ability_error as "abilityError"
    from practice_items p
    join items i on i.id = p.item_id
    join item_keys k on k.item_id = p.item_id
    left join practice_answers a on a.session_id = p.session_id and a.position = p.position
    where p.session_id = ${sessionId}::uuid
    order by p.position`;
}

export async function insertAnswer(tx: Transaction, data: Prisma.PracticeAnswerUncheckedCreateInput): Promise<void> {
  await tx.practiceAnswer.create({ data });
}

/** The item of each session that waits for an answer, without its key. */
export function findCurrentItems(
  tx: Transaction,
  sessionIds: readonly string[],
): Promise<(PracticeItem & { sessionId: string })[]> {
  return tx.$queryRaw`
    select p.session_id as "sessionId", i.id, p.position, i.subtest, i.topic, i.kind, i.stem, i.options,
      case when t.id is null then null else jsonb_build_object('id', t.id, 'title', t.title, 'text', t.text) end as passage
    from practice_items p
    join practice_sessions s on s.id = p.session_id and s.ended_at is null
    join items i on i.id = p.item_id
    left join passages t on t.id = i.passage_id
    where p.session_id = any(${[...sessionIds]}::uuid[])
      and not exists (select from practice_answers a where a.session_id = p.session_id and a.position = p.position)`;
}

export async function countAnswers(tx: Transaction, sessionIds: readonly string[]): Promise<Map<string, number>> {
  const groups = await tx.practiceAnswer.groupBy({
    by: ["sessionId"],
    where: { sessionId: { in: [...sessionIds] } },
    _count: { _all: true },
  });
  return new Map(groups.map(({ sessionId, _count }) => [sessionId, _count._all]));
}
