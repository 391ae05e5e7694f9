import type { PageQuery } from "@lentera/kit";
import type { Prisma } from "@lentera/prisma/learning";
import type { Transaction } from "../context.js";
import type { QuestionCategory } from "./category.type.js";

export function findCategory(tx: Transaction, id: string): Promise<QuestionCategory | null> {
  return tx.category.findFirst({ where: { id } });
}

export function findCategories(tx: Transaction, ids: readonly string[]): Promise<QuestionCategory[]> {
  return tx.category.findMany({ where: { id: { in: [...ids] } } });
}

export function findCategoryPage(
  tx: Transaction,
  where: Prisma.CategoryWhereInput,
  page: PageQuery,
): Promise<QuestionCategory[]> {
  return tx.category.findMany({ ...page, where: { AND: [where, page.where] } });
}

export function countCategories(tx: Transaction, where: Prisma.CategoryWhereInput): Promise<number> {
  return tx.category.count({ where });
}

/** Categories of this one and everything below it. */
export async function findSubtreeIds(tx: Transaction, id: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    with recursive below as (
      select id from categories where id = ${id}::uuid
      union select c.id from categories c join below b on c.parent_id = b.id
    ) select id from below`;
  return rows.map((row) => row.id);
}

export function insertCategory(tx: Transaction, data: Prisma.CategoryUncheckedCreateInput): Promise<QuestionCategory> {
  return tx.category.create({ data });
}

export function updateQuestionCategory(
  tx: Transaction,
  id: string,
  data: Prisma.CategoryUncheckedUpdateInput,
): Promise<QuestionCategory> {
  return tx.category.update({ where: { id }, data });
}

/** Moves wait for each other here, before any of them has read the tree. */
export async function lockTree(tx: Transaction): Promise<void> {
  await tx.$queryRaw`select 1 from (select pg_advisory_xact_lock(hashtext('categories'))) as locked`;
}
