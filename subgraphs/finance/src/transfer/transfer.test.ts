import { randomUUID } from "node:crypto";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { type BuiltLedgerAccount, buildLedgerAccount } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let admin: TestClient;

beforeAll(async () => {
  test = await startTestSubgraph("finance", createSubgraph);
  admin = test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: ["payments:create"] }));
});
afterAll(() => test.stop());

const TRANSFER = `mutation ($input: TransferFundsInput!) {
  transferFunds(input: $input) {
    transfer { id kind description postings { amount { amount currency } balanceAfter { amount } account { id } } }
  }
}`;
interface Transferred {
  transferFunds: {
    transfer: {
      id: string;
      kind: string;
      description: string;
      postings: {
        amount: { amount: string; currency: string };
        balanceAfter: { amount: string };
        account: { id: string };
      }[];
    };
  };
}

function inputFor(from: BuiltLedgerAccount, to: BuiltLedgerAccount, parts: Record<string, unknown> = {}) {
  return {
    fromAccountId: from.id,
    toAccountId: to.id,
    amount: "30000",
    currency: "IDR",
    description: "Koreksi saldo",
    idempotencyKey: randomUUID(),
    ...parts,
  };
}

async function balanceOf(accountId: string): Promise<bigint> {
  const { rows } = await test.owner.query<{ balance: string }>(
    "select balance_minor as balance from ledger_accounts where id = $1",
    [accountId],
  );
  return BigInt(rows[0]?.balance ?? "-1");
}

async function breaks(): Promise<unknown[]> {
  return (await test.owner.query("select * from ledger_breaks()")).rows;
}

