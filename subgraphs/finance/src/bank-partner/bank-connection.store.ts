import type { PartnerBankConnection, PartnerBankNonce, Prisma } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";

export function findConnection(
  tx: Transaction,
  where: Prisma.PartnerBankConnectionWhereInput,
): Promise<(PartnerBankConnection & { bank: { code: string } }) | null> {
  return tx.partnerBankConnection.findFirst({ where, include: { bank: { select: { code: true } } } });
}

export async function saveConnection(tx: Transaction, { bankId, ...data }: PartnerBankConnection): Promise<void> {
  await tx.partnerBankConnection.upsert({ where: { bankId }, create: { bankId, ...data }, update: data });
}

/** @returns false when it was seen before, however concurrently */
export async function rememberNonce(tx: Transaction, nonce: PartnerBankNonce): Promise<boolean> {
  const { count } = await tx.partnerBankNonce.createMany({ data: [nonce], skipDuplicates: true });
  return count === 1;
}

export async function forgetNonces(tx: Transaction, before: Date): Promise<void> {
  await tx.partnerBankNonce.deleteMany({ where: { seenAt: { lt: before } } });
}
