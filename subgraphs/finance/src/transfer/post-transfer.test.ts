import { randomUUID } from "node:crypto";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endHolds, findHold } from "../hold/hold.store.js";
import { placeHold, releaseHold } from "../hold/hold.js";
import { type AccountKey, clearingOf, escrowOf, platformAccount, walletOf } from "../ledger-account/account-key.js";
import { ledgerJobs } from "../ledger-account/ledger.job.js";
import { createSubgraph } from "../subgraph.js";
import { type LedgerWorld, createLedgerWorld } from "../testing/ledger-world.js";
import { type NewTransfer, postTransfer, postTransfers, reverseTransfer } from "./post-transfer.js";

let test: TestSubgraph;
let world: LedgerWorld;
beforeAll(async () => {
  test = await startTestSubgraph("finance", createSubgraph);
  world = createLedgerWorld(test);
});
afterAll(async () => {
  await world.stop();
  await test.stop();
});

const fees = platformAccount("FEES", "IDR");

async function fundedWallet(amountMinor = 1000n): Promise<AccountKey> {
  const wallet = walletOf(randomUUID(), "IDR");
  await world.fund(wallet, amountMinor);
  return wallet;
}

function between(from: AccountKey, to: AccountKey, amountMinor: bigint, parts: Partial<NewTransfer> = {}): NewTransfer {
  return {
    kind: "ADJUSTMENT",
    description: "x",
    idempotencyKey: randomUUID(),
    postings: [
      { account: from, amountMinor: -amountMinor },
      { account: to, amountMinor },
    ],
    ...parts,
  };
}
const post = (transfer: NewTransfer) => world.transaction((tx) => postTransfer(tx, transfer));
const hold = (account: AccountKey, amountMinor: bigint, expiresAt: Date | null = null) =>
  world.transaction((tx) =>
    placeHold(tx, { account, amountMinor, reason: "x", idempotencyKey: randomUUID(), expiresAt }),
  );
const holdOf = (id: string) => world.transaction((tx) => findHold(tx, id));

describe("posting", () => {
  it("opens accounts, moves money once per key however often and at once it is asked, and refuses another input", async () => {
    const [from, to] = [await fundedWallet(), walletOf(randomUUID(), "IDR")];
    const transfer = between(from, to, 300n, { reference: "payment:1" });
    const posted = await Promise.all(Array.from({ length: 8 }, () => post(transfer)));
    expect(new Set(posted.map(({ id }) => id)).size).toBe(1);
    expect(posted.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect([await world.balanceOf(from), await world.balanceOf(to)]).toEqual([700n, 300n]);
    await expect(post({ ...transfer, description: "y" })).rejects.toMatchObject({ code: "IDEMPOTENCY_CONFLICT" });
  });

  it("never takes more than there is, whoever comes at once", async () => {
    const from = await fundedWallet(100n);
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => post(between(from, walletOf(randomUUID(), "IDR"), 30n))),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(await world.balanceOf(from)).toBe(10n);
  });

  it("moves in both directions at once without a deadlock", async () => {
    const [one, other] = [await fundedWallet(), await fundedWallet()];
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => post(index % 2 ? between(one, other, 5n) : between(other, one, 5n))),
    );
    expect([await world.balanceOf(one), await world.balanceOf(other)]).toEqual([1000n, 1000n]);
  });

  it("refuses what cannot be a transfer before anything is written", async () => {
    const wallet = await fundedWallet();
    const unbalanced = between(wallet, fees, 5n, {
      postings: [
        { account: wallet, amountMinor: -5n },
        { account: fees, amountMinor: 4n },
      ],
    });
    await expect(post(unbalanced)).rejects.toThrow(RangeError);
    const currencies = between(wallet, platformAccount("FEES", "INR"), 5n);
    await expect(post(currencies)).rejects.toThrow(RangeError);
    const unknown = between(wallet, fees, 5n, {
      postings: [
        { account: { id: randomUUID(), currency: "IDR" }, amountMinor: -5n },
        { account: fees, amountMinor: 5n },
      ],
    });
    await expect(post(unknown)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await world.balanceOf(wallet)).toBe(1000n);
  });

  it("posts several transfers together or none, and says of each whether it is new", async () => {
    const [wallet, escrow] = [await fundedWallet(), escrowOf(randomUUID(), "IDR")];
    const first = between(wallet, escrow, 600n);
    const second = between(escrow, fees, 600n);
    const batch = await world.transaction((tx) => postTransfers(tx, [first, second]));
    expect(batch.map(({ isNew }) => isNew)).toEqual([true, true]);
    const third = between(wallet, escrow, 1n);
    const again = await world.transaction((tx) => postTransfers(tx, [first, third]));
    expect(again.map(({ isNew }) => isNew)).toEqual([false, true]);
    expect(again[0]?.id).toBe(batch[0]?.id);
    const tooMuch = [between(wallet, escrow, 1n), between(wallet, escrow, 600n)];
    await expect(world.transaction((tx) => postTransfers(tx, tooMuch))).rejects.toMatchObject({
      code: "INSUFFICIENT_BALANCE",
    });
    expect(await world.balanceOf(wallet)).toBe(399n);
  });
});

