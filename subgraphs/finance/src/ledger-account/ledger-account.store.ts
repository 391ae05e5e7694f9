import type { EachQuery, PageQuery } from "@lentera/kit";
import type { Transaction } from "../context.js";
import type { Posting } from "../transfer/transfer.type.js";
import type { LedgerAccount } from "./ledger-account.type.js";

export function findAccountPage(tx: Transaction, visible: object, page: PageQuery): Promise<LedgerAccount[]> {
  return tx.ledgerAccount.findMany({ ...page, where: { AND: [visible, page.where] } });
}

export function countAccounts(tx: Transaction, visible: object): Promise<number> {
  return tx.ledgerAccount.count({ where: visible });
}

export function findAccounts(tx: Transaction, visible: object, ids: readonly string[]): Promise<LedgerAccount[]> {
  return tx.ledgerAccount.findMany({ where: { AND: [visible, { id: { in: [...ids] } }] } });
}

/** The postings of each account, newest first. */
export function findStatements(
  tx: Transaction,
  accountIds: readonly string[],
  { take, beyond }: EachQuery,
): Promise<Posting[]> {
  return tx.$queryRaw`
    select statement.*
    from unnest(${[...accountIds]}::uuid[]) as account(id)
    cross join lateral (
      select p.id, p.transfer_id as "transferId", p.account_id as "accountId", p.currency, p.sequence,
             p.amount_minor as "amountMinor", p.balance_after_minor as "balanceAfterMinor"
      from postings p
      where p.account_id = account.id
        and (${beyond === null} or p.sequence < ${beyond?.value ?? "0"}::text::bigint)
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
