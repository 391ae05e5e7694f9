import type { Transaction } from "../context.js";
import type { Posting } from "../transfer/transfer.type.js";
import type { LedgerBreak, TrialBalanceLine } from "./statement.type.js";

const MAXIMUM_BREAKS = 100;

/** The places in the statement before two instants, with the balances there. Needs no scan: places are found by bisection. */
export async function findRange(
  tx: Transaction,
  accountId: string,
  from: Date,
  to: Date,
): Promise<{ after: bigint; until: bigint; openingMinor: bigint; closingMinor: bigint }> {
  const [range] = await tx.$queryRaw<
    { after: bigint; until: bigint; openingMinor: bigint | null; closingMinor: bigint | null }[]
  >`
    with places as materialized (
      select statement_position(${accountId}::uuid, ${from}) as after, statement_position(${accountId}::uuid, ${to}) as until
    )
    select after, until,
      (select balance_after_minor from ledger_postings where account_id = ${accountId}::uuid and sequence = after) as "openingMinor",
      (select balance_after_minor from ledger_postings where account_id = ${accountId}::uuid and sequence = until) as "closingMinor"
    from places`;
  if (range === undefined) throw new Error("The ledger did not answer.");
  return { ...range, openingMinor: range.openingMinor ?? 0n, closingMinor: range.closingMinor ?? 0n };
}

/** Lines beyond one place up to another, oldest first. */
export function findLines(
  tx: Transaction,
  accountId: string,
  { after, until, take }: { after: bigint; until: bigint; take: number },
): Promise<Posting[]> {
  return tx.$queryRaw`
    select transfer_id || '.' || position as id, transfer_id as "transferId", account_id as "accountId", currency,
           sequence, amount_minor as "amountMinor", balance_after_minor as "balanceAfterMinor", booked_at as "bookedAt"
    from ledger_postings
    where account_id = ${accountId}::uuid and sequence > ${after} and sequence <= ${until}
    order by sequence
    limit ${take}`;
}

export function findTrialBalance(tx: Transaction): Promise<TrialBalanceLine[]> {
  return tx.$queryRaw`
    select owner_kind as "ownerKind", purpose, currency, accounts::int as "accountCount", balance_minor::text as "balanceMinor"
    from trial_balance() order by currency, owner_kind, purpose`;
}

export function findBreaks(tx: Transaction): Promise<LedgerBreak[]> {
  return tx.$queryRaw`
    select entity_id as "entityId", reason from ledger_breaks() order by entity_id, reason limit ${MAXIMUM_BREAKS}`;
}

/** Moves what was booked before into the archive. @returns how many transfers */
export async function archiveLedger(tx: Transaction, before: Date): Promise<number> {
  const [archived] = await tx.$queryRaw<{ count: bigint }[]>`select archive_ledger(${before}::timestamptz) as count`;
  return Number(archived?.count ?? 0);
}