describe("transferFunds", () => {
  it("002-13: moves money with two postings that add up to zero, and writes an audit row", async () => {
    const [from, to] = [
      await buildLedgerAccount(test.owner, { balanceMinor: 100_000n }),
      await buildLedgerAccount(test.owner),
    ];
    const { transferFunds } = await admin.data<Transferred>(TRANSFER, { input: inputFor(from, to) });
    expect(transferFunds.transfer).toMatchObject({
      kind: "ADJUSTMENT",
      description: "Koreksi saldo",
      postings: [
        { amount: { amount: "-30000", currency: "IDR" }, balanceAfter: { amount: "70000" }, account: { id: from.id } },
        { amount: { amount: "30000", currency: "IDR" }, balanceAfter: { amount: "30000" }, account: { id: to.id } },
      ],
    });
    const { rows } = await test.owner.query(
      "select action, actor_id, new_values from app.audit_log where entity_id = $1",
      [transferFunds.transfer.id],
    );
    expect(rows).toMatchObject([
      { action: "transfer.made", actor_id: admin.viewer.userId, new_values: { amountMinor: "30000", currency: "IDR" } },
    ]);
    expect(await breaks()).toEqual([]);
  });

  it("refuses everybody but platform administrators with payments:create", async () => {
    const [from, to] = [
      await buildLedgerAccount(test.owner, { balanceMinor: 100_000n }),
      await buildLedgerAccount(test.owner),
    ];
    const viewers = [
      buildViewer({ userId: from.ownerId, permissions: ["payments:create"] }),
      buildViewer({ role: "OWNER", staff: true, permissions: ["payments:create"], organizationId: randomUUID() }),
      buildViewer({ role: "PLATFORM_ADMIN" }),
    ];
    for (const viewer of viewers) {
      const { errors } = await test.as(viewer).run(TRANSFER, { input: inputFor(from, to) });
      expect(errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    }
    const anonymous = { ...buildViewer(), kind: "ANONYMOUS" as const, userId: null };
    const { errors } = await test.as(anonymous).run(TRANSFER, { input: inputFor(from, to) });
    expect(errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    expect(await balanceOf(from.id)).toBe(100_000n);
  });

  it("names every field that is wrong at once", async () => {
    const account = await buildLedgerAccount(test.owner);
    const input = { ...inputFor(account, account), amount: "10.5", description: "  ", idempotencyKey: "" };
    const { errors } = await admin.run(TRANSFER, { input });
    expect(errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
    const paths = ((errors[0]?.details ?? []) as { path: string }[]).map(({ path }) => path);
    expect(paths.toSorted()).toEqual([
      "input.amount",
      "input.description",
      "input.idempotencyKey",
      "input.toAccountId",
    ]);
  });

  it.each(["0", "-5", "0.1"])("refuses an amount of %s rupiah", async (amount) => {
    const [from, to] = [await buildLedgerAccount(test.owner), await buildLedgerAccount(test.owner)];
    const { errors } = await admin.run(TRANSFER, { input: inputFor(from, to, { amount }) });
    expect(errors).toMatchObject([{ code: "VALIDATION_ERROR", details: [{ path: "input.amount" }] }]);
  });

  it("refuses accounts of another currency and accounts that do not exist", async () => {
    const from = await buildLedgerAccount(test.owner, { balanceMinor: 100_000n });
    const rupees = await buildLedgerAccount(test.owner, { currency: "INR" });
    const currency = await admin.run(TRANSFER, { input: inputFor(from, rupees) });
    expect(currency.errors).toMatchObject([{ code: "VALIDATION_ERROR", details: [{ path: "input.currency" }] }]);
    const missing = await admin.run(TRANSFER, { input: inputFor(from, from, { toAccountId: randomUUID() }) });
    expect(missing.errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  it("002-12: never takes more than there is, also when two want it at once", async () => {
    const [from, to] = [
      await buildLedgerAccount(test.owner, { balanceMinor: 50_000n }),
      await buildLedgerAccount(test.owner),
    ];
    const results = await Promise.all([1, 2].map(() => admin.run(TRANSFER, { input: inputFor(from, to) })));
    const codes = results.flatMap(({ errors }) => errors.map(({ code }) => code));
    expect(codes).toEqual(["INSUFFICIENT_BALANCE"]);
    expect(await balanceOf(from.id)).toBe(20_000n);
  });

  it("gives the first answer again for the same key, and a conflict when the key comes with another input", async () => {
    const [from, to] = [
      await buildLedgerAccount(test.owner, { balanceMinor: 100_000n }),
      await buildLedgerAccount(test.owner),
    ];
    const input = inputFor(from, to);
    const results = await Promise.all([1, 2, 3].map(() => admin.data<Transferred>(TRANSFER, { input })));
    expect(new Set(results.map(({ transferFunds }) => transferFunds.transfer.id)).size).toBe(1);
    expect(await balanceOf(from.id)).toBe(70_000n);
    const { errors } = await admin.run(TRANSFER, { input: { ...input, amount: "30001" } });
    expect(errors).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
    expect(await balanceOf(from.id)).toBe(70_000n);
  });
});

describe("reverseTransfer", () => {
  const REVERSE = `mutation ($input: ReverseTransferInput!) {
    reverseTransfer(input: $input) { transfer { id kind reversesId postings { amount { amount } } } }
  }`;

  it("002-13: takes a transfer back for a platform administrator, once, with an audit row", async () => {
    const [from, to] = [
      await buildLedgerAccount(test.owner, { balanceMinor: 50_000n }),
      await buildLedgerAccount(test.owner),
    ];
    const { transferFunds } = await admin.data<Transferred>(TRANSFER, { input: inputFor(from, to) });
    const input = { transferId: transferFunds.transfer.id, description: "Salah kirim", idempotencyKey: randomUUID() };
    const first = await admin.data<{ reverseTransfer: { transfer: { id: string } } }>(REVERSE, { input });
    expect(first).toMatchObject({
      reverseTransfer: {
        transfer: {
          kind: "REVERSAL",
          reversesId: input.transferId,
          postings: [{ amount: { amount: "-30000" } }, { amount: { amount: "30000" } }],
        },
      },
    });
    expect(await admin.data(REVERSE, { input })).toEqual(first);
    expect(await balanceOf(from.id)).toBe(50_000n);
    const again = await admin.run(REVERSE, { input: { ...input, idempotencyKey: randomUUID() } });
    expect(again.errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    const owner = test.as(buildViewer({ userId: from.ownerId, permissions: ["payments:create"] }));
    expect((await owner.run(REVERSE, { input })).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    const { rows } = await test.owner.query("select action from app.audit_log where entity_id = $1 order by sequence", [
      input.transferId,
    ]);
    expect(rows).toEqual([{ action: "transfer.made" }, { action: "transfer.reversed" }]);
  });

  it("is refused, as all movement of money, while an administrator acts as somebody", async () => {
    const impersonating = test.as({ ...admin.viewer, impersonatorId: randomUUID() });
    const account = await buildLedgerAccount(test.owner);
    const reverse = { transferId: randomUUID(), description: "x", idempotencyKey: "x" };
    for (const result of [
      await impersonating.run(REVERSE, { input: reverse }),
      await impersonating.run(TRANSFER, { input: inputFor(account, await buildLedgerAccount(test.owner)) }),
    ])
      expect(result.errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  });
});
