import { CURRENCIES, type EachQuery, type PageQuery } from "@lentera/kit";
import type { Transaction } from "../context.js";
import type { Posting } from "../transfer/transfer.type.js";
import type { LedgerAccount } from "./ledger-account.type.js";

/** Messaging credits are accounts too, but no money: they have an API of their own. */
const inMoney = { currency: { in: [...CURRENCIES] } };

export function findAccountPage(tx: Transaction, visible: object, page: PageQuery): Promise<LedgerAccount[]> {
  return tx.ledgerAccount.findMany({ ...page, where: { AND: [visible, inMoney, page.where] } });
}

export function countAccounts(tx: Transaction, visible: object): Promise<number> {
  return tx.ledgerAccount.count({ where: { AND: [visible, inMoney] } });
}

export function findAccounts(tx: Transaction, visible: object, ids: readonly string[]): Promise<LedgerAccount[]> {
  return tx.ledgerAccount.findMany({ where: { AND: [visible, inMoney, { id: { in: [...ids] } }] } });
}

/** The accounts, locked until the transaction ends, in the order of their ids: so no two transfers wait for each other. */
export async function lockAccounts(
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, { id: string; currency: string }>> {
  const accounts = await tx.$queryRaw<{ id: string; currency: string }[]>`
    select id, currency from ledger_accounts
    where id = any(${[...ids]}::uuid[]) and not hot order by id for no key update`;
  const hot = await tx.$queryRaw<{ id: string; currency: string }[]>`
    select id, currency from ledger_accounts where id = any(${[...ids]}::uuid[]) and hot`;
  return new Map([...accounts, ...hot].map((account) => [account.id, account]));
}

/** What waits on hot accounts to be folded, in minor units. */
export async function sumUnfolded(tx: Transaction, ids: readonly string[]): Promise<Map<string, bigint>> {
  const sums = await tx.$queryRaw<{ id: string; amountMinor: bigint }[]>`
    select account_id as id, sum(amount_minor)::bigint as "amountMinor"
    from postings where account_id = any(${[...ids]}::uuid[]) and sequence is null group by account_id`;
  return new Map(sums.map(({ id, amountMinor }) => [id, amountMinor]));
}

/** Gives waiting postings their place in the statements of hot accounts; of all of them when none is named. */
export async function foldPostings(tx: Transaction, ids: readonly string[] | null): Promise<number> {
  const [folded] = await tx.$queryRaw<{ count: bigint }[]>`
    select fold_postings(${ids === null ? null : [...ids]}::uuid[]) as count`;
  return Number(folded?.count ?? 0);
}

/** The postings of each account that have their place, newest first. */
export function findStatements(
  tx: Transaction,
  accountIds: readonly string[],
  { take, beyond }: EachQuery,
): Promise<Posting[]> {
  return tx.$queryRaw`
    select statement.*
    from unnest(${[...accountIds]}::uuid[]) as account(id)
    cross join lateral (
      select p.transfer_id || '.' || p.position as id, p.transfer_id as "transferId", p.account_id as "accountId", p.currency,
             p.sequence, p.amount_minor as "amountMinor", p.balance_after_minor as "balanceAfterMinor", p.booked_at as "bookedAt"
      from ledger_postings p
      where p.account_id = account.id
        and p.sequence < ${beyond?.value ?? "9223372036854775807"}::text::bigint
      order by p.sequence desc
      limit ${take}
    ) statement
    order by statement.sequence desc`;
}

export async function countPostings(tx: Transaction, accountIds: readonly string[]): Promise<Map<string, number>> {
  const accounts = await tx.ledgerAccount.findMany({
    where: { id: { in: [...accountIds] } },
    select: { id: true, postingCount: true },
  });
  return new Map(accounts.map(({ id, postingCount }) => [id, Number(postingCount)]));
}
