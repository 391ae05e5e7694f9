import { Prisma, type TryoutSelection, type TryoutStatus } from "@lentera/prisma/learning";
import type { Blueprint, Candidate } from "../blueprint/blueprint.rules.js";
import type { Transaction } from "../context.js";
import type { TryoutPlan } from "./tryout.input.js";
import type { Tryout } from "./tryout.type.js";

/** Published items for an examination, of the organization and of the platform, with what the composer needs to know. */
export function findCandidates(
  tx: Transaction,
  examTypeId: string,
  organizationId: string | null,
  subtests: readonly string[],
): Promise<Candidate[]> {
  return tx.$queryRaw`
    select i.id as "itemId", i.subtest, i.topic, i.passage_id as "passageId",
           coalesce(p.discrimination, k.discrimination) as discrimination, coalesce(p.difficulty, k.difficulty) as difficulty,
           coalesce(p.guessing, k.guessing) as guessing, coalesce(u.exposure_count, 0) as "exposureCount"
    from items i
    join item_keys k on k.item_id = i.id
    left join item_parameters p on p.item_id = i.id and p.exam_type_id = ${examTypeId}::uuid
    left join item_usage u on u.item_id = i.id
    where i.status = 'PUBLISHED' and i.subtest = any(${[...subtests]})
      and (i.exam_type_id = ${examTypeId}::uuid or p.item_id is not null)
      and (i.organization_id is null or i.organization_id is not distinct from ${organizationId}::uuid)
    order by i.id`;
}

export interface NewTryout {
  readonly tryout: Pick<
    TryoutPlan,
    | "examTypeId"
    | "title"
    | "kind"
    | "hasSectionClocks"
    | "randomizeItems"
    | "showResultsImmediately"
    | "allowReview"
    | "attemptLimit"
  >;
  readonly organizationId: string | null;
  readonly createdById: string;
  readonly createdAt: Date;
  readonly selection: TryoutSelection;
  readonly blueprint: Blueprint | null;
  readonly sections: readonly {
    readonly subtest: string;
    readonly name: string;
    readonly durationMinutes: number;
    readonly itemIds: readonly string[];
  }[];
}

/** As the database keeps it: a blueprint is plain data. */
function jsonOf(blueprint: Blueprint): Prisma.InputJsonObject {
  const { sections, targetInformation, maximumExposure } = blueprint;
  return {
    targetInformation: targetInformation && { ...targetInformation },
    maximumExposure,
    sections: sections.map((section) => ({
      ...section,
      itemIds: [...section.itemIds],
      topics: section.topics.map((share) => ({ ...share })),
      difficulties: section.difficulties.map((share) => ({ ...share })),
    })),
  };
}

export async function insertTryout(
  tx: Transaction,
  { tryout, sections, blueprint, ...facts }: NewTryout,
): Promise<string> {
  const { id } = await tx.tryout.create({
    data: {
      ...tryout,
      attemptLimit: tryout.attemptLimit ?? null,
      ...facts,
      blueprint: blueprint === null ? Prisma.DbNull : jsonOf(blueprint),
      durationMinutes: sections.reduce((sum, { durationMinutes }) => sum + durationMinutes, 0),
    },
    select: { id: true },
  });
  await tx.tryoutSection.createMany({
    data: sections.map(({ itemIds, ...section }, index) => ({
      ...section,
      tryoutId: id,
      position: index + 1,
      itemCount: itemIds.length,
    })),
  });
  const items = sections.flatMap(({ subtest, itemIds }) => itemIds.map((itemId) => ({ itemId, subtest })));
  await tx.tryoutItem.createMany({
    data: items.map((item, index) => ({ ...item, tryoutId: id, position: index + 1 })),
  });
  return id;
}

export async function saveAccessCode(tx: Transaction, id: string, accessCode: string): Promise<void> {
  await tx.tryout.update({ where: { id }, data: { accessCode }, select: { id: true } });
}

export async function lockTryout(tx: Transaction, id: string): Promise<Tryout | null> {
  await tx.$queryRaw`select 1 from tryouts where id = ${id}::uuid for update`;
  return tx.tryout.findFirst({ where: { id } });
}

export async function updateTryoutStatus(
  tx: Transaction,
  id: string,
  status: TryoutStatus,
  window: { readonly opensAt?: Date; readonly closesAt?: Date | null } = {},
): Promise<void> {
  await tx.tryout.update({ where: { id }, data: { status, ...window }, select: { id: true } });
}

export interface Progress {
  readonly started: number;
  readonly submitted: number;
}

/** Students, each once, who have begun and who have finished a tryout. */
export async function countProgress(tx: Transaction, tryoutId: string): Promise<Progress> {
  const [row] = await tx.$queryRaw<Progress[]>`
    select count(distinct student_id)::int as started,
           count(distinct student_id) filter (where status <> 'IN_PROGRESS')::int as submitted
    from attempts
    where tryout_id = ${tryoutId}::uuid`;
  return row ?? { started: 0, submitted: 0 };
}

/** Which of these students have begun which of these tryouts, and whether they have finished one. */
export function findSittings(
  tx: Transaction,
  tryoutIds: readonly string[],
  studentIds: readonly string[],
): Promise<{ tryoutId: string; studentId: string; hasSubmitted: boolean }[]> {
  return tx.$queryRaw`
    select tryout_id as "tryoutId", student_id as "studentId", bool_or(status <> 'IN_PROGRESS') as "hasSubmitted"
    from attempts
    where tryout_id = any(${[...tryoutIds]}::uuid[]) and student_id = any(${[...studentIds]}::uuid[])
    group by 1, 2`;
}

/** The scores of a tryout whose results were held back, for telling everybody. */
export function findScoresOf(
  tx: Transaction,
  tryoutId: string,
): Promise<{ attemptId: string; studentId: string; tryoutTitle: string; scaled: number; correct: number }[]> {
  return tx.$queryRaw`
    select a.id as "attemptId", a.student_id as "studentId", t.title as "tryoutTitle", s.scaled,
           (select sum(correct)::int from subtest_scores p where p.attempt_id = a.id) as correct
    from attempts a join tryouts t on t.id = a.tryout_id join attempt_scores s on s.attempt_id = a.id
    where a.tryout_id = ${tryoutId}::uuid`;
}
