import type { Transaction } from "../../context.js";

export interface SigningKeyRow {
  readonly id: string;
  readonly publicKey: string;
  readonly encryptedPrivateKey: string;
}

export function findCurrentKey(tx: Transaction): Promise<SigningKeyRow | null> {
  return tx.offlineSigningKey.findFirst({ where: { retiredAt: null }, orderBy: { createdAt: "desc" } });
}

/** The key that another process has just made, or this one: two that start at once agree. */
export async function agreeOnKey(tx: Transaction, key: Omit<SigningKeyRow, "id">): Promise<SigningKeyRow> {
  await tx.$queryRaw`select 1 from pg_advisory_xact_lock(hashtextextended('offline_signing_keys', 0))`;
  return (await findCurrentKey(tx)) ?? (await tx.offlineSigningKey.create({ data: key }));
}

/** Retired keys too: what they signed stays signed. */
export function findKeys(tx: Transaction): Promise<SigningKeyRow[]> {
  return tx.offlineSigningKey.findMany({ orderBy: { createdAt: "desc" } });
}
