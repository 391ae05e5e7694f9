import type { Transaction } from "../context.js";

/** Whether the person can sign in at all. Locks the account, so that two removals are seen one by one. */
export async function hasWayIn(tx: Transaction, userId: string): Promise<boolean> {
  await tx.$queryRaw`select from accounts where user_id = ${userId}::uuid for update`;
  const [row] = await tx.$queryRaw<{ has: boolean }[]>`
    select exists (select from accounts where user_id = ${userId}::uuid and password_hash is not null)
      or exists (select from passkeys where user_id = ${userId}::uuid)
      or exists (select from external_identities where user_id = ${userId}::uuid) as has`;
  return row?.has ?? false;
}
