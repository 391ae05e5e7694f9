import type { PageQuery } from "@lentera/kit";
import type { ItemStatus, Prisma } from "@lentera/prisma/learning";
import type { Transaction } from "../context.js";
import type { QuestionContent } from "./question.input.js";
import type { Change } from "./question.rules.js";
import type {
  ExplanationTranslation,
  Question,
  QuestionParameters,
  QuestionUsage,
  QuestionVersion,
} from "./question.type.js";

const COLUMNS = {
  id: true,
  status: true,
  kind: true,
  subtest: true,
  topic: true,
  language: true,
  stem: true,
  options: true,
  cognitiveLevel: true,
  imageIds: true,
  translations: true,
  version: true,
  replacesId: true,
  reviewNote: true,
  createdAt: true,
  publishedAt: true,
  examTypeId: true,
  organizationId: true,
  categoryId: true,
  passageId: true,
  originId: true,
  authorId: true,
  reviewerId: true,
} as const satisfies Prisma.ItemSelect;

type Row = Prisma.ItemGetPayload<{ select: typeof COLUMNS }>;

/** The shape of the JSON columns is what this store alone has written. */
function questionOf(row: Row): Question {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return row as unknown as Question;
}

async function findQuestion(tx: Transaction, id: string): Promise<Question | null> {
  const row = await tx.item.findFirst({ where: { id }, select: COLUMNS });
  return row && questionOf(row);
}

export async function findQuestions(
  tx: Transaction,
  visible: Prisma.ItemWhereInput,
  ids: readonly string[],
): Promise<Question[]> {
  const rows = await tx.item.findMany({ where: { AND: [visible, { id: { in: [...ids] } }] }, select: COLUMNS });
  return rows.map(questionOf);
}

/** The question, held until the transaction ends. */
export async function lockQuestion(tx: Transaction, id: string): Promise<Question | null> {
  await tx.$queryRaw`select 1 from items where id = ${id}::uuid for update`;
  return findQuestion(tx, id);
}

export async function findQuestionPage(
  tx: Transaction,
  where: Prisma.ItemWhereInput,
  page: PageQuery,
): Promise<Question[]> {
  return (await tx.item.findMany({ ...page, where: { AND: [where, page.where] }, select: COLUMNS })).map(questionOf);
}

export function countQuestions(tx: Transaction, where: Prisma.ItemWhereInput): Promise<number> {
  return tx.item.count({ where });
}

export async function hasSubtest(tx: Transaction, examTypeId: string, code: string): Promise<boolean> {
  return (await tx.examSubtest.count({ where: { examTypeId, code } })) > 0;
}

export async function hasPassage(tx: Transaction, id: string): Promise<boolean> {
  return (await tx.passage.count({ where: { id } })) > 0;
}

export interface KeyRow {
  readonly itemId: string;
  readonly correct: string[];
  readonly tolerance: number;
  readonly explanation: string;
  readonly explanations: ExplanationTranslation[];
  readonly parameters: QuestionParameters[];
}

/** Keys with the parameters for every exam type, that of the question itself first. */
export function findKeys(tx: Transaction, itemIds: readonly string[]): Promise<KeyRow[]> {
  return tx.$queryRaw`
    select k.item_id as "itemId", k.correct, k.tolerance, k.explanation, k.explanations,
      jsonb_build_array(jsonb_build_object('examTypeId', i.exam_type_id, 'discrimination', k.discrimination,
        'difficulty', k.difficulty, 'guessing', k.guessing, 'calibratedAt', k.calibrated_at))
      || coalesce((select jsonb_agg(jsonb_build_object('examTypeId', p.exam_type_id, 'discrimination', p.discrimination,
        'difficulty', p.difficulty, 'guessing', p.guessing, 'calibratedAt', p.calibrated_at) order by p.exam_type_id)
        from item_parameters p where p.item_id = k.item_id), '[]') as parameters
    from item_keys k join items i on i.id = k.item_id
    where k.item_id = any(${[...itemIds]}::uuid[])`;
}

export function findUsage(
  tx: Transaction,
  itemIds: readonly string[],
): Promise<(QuestionUsage & { itemId: string })[]> {
  return tx.itemUsage.findMany({ where: { itemId: { in: [...itemIds] } } });
}

/** Who a saved content belongs to, and where in its line it stands. */
export interface Authorship {
  readonly organizationId: string | null;
  readonly authorId: string;
  readonly originId: string | null;
  readonly replacesId: string | null;
  readonly version: number;
  readonly now: Date;
}

/** @returns the new draft's id; null when another revision of the same question is at work */
export async function insertQuestion(
  tx: Transaction,
  content: QuestionContent,
  { now, ...authorship }: Authorship,
): Promise<string | null> {
  const [created] = await tx.item.createManyAndReturn({
    data: [{ ...columnsOf(content), ...authorship, code: crypto.randomUUID(), createdAt: now }],
    select: { id: true },
    skipDuplicates: true,
  });
  if (created === undefined) return null;
  await tx.itemKey.create({ data: { itemId: created.id, ...keyColumnsOf(content), ...guessOf(content) } });
  return created.id;
}

