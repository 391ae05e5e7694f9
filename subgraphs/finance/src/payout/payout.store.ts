import type { PageQuery } from "@lentera/kit";
import type { BankAccount, Payout, PayoutRule } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";

export type { BankAccount as BankAccountRow, Payout as PayoutRow };

export async function insertBankAccount(tx: Transaction, data: Omit<BankAccount, "createdAt">): Promise<void> {
  await tx.bankAccount.create({ data });
}

export function findBankAccounts(tx: Transaction, visible: object, ids: readonly string[]): Promise<BankAccount[]> {
  return tx.bankAccount.findMany({ where: { AND: [visible, { id: { in: [...ids] } }] } });
}

export function findBankAccountPage(tx: Transaction, userId: string, page: PageQuery): Promise<BankAccount[]> {
  return tx.bankAccount.findMany({ ...page, where: { AND: [{ userId }, page.where] } });
}

export function countBankAccounts(tx: Transaction, userId: string): Promise<number> {
  return tx.bankAccount.count({ where: { userId } });
}

export function findRule(tx: Transaction, currency: string): Promise<PayoutRule | null> {
  return tx.payoutRule.findFirst({ where: { currency } });
}

type NewPayout = Pick<Payout, "userId" | "bankAccountId" | "currency" | "amountMinor" | "feeMinor" | "holdId">;
export function insertPayout(tx: Transaction, data: NewPayout): Promise<Payout> {
  return tx.payout.create({ data });
}

/** Locked until the transaction ends, when the viewer may see it. */
export async function lockPayout(tx: Transaction, id: string): Promise<Payout | null> {
  await tx.$queryRaw`select 1 from payouts where id = ${id}::uuid for update`;
  return tx.payout.findFirst({ where: { id } });
}

export async function updatePayout(tx: Transaction, id: string, data: Partial<Payout>): Promise<void> {
  await tx.payout.update({ where: { id }, data, select: { id: true } });
}

export function findPayouts(tx: Transaction, visible: object, ids: readonly string[]): Promise<Payout[]> {
  return tx.payout.findMany({ where: { AND: [visible, { id: { in: [...ids] } }] } });
}

export function findPayoutPage(tx: Transaction, visible: object, page: PageQuery): Promise<Payout[]> {
  return tx.payout.findMany({ ...page, where: { AND: [visible, page.where] } });
}

export function countPayouts(tx: Transaction, visible: object): Promise<number> {
  return tx.payout.count({ where: visible });
}

/** @returns how many have approved by now; an approval that stands is not repeated */
export async function approve(tx: Transaction, payoutId: string, approverId: string): Promise<number> {
  await tx.payoutApproval.createMany({ data: [{ payoutId, approverId }], skipDuplicates: true });
  return tx.payoutApproval.count({ where: { payoutId } });
}

/** Those that wait for the provider, the oldest first. */
export async function findUnderWay(tx: Transaction): Promise<string[]> {
  const rows = await tx.payout.findMany({
    where: { status: { in: ["APPROVED", "PROCESSING"] } },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
