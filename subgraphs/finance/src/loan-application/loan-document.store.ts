import type { LoanDocument, Prisma } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";

/** A document without its contents. */
export type LoanDocumentRow = Omit<LoanDocument, "ciphertext">;

export function insertDocument(
  tx: Transaction,
  data: Prisma.LoanDocumentUncheckedCreateInput,
): Promise<{ id: string }> {
  return tx.loanDocument.create({ data, select: { id: true } });
}

export function findDocuments(tx: Transaction, applicationIds: readonly string[]): Promise<LoanDocumentRow[]> {
  return tx.loanDocument.findMany({
    where: { applicationId: { in: [...applicationIds] } },
    orderBy: { id: "asc" },
    omit: { ciphertext: true },
  });
}

export function findDocument(tx: Transaction, id: string): Promise<LoanDocumentRow | null> {
  return tx.loanDocument.findFirst({ where: { id }, omit: { ciphertext: true } });
}

/** Fills an announced document, once. @returns whether it was still empty */
export async function fillDocument(
  tx: Transaction,
  id: string,
  data: { ciphertext: string; sha256: string },
): Promise<boolean> {
  const { count } = await tx.loanDocument.updateMany({
    where: { id, status: "ANNOUNCED" },
    data: { ...data, status: "RECEIVED" },
  });
  return count === 1;
}

export async function updateDocument(
  tx: Transaction,
  id: string,
  data: Pick<LoanDocument, "status" | "reason">,
): Promise<void> {
  await tx.loanDocument.update({ where: { id }, data, select: { id: true } });
}

/** The encrypted contents; null before they were sent. */
export async function findContents(tx: Transaction, id: string): Promise<string | null> {
  const found = await tx.loanDocument.findFirst({ where: { id }, select: { ciphertext: true } });
  return found?.ciphertext ?? null;
}

/** Whether another person has sent the same file: one paper for two people is a sign of fraud. For background work. */
export async function isUsedByOthers(tx: Transaction, sha256: string, documentId: string): Promise<boolean> {
  const own = await tx.loanDocument.findFirst({
    where: { id: documentId },
    select: { application: { select: { applicantId: true } } },
  });
  const applicantId = { not: own?.application.applicantId ?? documentId };
  return (await tx.loanDocument.count({ where: { sha256, application: { applicantId } } })) > 0;
}