describe("reversal", () => {
  it("002-13: mirrors a transfer once, and is not reversed itself", async () => {
    const [from, to] = [await fundedWallet(), walletOf(randomUUID(), "IDR")];
    const { id } = await post(between(from, to, 400n));
    const reversal = { transferId: id, idempotencyKey: `reversal of ${id}`, description: "x" };
    const take = (wanted = reversal) => world.transaction((tx) => reverseTransfer(tx, wanted));
    const [first, second] = await Promise.all([take(), take()]);
    expect(first.id).toBe(second.id);
    expect([await world.balanceOf(from), await world.balanceOf(to)]).toEqual([1000n, 0n]);
    const illegal = { code: "ILLEGAL_STATE" };
    await expect(take({ ...reversal, idempotencyKey: "q" })).rejects.toMatchObject(illegal);
    await expect(take({ ...reversal, transferId: first.id, idempotencyKey: "r" })).rejects.toMatchObject(illegal);
    await expect(take({ ...reversal, transferId: randomUUID(), idempotencyKey: "s" })).rejects.toMatchObject(illegal);
  });

  it("is refused by the database when it does not mirror", async () => {
    const [from, to] = [await fundedWallet(), walletOf(randomUUID(), "IDR")];
    const { id } = await post(between(from, to, 400n));
    const statement = `with made as (insert into transfers (kind, description, posting_count, effective_at, reverses_id)
        values ('REVERSAL', 'x', 2, now(), $1) returning id)
      insert into postings (transfer_id, position, account_id, currency, amount_minor)
      select made.id, p.position, p.account_id, p.currency, sign(p.amount_minor) * -399 from made, postings p where p.transfer_id = $1`;
    await expect(test.owner.query(statement, [id])).rejects.toThrow("does not mirror");
  });
});

