import type { PageQuery } from "@lentera/kit";
import type { LoanAssessment, Prisma } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";

export type { LoanAssessment as LoanAssessmentRow };

/** The newest scorecard: what everything is scored by. */
export function findScorecard(tx: Transaction): Promise<{ version: number; definition: unknown } | null> {
  return tx.loanScorecard.findFirst({ orderBy: { version: "desc" }, select: { version: true, definition: true } });
}

export async function insertScorecard(
  tx: Transaction,
  data: Prisma.LoanScorecardUncheckedCreateInput,
): Promise<number> {
  const { version } = await tx.loanScorecard.create({ data, select: { version: true } });
  return version;
}

export async function insertAssessment(
  tx: Transaction,
  data: Prisma.LoanAssessmentUncheckedCreateInput,
): Promise<string> {
  const { id } = await tx.loanAssessment.create({ data, select: { id: true } });
  return id;
}

export function findAssessments(tx: Transaction, visible: object, ids: readonly string[]): Promise<LoanAssessment[]> {
  return tx.loanAssessment.findMany({ where: { AND: [visible, { id: { in: [...ids] } }] } });
}

export function findAssessmentPage(tx: Transaction, visible: object, page: PageQuery): Promise<LoanAssessment[]> {
  return tx.loanAssessment.findMany({ ...page, where: { AND: [visible, page.where] } });
}

export function countAssessments(tx: Transaction, visible: object): Promise<number> {
  return tx.loanAssessment.count({ where: visible });
}
