import type { PageQuery } from "@lentera/kit";
import type { Transaction } from "../context.js";
import type { Passkey } from "./passkey.type.js";

const SHOWN = { id: true, name: true, createdAt: true, lastUsedAt: true } as const;

export interface StoredCredential {
  readonly id: string;
  readonly userId: string;
  readonly credentialId: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: bigint;
}

/** Also forgets a few challenges that nobody answered. */
export async function insertChallenge(
  tx: Transaction,
  challenge: { userId: string | null; challenge: string; expiresAt: Date },
  now: Date,
): Promise<string> {
  await tx.$executeRaw`
    delete from passkey_challenges where id in (
      select id from passkey_challenges where expires_at <= ${now} order by expires_at limit 10 for update skip locked)`;
  const { id } = await tx.passkeyChallenge.create({ data: challenge, select: { id: true } });
  return id;
}

/** @returns the challenge, which from now on is used up; null when it is unknown, old or somebody else's */
export async function takeChallenge(
  tx: Transaction,
  id: string,
  userId: string | null,
  now: Date,
): Promise<string | null> {
  const [taken] = await tx.$queryRaw<{ challenge: string }[]>`
    delete from passkey_challenges
    where id = ${id}::uuid and user_id is not distinct from ${userId}::uuid and expires_at > ${now}
    returning challenge`;
  return taken?.challenge ?? null;
}

export async function findCredentialIds(tx: Transaction, userId: string): Promise<string[]> {
  const rows = await tx.passkey.findMany({ where: { userId }, select: { credentialId: true } });
  return rows.map(({ credentialId }) => credentialId);
}

/** The passkey, locked until the transaction ends, so that its counter grows use by use. */
export async function lockCredential(tx: Transaction, credentialId: string): Promise<StoredCredential | null> {
  await tx.$queryRaw`select from passkeys where credential_id = ${credentialId} for update`;
  return await tx.passkey.findFirst({ where: { credentialId } });
}

/** @returns null when the device is registered already */
export async function insertPasskey(
  tx: Transaction,
  passkey: Omit<StoredCredential, "id"> & { readonly name: string; readonly createdAt: Date },
): Promise<Passkey | null> {
  const [created] = await tx.passkey.createManyAndReturn({ data: [passkey], skipDuplicates: true, select: SHOWN });
  return created ?? null;
}

export async function notePasskeyUse(tx: Transaction, id: string, counter: bigint, lastUsedAt: Date): Promise<void> {
  await tx.passkey.update({ where: { id }, data: { counter, lastUsedAt }, select: { id: true } });
}

export async function findPasskeyPage(tx: Transaction, userId: string, page: PageQuery): Promise<Passkey[]> {
  return await tx.passkey.findMany({ ...page, where: { AND: [{ userId }, page.where] }, select: SHOWN });
}

export async function countPasskeys(tx: Transaction, userId: string): Promise<number> {
  return await tx.passkey.count({ where: { userId } });
}

/** @returns whether the person had this passkey */
export async function deletePasskey(tx: Transaction, userId: string, id: string): Promise<boolean> {
  const { count } = await tx.passkey.deleteMany({ where: { id, userId } });
  return count === 1;
}