describe("holds", () => {
  it("keep money back until they are captured in parts or released", async () => {
    const wallet = await fundedWallet(100n);
    const { id } = await hold(wallet, 80n);
    await expect(post(between(wallet, fees, 21n))).rejects.toMatchObject({ code: "INSUFFICIENT_BALANCE" });
    await expect(hold(wallet, 21n)).rejects.toMatchObject({ code: "INSUFFICIENT_BALANCE" });
    await post(between(wallet, fees, 20n));
    const capture = (amountMinor: bigint, endsHold: boolean) =>
      post(between(wallet, fees, amountMinor, { captures: [{ holdId: id, amountMinor, endsHold }] }));
    await capture(30n, false);
    expect(await holdOf(id)).toMatchObject({ status: "ACTIVE", remainingMinor: 50n, capturedMinor: 30n });
    await expect(capture(51n, false)).rejects.toMatchObject({ code: "ILLEGAL_STATE" });
    await capture(10n, true);
    expect(await holdOf(id)).toMatchObject({ status: "CAPTURED", remainingMinor: 0n, capturedMinor: 40n });
    await expect(capture(1n, false)).rejects.toMatchObject({ code: "ILLEGAL_STATE" });
    expect(await world.transaction((tx) => releaseHold(tx, id))).toBe(false);
    expect(await world.balanceOf(wallet)).toBe(40n);
    await post(between(wallet, fees, 40n));
  });

  it("are captured once when many come at once, and released once", async () => {
    const wallet = await fundedWallet(100n);
    const { id } = await hold(wallet, 100n);
    const captures = [{ holdId: id, amountMinor: 60n, endsHold: true }];
    const results = await Promise.allSettled([
      ...Array.from({ length: 6 }, () => post(between(wallet, fees, 60n, { captures }))),
      world.transaction((tx) => releaseHold(tx, id)),
    ]);
    const after = await holdOf(id);
    const captured = results.slice(0, 6).filter(({ status }) => status === "fulfilled").length;
    expect(captured).toBe(after?.status === "CAPTURED" ? 1 : 0);
    expect(await world.balanceOf(wallet)).toBe(after?.status === "CAPTURED" ? 40n : 100n);
    expect(after?.remainingMinor).toBe(0n);
  });

  it("end by themselves: nothing is captured after the time, and the job sets the money free", async () => {
    const wallet = await fundedWallet(100n);
    const { id } = await hold(wallet, 100n, new Date(Date.now() - 1));
    const captures = [{ holdId: id, amountMinor: 1n, endsHold: false }];
    await expect(post(between(wallet, fees, 1n, { captures }))).rejects.toMatchObject({ code: "ILLEGAL_STATE" });
    const job = ledgerJobs(() => world.ctx).find(({ name }) => name === "hold.expire");
    await world.transaction(async () => job?.run({}));
    expect(await holdOf(id)).toMatchObject({ status: "EXPIRED", remainingMinor: 0n });
    await post(between(wallet, fees, 100n));
    expect(await world.transaction((tx) => endHolds(tx, [id], "RELEASED"))).toBe(0);
  });

  it("cannot be changed or deleted behind the ledger's back", async () => {
    const { id } = await hold(await fundedWallet(), 10n);
    for (const statement of [
      "update ledger_holds set amount_minor = 20 where id = $1",
      "update ledger_holds set remaining_minor = 11 where id = $1",
      "delete from ledger_holds where id = $1",
    ])
      await expect(test.owner.query(statement, [id])).rejects.toThrow(/append-only|amount_check/);
  });
});

