import { randomUUID } from "node:crypto";
import { asViewer } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { type BuiltLedgerAccount, buildLedgerAccount } from "@lentera/prisma/factories";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
beforeAll(async () => {
  test = await startTestSubgraph("finance", createSubgraph);
});
afterAll(() => test.stop());

const ACCOUNTS = `query ($first: Int, $after: String) {
  accounts(first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { node { id purpose currency balance { amount currency } } }
  }
}`;
interface Accounts {
  accounts: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: { node: { id: string; purpose: string; currency: string; balance: { amount: string; currency: string } } }[];
  };
}

const STATEMENT = `query ($id: ID!, $first: Int, $after: String) {
  account(id: $id) {
    id
    statement(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { amount { amount } balanceAfter { amount } transfer { kind description postings { id } } } }
    }
  }
}`;
interface Statement {
  account: {
    id: string;
    statement: {
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string };
      edges: {
        node: {
          amount: { amount: string };
          balanceAfter: { amount: string };
          transfer: { kind: string; postings: unknown[] };
        };
      }[];
    };
  };
}

async function move(from: BuiltLedgerAccount, to: BuiltLedgerAccount, amounts: readonly number[]): Promise<void> {
  const admin = test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: ["payments:create"] }));
  for (const amount of amounts) {
    const input = {
      fromAccountId: from.id,
      toAccountId: to.id,
      amount: String(amount),
      currency: "IDR",
      description: "x",
    };
    await admin.data("mutation ($input: TransferFundsInput!) { transferFunds(input: $input) { transfer { id } } }", {
      input: { ...input, idempotencyKey: randomUUID() },
    });
  }
}

it("002-12: lists a person's own accounts with their balances, page by page", async () => {
  const wallet = await buildLedgerAccount(test.owner, { balanceMinor: 75_000n });
  const escrow = await buildLedgerAccount(test.owner, {
    ownerId: wallet.ownerId,
    purpose: "ESCROW",
    currency: "INR",
    balanceMinor: 1050n,
  });
  await buildLedgerAccount(test.owner);
  const client = test.as(buildViewer({ userId: wallet.ownerId }));
  const { accounts } = await client.data<Accounts>(ACCOUNTS);
  expect(accounts.totalCount).toBe(2);
  expect(accounts.edges.map(({ node }) => node).toSorted((a, b) => a.purpose.localeCompare(b.purpose))).toEqual([
    { id: escrow.id, purpose: "ESCROW", currency: "INR", balance: { amount: "10.50", currency: "INR" } },
    { id: wallet.id, purpose: "WALLET", currency: "IDR", balance: { amount: "75000", currency: "IDR" } },
  ]);
  const first = (await client.data<Accounts>(ACCOUNTS, { first: 1 })).accounts;
  const second = (await client.data<Accounts>(ACCOUNTS, { first: 1, after: first.pageInfo.endCursor })).accounts;
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  expect([...first.edges, ...second.edges].map(({ node }) => node.id)).toEqual(
    accounts.edges.map(({ node }) => node.id),
  );
});

