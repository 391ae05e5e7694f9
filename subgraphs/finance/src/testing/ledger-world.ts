import { randomUUID } from "node:crypto";
import { asSystem, createPubSub, system } from "@lentera/kit";
import type { TestSubgraph } from "@lentera/kit/testing";
import { PrismaClient } from "@lentera/prisma/finance";
import { PrismaPg } from "@prisma/adapter-pg";
import { FinanceContext, type Transaction } from "../context.js";
import { type AccountKey, clearingOf } from "../ledger-account/account-key.js";
import { postTransfer } from "../transfer/post-transfer.js";

/** The ledger below GraphQL, as jobs and event consumers use it: for what many do at once. */
export interface LedgerWorld {
  readonly ctx: FinanceContext;
  /** One transaction that sees every row, as background work does. */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  /** Pays an amount into an account through a provider. */
  fund(account: AccountKey, amountMinor: bigint): Promise<void>;
  /** Postings added up, which is what a balance has to be; 0 for an account that does not exist. */
  balanceOf(account: AccountKey): Promise<bigint>;
  breaks(): Promise<unknown[]>;
  stop(): Promise<void>;
}

export function createLedgerWorld(test: TestSubgraph, clock = () => new Date()): LedgerWorld {
  const client = new PrismaClient({ adapter: new PrismaPg(test.subgraph.pool) });
  const identity = { viewer: system, requestId: "test", language: "en" as const };
  const ctx = new FinanceContext(client, identity, createPubSub(), clock);
  const transaction: LedgerWorld["transaction"] = (work) => asSystem(() => ctx.transaction(work));
  return {
    ctx,
    transaction,
    fund: async (account, amountMinor) => {
      await transaction((tx) =>
        postTransfer(tx, {
          kind: "PAYMENT",
          description: "Top-up",
          idempotencyKey: randomUUID(),
          postings: [
            { account: clearingOf("test", account.currency), amountMinor: -amountMinor },
            { account, amountMinor },
          ],
        }),
      );
    },
    balanceOf: async ({ ownerKind, ownerId, purpose, currency }) => {
      const { rows } = await test.owner.query<{ balance: string }>(
        `select coalesce(sum(p.amount_minor), 0) as balance from ledger_postings p join ledger_accounts a on a.id = p.account_id
         where a.owner_kind = $1 and a.owner_id = $2 and a.purpose = $3 and a.currency = $4`,
        [ownerKind, ownerId, purpose, currency],
      );
      return BigInt(rows[0]?.balance ?? "0");
    },
    breaks: async () => (await test.owner.query("select * from ledger_breaks()")).rows,
    stop: () => client.$disconnect(),
  };
}
