import type { Transaction } from "../context.js";

/** So many rows go in one statement, so that none is locked for long. */
const BATCH = 1000;

/** Each removes one batch of what is good for nothing since before a moment, and says how many went. */
export const removeSecrets: readonly ((tx: Transaction, before: Date) => Promise<number>)[] = [
  async (tx, before) =>
    await tx.$executeRaw`
    delete from account_tokens where id in (
      select id from account_tokens where least(expires_at, used_at) < ${before} limit ${BATCH} for update skip locked)`,
  async (tx, before) =>
    await tx.$executeRaw`
    delete from passkey_challenges where id in (
      select id from passkey_challenges where expires_at < ${before} limit ${BATCH} for update skip locked)`,
  async (tx, before) =>
    await tx.$executeRaw`
    delete from external_sign_ins where id in (
      select id from external_sign_ins where expires_at < ${before} limit ${BATCH} for update skip locked)`,
  async (tx, before) =>
    await tx.$executeRaw`
    delete from throttles where key in (
      select key from throttles where greatest(last_failed_at, blocked_until) < ${before}
      limit ${BATCH} for update skip locked)`,
];

/** The same for sessions, with their tokens. One that nobody ended ran out 7 days after its last use. */
export async function removeSessions(tx: Transaction, before: Date): Promise<number> {
  const ended = await tx.$queryRaw<{ id: string }[]>`
    select id from sessions where coalesce(revoked_at, last_used_at + interval '7 days') < ${before}
    limit ${BATCH} for update skip locked`;
  const ids = ended.map(({ id }) => id);
  await tx.refreshToken.deleteMany({ where: { sessionId: { in: ids } } });
  await tx.session.deleteMany({ where: { id: { in: ids } } });
  return ids.length;
}
