import type { Transaction } from "../context.js";
import type { ThrottleState } from "./throttle.rules.js";

export type ThrottleKey = Uint8Array<ArrayBuffer>;

/** The state of a key, locked until the transaction ends, also when there is none yet. */
export async function lockThrottle(tx: Transaction, key: ThrottleKey): Promise<ThrottleState | null> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(encode(${key}, 'hex'), 0))`;
  return await findThrottle(tx, key);
}

export async function findThrottle(tx: Transaction, key: ThrottleKey): Promise<ThrottleState | null> {
  return await tx.throttle.findFirst({ where: { key } });
}

export async function saveThrottle(tx: Transaction, key: ThrottleKey, state: ThrottleState): Promise<void> {
  await tx.throttle.upsert({ where: { key }, create: { key, ...state }, update: state, select: { key: true } });
}

export async function deleteThrottle(tx: Transaction, key: ThrottleKey): Promise<void> {
  await tx.throttle.deleteMany({ where: { key } });
}

/** Forgets a few of the keys that nobody needs any more, so that the table stays as small as what is remembered. */
export async function deleteForgiven(tx: Transaction, forgivenBefore: Date): Promise<void> {
  await tx.$executeRaw`
    delete from throttles where key in (
      select key from throttles where last_failed_at < ${forgivenBefore} order by last_failed_at limit 10
      for update skip locked)`;
}
