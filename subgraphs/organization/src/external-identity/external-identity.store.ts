import type { PageQuery } from "@lentera/kit";
import type { ExternalProvider, Role } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";
import type { ExternalIdentity } from "./external-identity.type.js";

const SHOWN = { id: true, provider: true, email: true, createdAt: true, lastUsedAt: true } as const;

export interface Attempt {
  readonly id: string;
  readonly provider: ExternalProvider;
  readonly userId: string | null;
  readonly redirectUri: string;
  readonly sealedSecrets: string;
  readonly role: Role;
  readonly timeZone: string;
  readonly expiresAt: Date;
  readonly redeemedAt: Date | null;
  readonly provenUserId: string | null;
}

/** Also forgets a few attempts that never came back. */
export async function insertAttempt(
  tx: Transaction,
  attempt: Omit<Attempt, "redeemedAt" | "provenUserId">,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    delete from external_sign_ins where id in (
      select id from external_sign_ins where expires_at <= ${now} order by expires_at limit 10 for update skip locked)`;
  await tx.externalSignIn.create({ data: attempt, select: { id: true } });
}

/** @returns null for one that is unknown, old or somebody else's */
export async function findAttempt(
  tx: Transaction,
  id: string,
  userId: string | null,
  now: Date,
): Promise<Attempt | null> {
  return await tx.externalSignIn.findFirst({ where: { id, userId, expiresAt: { gt: now } } });
}

/** @returns whether this call was the first to present the provider's code */
export async function redeemAttempt(tx: Transaction, id: string, redeemedAt: Date): Promise<boolean> {
  const { count } = await tx.externalSignIn.updateMany({ where: { id, redeemedAt: null }, data: { redeemedAt } });
  return count === 1;
}

export async function noteProven(tx: Transaction, id: string, provenUserId: string): Promise<void> {
  await tx.externalSignIn.update({ where: { id }, data: { provenUserId }, select: { id: true } });
}

/** @returns whether it was there: of two that finish at once, one does */
export async function deleteAttempt(tx: Transaction, id: string): Promise<boolean> {
  const { count } = await tx.externalSignIn.deleteMany({ where: { id } });
  return count === 1;
}

/** Two first sign-ins with one identity are decided one after the other. */
export async function lockIdentity(tx: Transaction, provider: ExternalProvider, subject: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${provider}:${subject}`}, 2))`;
}

export async function findHolder(
  tx: Transaction,
  provider: ExternalProvider,
  subject: string,
): Promise<{ id: string; userId: string } | null> {
  const where = { provider, subject };
  return await tx.externalIdentity.findFirst({ where, select: { id: true, userId: true } });
}

export async function insertIdentity(
  tx: Transaction,
  identity: { userId: string; provider: ExternalProvider; subject: string; email: string | null; createdAt: Date },
): Promise<ExternalIdentity> {
  return await tx.externalIdentity.create({ data: identity, select: SHOWN });
}

export async function noteUse(tx: Transaction, id: string, lastUsedAt: Date): Promise<void> {
  await tx.externalIdentity.update({ where: { id }, data: { lastUsedAt }, select: { id: true } });
}

export async function findPage(tx: Transaction, userId: string, page: PageQuery): Promise<ExternalIdentity[]> {
  return await tx.externalIdentity.findMany({ ...page, where: { AND: [{ userId }, page.where] }, select: SHOWN });
}

export async function countIdentities(tx: Transaction, userId: string): Promise<number> {
  return await tx.externalIdentity.count({ where: { userId } });
}

/** @returns what was removed; null when the person does not have it */
export async function deleteIdentity(tx: Transaction, userId: string, id: string): Promise<ExternalIdentity | null> {
  const [removed] = await tx.$queryRaw<ExternalIdentity[]>`
    delete from external_identities where id = ${id}::uuid and user_id = ${userId}::uuid
    returning id, provider, email, created_at as "createdAt", last_used_at as "lastUsedAt"`;
  return removed ?? null;
}

/** The account with an address, locked until the transaction ends, whatever its state. */
export async function lockAccount(tx: Transaction, email: string) {
  await tx.$queryRaw`select from accounts where email = ${email}::citext for update`;
  return await tx.account.findFirst({
    where: { email },
    select: { userId: true, status: true, emailVerifiedAt: true },
  });
}
