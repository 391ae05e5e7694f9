import type { Transaction } from "../context.js";

export interface TotpRow {
  readonly userId: string;
  readonly encryptedSecret: string;
  readonly confirmedAt: Date | null;
  readonly lastTimeStep: number | null;
}

/** The second factor, locked until the transaction ends, so that two uses of one code are seen one by one. */
export async function lockTotp(tx: Transaction, userId: string): Promise<TotpRow | null> {
  await tx.$queryRaw`select from totp_credentials where user_id = ${userId}::uuid for update`;
  return await tx.totpCredential.findFirst({ where: { userId } });
}

/** @returns those of the people whose second factor works */
export async function findProtected(tx: Transaction, userIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.totpCredential.findMany({
    where: { userId: { in: [...userIds] }, confirmedAt: { not: null } },
    select: { userId: true },
  });
  return new Set(rows.map(({ userId }) => userId));
}

/** @returns whether the seed was stored; not when there is one that works already */
export async function savePendingTotp(tx: Transaction, userId: string, encryptedSecret: string): Promise<boolean> {
  const written = await tx.$executeRaw`
    insert into totp_credentials as t (user_id, encrypted_secret) values (${userId}::uuid, ${encryptedSecret})
    on conflict (user_id) do update set encrypted_secret = excluded.encrypted_secret, last_time_step = null
    where t.confirmed_at is null`;
  return written === 1;
}

export async function noteStep(
  tx: Transaction,
  userId: string,
  change: { lastTimeStep: number; confirmedAt?: Date },
): Promise<void> {
  await tx.totpCredential.update({ where: { userId }, data: change, select: { userId: true } });
}

export async function replaceRecoveryCodes(
  tx: Transaction,
  userId: string,
  hashes: readonly Uint8Array<ArrayBuffer>[],
): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({ data: hashes.map((codeHash) => ({ userId, codeHash })) });
}

/** @returns whether this was an unused code of this person */
export async function useRecoveryCode(
  tx: Transaction,
  userId: string,
  codeHash: Uint8Array<ArrayBuffer>,
  usedAt: Date,
): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({ where: { userId, codeHash, usedAt: null }, data: { usedAt } });
  return count === 1;
}

export async function countUnusedRecoveryCodes(tx: Transaction, userId: string): Promise<number> {
  return await tx.recoveryCode.count({ where: { userId, usedAt: null } });
}

/** @returns whether there was one that worked */
export async function deleteTotp(tx: Transaction, userId: string): Promise<boolean> {
  await tx.recoveryCode.deleteMany({ where: { userId } });
  const { count } = await tx.totpCredential.deleteMany({ where: { userId, confirmedAt: { not: null } } });
  return count === 1;
}
