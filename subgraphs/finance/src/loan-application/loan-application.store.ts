import type { PageQuery } from "@lentera/kit";
import type { LoanApplication, LoanApplicationMove, PartnerBank, Prisma } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";

export type LoanApplicationRow = LoanApplication;

export async function insertApplication(
  tx: Transaction,
  data: Prisma.LoanApplicationUncheckedCreateInput,
): Promise<void> {
  await tx.loanApplication.create({ data, select: { id: true } });
}

export function findApplications(tx: Transaction, visible: object, ids: readonly string[]): Promise<LoanApplication[]> {
  return tx.loanApplication.findMany({ where: { AND: [visible, { id: { in: [...ids] } }] } });
}

export function findApplicationPage(tx: Transaction, visible: object, page: PageQuery): Promise<LoanApplication[]> {
  return tx.loanApplication.findMany({ ...page, where: { AND: [visible, page.where] } });
}

export function countApplications(tx: Transaction, visible: object): Promise<number> {
  return tx.loanApplication.count({ where: visible });
}

/** Locked until the transaction ends, when the viewer may see it. */
export async function lockApplication(
  tx: Transaction,
  visible: object,
  id: string,
): Promise<(LoanApplication & { bank: PartnerBank }) | null> {
  await tx.$queryRaw`select 1 from loan_applications where id = ${id}::uuid for update`;
  return tx.loanApplication.findFirst({ where: { AND: [visible, { id }] }, include: { bank: true } });
}

export async function updateApplication(
  tx: Transaction,
  id: string,
  data: Prisma.LoanApplicationUncheckedUpdateInput,
): Promise<void> {
  await tx.loanApplication.update({ where: { id }, data, select: { id: true } });
}

export async function insertMove(tx: Transaction, data: Omit<LoanApplicationMove, "createdAt">): Promise<void> {
  await tx.loanApplicationMove.create({ data, select: { version: true } });
}

export function findMoves(tx: Transaction, applicationIds: readonly string[]): Promise<LoanApplicationMove[]> {
  return tx.loanApplicationMove.findMany({
    where: { applicationId: { in: [...applicationIds] } },
    orderBy: { version: "asc" },
  });
}

/** Those of which the bank has not heard for certain, or has not decided. */
export async function findAtBanks(tx: Transaction): Promise<string[]> {
  const rows = await tx.loanApplication.findMany({
    where: {
      status: { in: ["SUBMITTED", "UNDER_REVIEW", "DOCUMENTS_REQUESTED", "APPROVED"] },
      delivery: { not: "REFUSED" },
      bank: { connection: { isNot: null } },
    },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Instalments that this person paid late since then. */
export function countLateNotices(tx: Transaction, borrowerId: string, since: Date): Promise<number> {
  return tx.loanNotice.count({
    where: { kind: "LATE", createdAt: { gte: since }, instalment: { loan: { borrowerId } } },
  });
}
