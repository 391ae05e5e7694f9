import type { Transaction } from "../context.js";
import type { AccountFacts, NewPosting } from "./transfer.rules.js";
import type { Posting, Transfer } from "./transfer.type.js";

/** The accounts, locked until the transaction ends, in the order of their ids: so no two transfers wait for each other. */
export async function lockAccounts(tx: Transaction, ids: readonly string[]): Promise<Map<string, AccountFacts>> {
  const accounts = await tx.$queryRaw<AccountFacts[]>`
    select id, currency, allow_negative as "allowNegative", balance_minor as "balanceMinor"
    from ledger_accounts
    where id = any(${[...ids]}::uuid[])
    order by id
    for no key update`;
  return new Map(accounts.map((account) => [account.id, account]));
}

/** Writes a transfer down; the database moves the balances and, at commit, refuses what does not add up. @returns its id */
export async function insertTransfer(
  tx: Transaction,
  { kind, description, effectiveAt }: Pick<Transfer, "kind" | "description" | "effectiveAt">,
  postings: readonly NewPosting[],
): Promise<string> {
  const { id } = await tx.transfer.create({
    data: { kind, description, effectiveAt, postingCount: postings.length },
    select: { id: true },
  });
  const rows = postings.map((posting) => ({ ...posting, amountMinor: String(posting.amountMinor) }));
  await tx.$executeRaw`
    insert into postings (transfer_id, account_id, currency, amount_minor)
    select ${id}::uuid, "accountId", currency, "amountMinor"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as posting("accountId" uuid, currency text, "amountMinor" bigint)
    order by "accountId"`;
  return id;
}

export function findTransfers(tx: Transaction, visibleAccounts: object, ids: readonly string[]): Promise<Transfer[]> {
  return tx.transfer.findMany({ where: { id: { in: [...ids] }, postings: { some: { account: visibleAccounts } } } });
}

/** The postings of each transfer that are on visible accounts. */
export async function findPostings(
  tx: Transaction,
  visibleAccounts: object,
  transferIds: readonly string[],
): Promise<Map<string, Posting[]>> {
  const postings = await tx.posting.findMany({
    where: { transferId: { in: [...transferIds] }, account: visibleAccounts },
    orderBy: [{ amountMinor: "asc" }, { id: "asc" }],
  });
  return Map.groupBy(postings, ({ transferId }) => transferId);
}
