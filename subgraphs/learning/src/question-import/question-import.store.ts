import type { Transaction } from "../context.js";
import type { QuestionContent } from "../question/question.input.js";
import { changesBetween } from "../question/question.rules.js";
import { columnsOf, guessOf, keyColumnsOf } from "../question/question.store.js";

/** Codes of the subtests of an exam type. */
export async function findSubtestCodes(tx: Transaction, examTypeId: string): Promise<Set<string>> {
  const rows = await tx.examSubtest.findMany({ where: { examTypeId }, select: { code: true } });
  return new Set(rows.map(({ code }) => code));
}

/** Which of these contents an import of the organization brought before. */
export async function findImported(
  tx: Transaction,
  organizationId: string | null,
  hashes: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ hash: string }[]>`
    select import_hash as hash from items
    where organization_id is not distinct from ${organizationId}::uuid and import_hash = any(${[...hashes]})`;
  return new Set(rows.map(({ hash }) => hash));
}

/** Questions to one statement: what their columns come to stays below PostgreSQL's 65,535 parameters. */
const BATCH = 500;

/** Inserts drafts with their first versions. @returns the new ids by hash, without those that came meanwhile */
export async function insertImported(
  tx: Transaction,
  questions: readonly { readonly hash: string; readonly content: QuestionContent }[],
  { organizationId, authorId, now }: { organizationId: string | null; authorId: string; now: Date },
): Promise<Map<string, string>> {
  const idOf = new Map<string, string>();
  for (let from = 0; from < questions.length; from += BATCH) {
    const batch = questions.slice(from, from + BATCH);
    const authorship = { organizationId, authorId, version: 1, createdAt: now };
    const created = await tx.item.createManyAndReturn({
      data: batch.map(({ hash, content }) => ({
        ...columnsOf(content),
        ...authorship,
        code: crypto.randomUUID(),
        importHash: hash,
      })),
      select: { id: true, importHash: true },
      skipDuplicates: true,
    });
    for (const { id, importHash } of created) if (importHash !== null) idOf.set(importHash, id);
    const inserted = batch.flatMap(({ hash, content }) => {
      const itemId = idOf.get(hash);
      return itemId === undefined ? [] : [{ itemId, content }];
    });
    await tx.itemKey.createMany({
      data: inserted.map(({ itemId, content }) => ({ itemId, ...keyColumnsOf(content), ...guessOf(content) })),
    });
    const versions = inserted.map(({ itemId, content }) => ({ itemId, content, changes: changesBetween({}, content) }));
    await tx.$executeRaw`
      insert into item_versions (origin_id, version, item_id, content, changes, author_id, created_at)
      select v."itemId", 1, v."itemId", v.content, v.changes, ${authorId}::uuid, ${now}
      from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) as v("itemId" uuid, content jsonb, changes jsonb)`;
  }
  return idOf;
}