describe("the books", () => {
  const STATEMENT = `query ($id: ID!, $from: DateTime!, $to: DateTime!, $first: Int, $after: String) {
    account(id: $id) { balance { amount } held { amount } statementBetween(from: $from, to: $to) {
      opening { amount } closing { amount }
      lines(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { amount { amount } balanceAfter { amount } } } }
    } }
  }`;
  interface Statement {
    account: {
      balance: { amount: string };
      held: { amount: string };
      statementBetween: {
        opening: { amount: string };
        closing: { amount: string };
        lines: {
          totalCount: number;
          pageInfo: { hasNextPage: boolean; endCursor: string };
          edges: { node: { amount: { amount: string }; balanceAfter: { amount: string } } }[];
        };
      };
    };
  }
  const idOf = async ({ ownerId }: AccountKey) =>
    (await test.owner.query<{ id: string }>("select id from ledger_accounts where owner_id = $1", [ownerId])).rows[0]
      ?.id ?? "";

  it("002-13: gives opening, lines with running balance and closing between two instants, page by page", async () => {
    const wallet = await fundedWallet(1000n);
    const from = new Date();
    for (const amountMinor of [10n, 20n, 30n]) await post(between(wallet, fees, amountMinor));
    await hold(wallet, 5n);
    const to = new Date(Date.now() + 1);
    await world.transaction((tx) => tx.$queryRaw`select pg_sleep(0.002)::text`);
    await post(between(wallet, fees, 40n));
    const client = test.as(buildViewer({ userId: wallet.ownerId }));
    const variables = { id: await idOf(wallet), from, to, first: 2 };
    const { account } = await client.data<Statement>(STATEMENT, variables);
    expect(account).toMatchObject({ balance: { amount: "900" }, held: { amount: "5" } });
    expect(account.statementBetween).toMatchObject({ opening: { amount: "1000" }, closing: { amount: "940" } });
    const { lines } = account.statementBetween;
    expect(lines.totalCount).toBe(3);
    expect(lines.edges.map(({ node }) => node.balanceAfter.amount)).toEqual(["990", "970"]);
    const next = await client.data<Statement>(STATEMENT, { ...variables, after: lines.pageInfo.endCursor });
    expect(next.account.statementBetween.lines).toMatchObject({
      pageInfo: { hasNextPage: false },
      edges: [{ node: { amount: { amount: "-30" }, balanceAfter: { amount: "940" } } }],
    });
  });

  it("shows a hot account's true balance before and after folding", async () => {
    const provider = clearingOf(randomUUID(), "IDR");
    const admin = test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: ["revenue:read"] }));
    for (const amountMinor of [5n, 7n]) await post(between(provider, walletOf(randomUUID(), "IDR"), amountMinor));
    const query = "query ($id: ID!) { account(id: $id) { balance { amount } statement { totalCount } } }";
    const id = await idOf(provider);
    expect(await admin.data(query, { id })).toMatchObject({
      account: { balance: { amount: "-12" }, statement: { totalCount: 0 } },
    });
    const [from, to] = [new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)];
    const { account } = await admin.data<Statement>(STATEMENT, { id, from, to });
    expect(account.statementBetween.lines.edges.map(({ node }) => node.balanceAfter.amount)).toEqual(["-5", "-12"]);
    expect(await admin.data(query, { id })).toMatchObject({
      account: { balance: { amount: "-12" }, statement: { totalCount: 2 } },
    });
  });

  it("proves itself to platform administrators with revenue:read only", async () => {
    await post(between(await fundedWallet(), fees, 5n));
    const query = "{ ledgerProof { trialBalance { currency balanceMinor } breaks { reason } } }";
    const { ledgerProof } = await test
      .as(buildViewer({ role: "PLATFORM_ADMIN", permissions: ["revenue:read"] }))
      .data<{ ledgerProof: { trialBalance: { currency: string; balanceMinor: string }[]; breaks: unknown[] } }>(query);
    expect(ledgerProof.breaks).toEqual([]);
    expect(ledgerProof.trialBalance.length).toBeGreaterThan(2);
    expect(ledgerProof.trialBalance.reduce((sum, { balanceMinor }) => sum + BigInt(balanceMinor), 0n)).toBe(0n);
    const { errors } = await test.as(buildViewer({ role: "PLATFORM_ADMIN" })).run(query);
    expect(errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  });

  it("C-11: archives closed years with balances, statements, replays and retention intact", async () => {
    const wallet = await fundedWallet(1000n);
    const kept = between(wallet, fees, 100n);
    const { id } = await post(kept);
    const client = await test.owner.connect();
    try {
      // what happened today becomes what happened three years ago
      await client.query("begin; set local session_replication_role = replica");
      await client.query(
        "update transfers set created_at = created_at - interval '3 years' where id in (select transfer_id from postings p join ledger_accounts a on a.id = p.account_id where a.owner_id = $1)",
        [wallet.ownerId],
      );
      await client.query(
        "update postings set booked_at = booked_at - interval '3 years' where account_id = (select id from ledger_accounts where owner_id = $1)",
        [wallet.ownerId],
      );
      await client.query("commit");
    } finally {
      client.release();
    }
    await post(between(wallet, fees, 50n));
    const job = ledgerJobs(() => world.ctx).find(({ name }) => name === "ledger.archive");
    await world.transaction(async () => job?.run({}));
    const { rows } = await test.owner.query("select count(*)::int as archived from archived_transfers where id = $1", [
      id,
    ]);
    expect(rows).toEqual([{ archived: 1 }]);
    expect(await world.breaks()).toEqual([]);
    expect(await post(kept)).toEqual({ id, isNew: false });
    await expect(
      world.transaction((tx) => reverseTransfer(tx, { transferId: id, idempotencyKey: "late", description: "x" })),
    ).rejects.toMatchObject({ code: "ILLEGAL_STATE" });
    const viewer = test.as(buildViewer({ userId: wallet.ownerId }));
    const variables = { id: await idOf(wallet), from: new Date(0), to: new Date(Date.now() + 1000) };
    const { account } = await viewer.data<Statement>(STATEMENT, variables);
    expect(account.statementBetween.lines.edges.map(({ node }) => node.balanceAfter.amount)).toEqual([
      "1000",
      "900",
      "850",
    ]);
    for (const statement of [
      "delete from archived_postings",
      "update archived_transfers set description = 'y'",
      "select archive_ledger(now())",
    ])
      await expect(test.owner.query(statement)).rejects.toMatchObject({ code: "23001" });
  });
});
