import type { Prisma, Refund } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";

export const SEND_JOB = "refund.send";

export function insertRefund(tx: Transaction, data: Prisma.RefundUncheckedCreateInput): Promise<Refund> {
  return tx.refund.create({ data });
}

export function updateRefund(tx: Transaction, id: string, data: Prisma.RefundUncheckedUpdateInput): Promise<Refund> {
  return tx.refund.update({ where: { id }, data });
}

export function findRefund(tx: Transaction, id: string): Promise<Refund | null> {
  return tx.refund.findFirst({ where: { id } });
}

/** What is on its way back or has gone back of an attempt, oldest first. */
export function findRefundsOfAttempt(tx: Transaction, attemptId: string): Promise<Refund[]> {
  return tx.refund.findMany({ where: { attemptId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
}

export function findRefundsOf(tx: Transaction, paymentIds: readonly string[]): Promise<Refund[]> {
  return tx.refund.findMany({
    where: { paymentId: { in: [...paymentIds] } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}
