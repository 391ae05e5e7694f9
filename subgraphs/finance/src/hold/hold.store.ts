import type { HoldStatus } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";
import type { Hold, NewHold } from "./hold.js";

export async function placeHold(
  tx: Transaction,
  { account, amountMinor, reason, idempotencyKey, inputHash, expiresAt }: NewHold & { inputHash: string },
): Promise<{ id: string; isNew: boolean }> {
  const { ownerKind, ownerId, purpose, currency } = account;
  const [placed] = await tx.$queryRaw<{ id: string; isNew: boolean }[]>`
    select hold_id as id, is_new as "isNew" from place_hold(
      open_account(${ownerKind}::"AccountOwnerKind", ${ownerId}::uuid, ${purpose}::"AccountPurpose", ${currency}),
      ${String(amountMinor)}::text::bigint, ${reason}, ${idempotencyKey}, ${inputHash}, ${expiresAt}::timestamptz)`;
  if (placed === undefined) throw new Error("The ledger did not answer.");
  return placed;
}

/** Ends those that are active. @returns how many */
export async function endHolds(tx: Transaction, ids: readonly string[], status: HoldStatus): Promise<number> {
  const [ended] = await tx.$queryRaw<{ count: number }[]>`
    select end_holds(${[...ids]}::uuid[], ${status}::"HoldStatus") as count`;
  return ended?.count ?? 0;
}

/** Active ones whose time is up, the oldest first. */
export async function findExpired(tx: Transaction, now: Date, limit: number): Promise<string[]> {
  const expired = await tx.ledgerHold.findMany({
    where: { status: "ACTIVE", expiresAt: { lte: now } },
    orderBy: { expiresAt: "asc" },
    take: limit,
    select: { id: true },
  });
  return expired.map(({ id }) => id);
}

export function findHold(tx: Transaction, id: string): Promise<Hold | null> {
  return tx.ledgerHold.findFirst({ where: { id } });
}
