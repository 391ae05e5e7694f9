import type { PageQuery } from "@lentera/kit";
import type { Transaction } from "../context.js";
import type { Subject } from "./subject.type.js";

const ON_OFFER = { isActive: true } as const;

export function findSubjectPage(tx: Transaction, page: PageQuery): Promise<Subject[]> {
  return tx.subject.findMany({ ...page, where: { AND: [ON_OFFER, page.where] }, include: { category: true } });
}

export function countSubjects(tx: Transaction): Promise<number> {
  return tx.subject.count({ where: ON_OFFER });
}

/** Ids of those of these subjects that are on offer, by slug. */
export async function findSubjectIds(tx: Transaction, slugs: readonly string[]): Promise<Map<string, string>> {
  const subjects = await tx.subject.findMany({
    where: { ...ON_OFFER, slug: { in: [...slugs] } },
    select: { id: true, slug: true },
  });
  return new Map(subjects.map(({ id, slug }) => [slug, id]));
}
