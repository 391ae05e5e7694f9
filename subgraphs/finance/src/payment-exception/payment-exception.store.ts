import type { PageQuery } from "@lentera/kit";
import type { PaymentException, PaymentExceptionKind, Prisma } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";

export interface NewException {
  readonly kind: PaymentExceptionKind;
  readonly provider: string;
  /** The same difficulty has the same subject. */
  readonly subject: string;
  readonly paymentId?: string | null;
  readonly attemptId?: string | null;
  readonly details: Prisma.InputJsonObject;
}

/** Puts a difficulty before a person, once. */
export async function raiseException(tx: Transaction, exception: NewException): Promise<void> {
  await tx.paymentException.createMany({ data: [exception], skipDuplicates: true });
}

export async function lockException(tx: Transaction, id: string): Promise<PaymentException | null> {
  await tx.$queryRaw`select from payment_exceptions where id = ${id}::uuid for update`;
  return tx.paymentException.findFirst({ where: { id } });
}

export function updateException(
  tx: Transaction,
  id: string,
  data: Prisma.PaymentExceptionUncheckedUpdateInput,
): Promise<PaymentException> {
  return tx.paymentException.update({ where: { id }, data });
}

export function findExceptionPage(tx: Transaction, where: object, page: PageQuery): Promise<PaymentException[]> {
  return tx.paymentException.findMany({ ...page, where: { AND: [where, page.where] } });
}

export function countExceptions(tx: Transaction, where: object): Promise<number> {
  return tx.paymentException.count({ where });
}
