import type { PageQuery } from "@lentera/kit";
import type { Transaction } from "../context.js";
import type { ExamSubtest, ExamType } from "./exam-type.type.js";

export function findExamTypes(tx: Transaction, ids: readonly string[]): Promise<ExamType[]> {
  return tx.examType.findMany({ where: { id: { in: [...ids] } } });
}

export function findExamTypePage(tx: Transaction, page: PageQuery): Promise<ExamType[]> {
  return tx.examType.findMany(page);
}

export function countExamTypes(tx: Transaction): Promise<number> {
  return tx.examType.count();
}

/** In the order of the examination. */
export function findExamSubtests(
  tx: Transaction,
  examTypeIds: readonly string[],
): Promise<(ExamSubtest & { examTypeId: string })[]> {
  return tx.examSubtest.findMany({ where: { examTypeId: { in: [...examTypeIds] } }, orderBy: { position: "asc" } });
}
