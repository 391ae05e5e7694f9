import { randomUUID } from "node:crypto";
import type pg from "pg";

/** A pool or a connection of the owner of the tables, who stands above row level security. */
type Database = Pick<pg.ClientBase, "query">;

/** The owner of the platform's accounts. */
const PLATFORM = "00000000-0000-0000-0000-000000000000";

export interface BuiltLedgerAccount {
  readonly id: string;
  readonly ownerId: string;
  readonly currency: string;
}

/** An account with a balance, which comes from the platform's funding account; a person's wallet in rupiah unless told. */
export async function buildLedgerAccount(
  db: Database,
  parts: {
    ownerKind?: "USER" | "ORGANIZATION";
    ownerId?: string;
    purpose?: "WALLET" | "ESCROW";
    currency?: string;
    balanceMinor?: bigint;
  } = {},
): Promise<BuiltLedgerAccount> {
  const { ownerKind = "USER", ownerId = randomUUID(), purpose = "WALLET", currency = "IDR", balanceMinor = 0n } = parts;
  const id = randomUUID();
  await db.query(
    "insert into ledger_accounts (id, owner_kind, owner_id, purpose, currency) values ($1, $2, $3, $4, $5)",
    [id, ownerKind, ownerId, purpose, currency],
  );
  if (balanceMinor !== 0n) await fund(db, id, currency, balanceMinor);
  return { id, ownerId, currency };
}

/** One statement, so that it is one transaction whatever connection it takes. */
async function fund(db: Database, accountId: string, currency: string, amountMinor: bigint): Promise<void> {
  const funding = await buildFundingAccount(db, currency);
  await db.query(
    `with transfer as (
       insert into transfers (kind, description, posting_count, effective_at)
       values ('FUNDING', 'Saldo awal', 2, now()) returning id
     )
     insert into postings (transfer_id, position, account_id, currency, amount_minor)
     select transfer.id, leg.position, leg.account_id, $3, leg.amount_minor
     from transfer, (values (1, $1::uuid, -$4::bigint), (2, $2::uuid, $4::bigint)) as leg(position, account_id, amount_minor)
     order by leg.account_id`,
    [funding, accountId, currency, String(amountMinor)],
  );
}

/** The platform's account from which money enters the ledger; it may be negative. @returns its id */
export async function buildFundingAccount(db: Database, currency = "IDR"): Promise<string> {
  await db.query(
    `insert into ledger_accounts (owner_kind, owner_id, purpose, currency, allow_negative, hot)
     values ('PLATFORM', $1, 'FUNDING', $2, true, true) on conflict do nothing`,
    [PLATFORM, currency],
  );
  const { rows } = await db.query<{ id: string }>(
    "select id from ledger_accounts where owner_kind = 'PLATFORM' and purpose = 'FUNDING' and currency = $1",
    [currency],
  );
  const [account] = rows;
  if (account === undefined) throw new Error(`There is no funding account in ${currency}.`);
  return account.id;
}