it("shows an organization's accounts to its bookkeepers only", async () => {
  const account = await buildLedgerAccount(test.owner, { ownerKind: "ORGANIZATION", balanceMinor: 5n });
  const staff = { role: "STAFF" as const, staff: true, organizationId: account.ownerId };
  const bookkeeper = test.as(buildViewer({ ...staff, permissions: ["payments:read"] }));
  expect((await bookkeeper.data<Statement>(STATEMENT, { id: account.id })).account.statement.edges).toHaveLength(1);
  for (const viewer of [
    buildViewer(staff),
    buildViewer({ ...staff, permissions: ["payments:read"], organizationId: randomUUID() }),
  ]) {
    expect((await test.as(viewer).run(STATEMENT, { id: account.id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  }
});

it("is NOT_FOUND for another person's account, an unknown one and what is no id, and UNAUTHORIZED for nobody", async () => {
  const account = await buildLedgerAccount(test.owner, { balanceMinor: 5n });
  const stranger = test.as(buildViewer());
  for (const id of [account.id, randomUUID(), "not-an-id"])
    expect((await stranger.run(STATEMENT, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  const nobody = test.as({ ...buildViewer(), kind: "ANONYMOUS", userId: null });
  expect((await nobody.run(STATEMENT, { id: account.id })).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
});

it("002-13: gives the statement newest first with the running balance, and of a transfer only the owner's side", async () => {
  const [mine, other] = [
    await buildLedgerAccount(test.owner, { balanceMinor: 100n }),
    await buildLedgerAccount(test.owner),
  ];
  await move(mine, other, [10, 20, 30]);
  const client = test.as(buildViewer({ userId: mine.ownerId }));
  const first = (await client.data<Statement>(STATEMENT, { id: mine.id, first: 3 })).account.statement;
  expect(first.totalCount).toBe(4);
  expect(first.edges.map(({ node }) => [node.amount.amount, node.balanceAfter.amount])).toEqual([
    ["-30", "40"],
    ["-20", "70"],
    ["-10", "90"],
  ]);
  expect(first.edges.map(({ node }) => node.transfer.postings.length)).toEqual([1, 1, 1]);
  const { edges, pageInfo } = (
    await client.data<Statement>(STATEMENT, { id: mine.id, first: 3, after: first.pageInfo.endCursor })
  ).account.statement;
  expect(edges.map(({ node }) => [node.amount.amount, node.balanceAfter.amount, node.transfer.kind])).toEqual([
    ["100", "100", "FUNDING"],
  ]);
  expect(pageInfo.hasNextPage).toBe(false);
});

it("002-12: without any filter PostgreSQL gives a person nothing but their own accounts, postings and transfers", async () => {
  const [mine, other] = [
    await buildLedgerAccount(test.owner, { balanceMinor: 100n }),
    await buildLedgerAccount(test.owner, { balanceMinor: 100n }),
  ];
  await move(mine, other, [10]);
  const count =
    "select (select array_agg(id) from ledger_accounts) accounts, (select count(*)::int from postings) postings, (select count(*)::int from transfers) transfers";
  const seenBy = (viewer: ReturnType<typeof buildViewer>) =>
    asViewer(viewer, async () => (await test.subgraph.pool.query(count)).rows[0] as unknown);
  expect(await seenBy(buildViewer({ userId: mine.ownerId }))).toEqual({
    accounts: [mine.id],
    postings: 2,
    transfers: 2,
  });
  expect(await seenBy(buildViewer())).toEqual({ accounts: null, postings: 0, transfers: 0 });
  const nobody = await test.subgraph.pool.query(count);
  expect(nobody.rows).toEqual([{ accounts: null, postings: 0, transfers: 0 }]);
  const insert =
    "insert into ledger_accounts (owner_kind, owner_id, purpose, currency) values ('USER', $1, 'FEES', 'IDR')";
  await expect(
    asViewer(buildViewer({ userId: mine.ownerId }), async () => await test.subgraph.pool.query(insert, [mine.ownerId])),
  ).rejects.toThrow("row-level security");
});

it("answers with the same number of SQL statements for one account as for many", async () => {
  const query = `{ accounts(first: 50) { edges { node { balance { amount } statement(first: 5) { edges { node { account { id } transfer { postings { amount { amount } } } } } } } } } }`;
  const one = await buildLedgerAccount(test.owner, { balanceMinor: 5n });
  const many = await buildLedgerAccount(test.owner, { balanceMinor: 5n });
  await buildLedgerAccount(test.owner, { ownerId: many.ownerId, purpose: "ESCROW", balanceMinor: 5n });
  await buildLedgerAccount(test.owner, { ownerId: many.ownerId, currency: "INR", balanceMinor: 5n });
  await move(many, one, [1, 2]);
  const [few, lots] = [
    await test.statementsOf(() => test.as(buildViewer({ userId: one.ownerId })).data(query)),
    await test.statementsOf(() => test.as(buildViewer({ userId: many.ownerId })).data(query)),
  ];
  expect(lots).toHaveLength(few.length);
  expect(few.length).toBeGreaterThan(0);
});