export async function updateContent(
  tx: Transaction,
  id: string,
  content: QuestionContent,
  { authorId, version }: Pick<Authorship, "authorId" | "version">,
): Promise<void> {
  await tx.item.update({
    where: { id },
    data: { ...columnsOf(content), authorId, version, reviewerId: null },
    select: { id: true },
  });
  await tx.itemKey.update({ where: { itemId: id }, data: keyColumnsOf(content), select: { itemId: true } });
}

export function columnsOf(content: QuestionContent) {
  const { correct: _correct, tolerance: _tolerance, explanation: _explanation, translations, ...columns } = content;
  return { ...columns, translations: translations.map(({ language, stem, options }) => ({ language, stem, options })) };
}

export function keyColumnsOf({ correct, tolerance, explanation, translations }: QuestionContent) {
  const explanations = translations.map((translation) => ({
    language: translation.language,
    text: translation.explanation,
  }));
  return { correct, tolerance, explanation, explanations };
}

/** Until it is calibrated: an average item, guessed as often as its form lets one. */
export function guessOf({ kind, options }: QuestionContent) {
  const ways = { SINGLE_CHOICE: options.length, MULTIPLE_CHOICE: 2 ** options.length - 1 };
  const guessing = kind === "NUMERIC" ? 0 : 1 / (kind === "TRUE_FALSE_TABLE" ? 2 ** options.length : ways[kind]);
  return { discrimination: 1, difficulty: 0, guessing: Math.min(0.5, guessing) };
}

export async function insertVersion(
  tx: Transaction,
  version: {
    readonly originId: string;
    readonly version: number;
    readonly itemId: string;
    readonly content: QuestionContent;
    readonly changes: readonly Change[];
    readonly authorId: string;
    readonly createdAt: Date;
  },
): Promise<void> {
  const changes = JSON.stringify(version.changes);
  await tx.$executeRaw`
    insert into item_versions (origin_id, version, item_id, content, changes, author_id, created_at)
    values (${version.originId}::uuid, ${version.version}, ${version.itemId}::uuid, ${JSON.stringify(version.content)}::jsonb,
            ${changes}::jsonb, ${version.authorId}::uuid, ${version.createdAt})`;
}

type VersionRow = QuestionVersion & { readonly id: string };

/** A page of the versions of a line, newest first. */
export async function findVersionPage(tx: Transaction, originId: string, page: PageQuery): Promise<QuestionVersion[]> {
  const rows = await tx.itemVersion.findMany({ ...page, where: { AND: [{ originId }, page.where] } });
  // The shape of the changes is what this store alone has written.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const versions = rows as unknown as (Omit<VersionRow, "changes"> & { changes: Change[] })[];
  return versions.map((row) => ({
    ...row,
    changes: row.changes.map(({ field, before, after }) => ({
      field,
      before: JSON.stringify(before),
      after: JSON.stringify(after),
    })),
  }));
}

export function countVersions(tx: Transaction, originId: string): Promise<number> {
  return tx.itemVersion.count({ where: { originId } });
}

export async function hasWritten(tx: Transaction, itemId: string, authorId: string): Promise<boolean> {
  return (await tx.itemVersion.count({ where: { itemId, authorId } })) > 0;
}

export async function updateStatus(
  tx: Transaction,
  id: string,
  status: ItemStatus,
  facts: { readonly reviewerId?: string | null; readonly reviewNote?: string | null; readonly publishedAt?: Date },
): Promise<void> {
  await tx.item.update({ where: { id }, data: { status, ...facts }, select: { id: true } });
}

/** Writes parameters for the question's own exam type or for another one. */
export async function saveParameters(
  tx: Transaction,
  question: Pick<Question, "id" | "examTypeId">,
  { examTypeId, ...parameters }: QuestionParameters & { calibratedAt: Date },
): Promise<void> {
  const itemId = question.id;
  if (examTypeId === question.examTypeId)
    await tx.itemKey.update({ where: { itemId }, data: parameters, select: { itemId: true } });
  else
    await tx.itemParameters.upsert({
      where: { itemId_examTypeId: { itemId, examTypeId } },
      create: { itemId, examTypeId, ...parameters },
      update: parameters,
    });
}

/** Counts anew in how many tryouts and sittings every item has been; as every sitting shows its whole tryout, by tryout. */
export async function countUsage(tx: Transaction): Promise<void> {
  await tx.$executeRaw`
    insert into item_usage as u (item_id, tryout_count, exposure_count, last_used_at)
    select t.item_id, count(*)::int, coalesce(sum(a.sittings), 0)::int, max(a.last)
    from tryout_items t
    left join (select tryout_id, count(*) as sittings, max(started_at) as last from attempts group by tryout_id) a
      on a.tryout_id = t.tryout_id
    group by t.item_id
    on conflict (item_id) do update
      set tryout_count = excluded.tryout_count, exposure_count = excluded.exposure_count, last_used_at = excluded.last_used_at
      where (u.tryout_count, u.exposure_count, u.last_used_at)
        is distinct from (excluded.tryout_count, excluded.exposure_count, excluded.last_used_at)`;
}
