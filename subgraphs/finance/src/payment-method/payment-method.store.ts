import type { PaymentMethod as MethodRow, Prisma } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";

export function findMethods(tx: Transaction, currency: string): Promise<MethodRow[]> {
  return tx.paymentMethod.findMany({
    where: { currency, isActive: true },
    orderBy: [{ sortOrder: "asc" }, { code: "asc" }],
  });
}

export function findMethod(tx: Transaction, code: string, currency: string): Promise<MethodRow | null> {
  return tx.paymentMethod.findFirst({ where: { code, currency } });
}

export function updateMethod(
  tx: Transaction,
  { code, currency }: MethodRow,
  data: Prisma.PaymentMethodUncheckedUpdateInput,
): Promise<MethodRow> {
  return tx.paymentMethod.update({ where: { code_currency: { code, currency } }, data });
}
