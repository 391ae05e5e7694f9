import type { PageQuery } from "@lentera/kit";
import type { Transaction } from "../context.js";
import type { Impersonation } from "./impersonation.type.js";

export function insertImpersonation(
  tx: Transaction,
  impersonation: { adminId: string; userId: string; reason: string; startedAt: Date; expiresAt: Date },
): Promise<Impersonation> {
  return tx.impersonation.create({ data: impersonation });
}

/** @returns whether there was one to end */
export async function endImpersonation(tx: Transaction, id: string, adminId: string, endedAt: Date): Promise<boolean> {
  const { count } = await tx.impersonation.updateMany({
    where: { id, adminId, endedAt: null, expiresAt: { gt: endedAt } },
    data: { endedAt },
  });
  return count > 0;
}

export function countOf(tx: Transaction, where: { id?: string; userId?: string; adminId?: string }): Promise<number> {
  return tx.impersonation.count({ where });
}

export function findPage(tx: Transaction, userId: string, page: PageQuery): Promise<Impersonation[]> {
  return tx.impersonation.findMany({ ...page, where: { AND: [{ userId }, page.where] } });
}

/** Where and in which language to write to a person; null for an account that is deleted. */
export async function findAddress(tx: Transaction, userId: string) {
  return await tx.account.findFirst({
    where: { userId, status: { not: "DELETED" } },
    select: { email: true, status: true, user: { select: { fullName: true, language: true } } },
  });
}
