import { type TestSubgraph, startTestSubgraph } from "@lentera/kit/testing";
import { buildFundingAccount, buildLedgerAccount } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
beforeAll(async () => {
  test = await startTestSubgraph("finance", createSubgraph);
});
afterAll(() => test.stop());

type Connection = Pick<TestSubgraph["owner"], "query">;

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

/** Runs `work` in a transaction of the owner, who stands above row level security, and gives the error it ends with. */
async function errorOf(
  work: (client: Connection) => Promise<unknown>,
): Promise<{ code?: string; message: string } | null> {
  const client = await test.owner.connect();
  try {
    await client.query("begin");
    await work(client);
    await client.query("commit");
    return null;
  } catch (error) {
    await client.query("rollback");
    return error as { code?: string; message: string };
  } finally {
    client.release();
  }
}

describe("the database's own rules", () => {
  const POST =
    "insert into postings (transfer_id, position, account_id, currency, amount_minor) values ($1, $2, $3, 'IDR', $4)";
  const openTransfer = async (client: Connection, postingCount: number): Promise<string> => {
    const { rows } = await client.query<{ id: string }>(
      "insert into transfers (kind, description, posting_count, effective_at) values ('ADJUSTMENT', 'x', $1, now()) returning id",
      [postingCount],
    );
    return rows[0]?.id ?? "";
  };

  it("C-09: refuses at commit a transfer that does not add up to zero or lacks postings", async () => {
    const [a, b] = [await buildLedgerAccount(test.owner, { balanceMinor: 100n }), await buildLedgerAccount(test.owner)];
    const lopsided = await errorOf(async (client) => {
      const transfer = await openTransfer(client, 2);
      await client.query(POST, [transfer, 1, a.id, -10]);
      await client.query(POST, [transfer, 2, b.id, 11]);
    });
    const single = await errorOf(async (client) => {
      await client.query(POST, [await openTransfer(client, 2), 1, a.id, -10]);
    });
    const empty = await errorOf((client) => openTransfer(client, 2));
    for (const error of [lopsided, single, empty]) expect(error).toMatchObject({ code: "23514" });
    const announcedOne = await errorOf((client) => openTransfer(client, 1));
    expect(announcedOne?.message).toContain("transfers_posting_count_check");
    expect([await balanceOf(a.id), await balanceOf(b.id)]).toEqual([100n, 0n]);
  });

  it("C-09: refuses postings that are added to a transfer later, even balanced ones", async () => {
    const [a, b] = [await buildLedgerAccount(test.owner, { balanceMinor: 100n }), await buildLedgerAccount(test.owner)];
    const { rows } = await test.owner.query<{ id: string }>(
      "select transfer_id as id from postings where account_id = $1",
      [a.id],
    );
    const [c, d] = [await buildLedgerAccount(test.owner, { balanceMinor: 5n }), b];
    const error = await errorOf(async (client) => {
      await client.query(POST, [rows[0]?.id, 3, c.id, -5]);
      await client.query(POST, [rows[0]?.id, 4, d.id, 5]);
    });
    expect(error).toMatchObject({ code: "23514" });
  });

  it("refuses to change or delete transfers, postings and accounts", async () => {
    const account = await buildLedgerAccount(test.owner, { balanceMinor: 100n });
    const statements = [
      "update postings set amount_minor = amount_minor + 1",
      "delete from postings",
      "truncate postings",
      "update transfers set description = 'y'",
      "delete from transfers",
      `update ledger_accounts set balance_minor = 1000000 where id = '${account.id}'`,
      "delete from ledger_accounts",
      `insert into ledger_accounts (owner_kind, owner_id, purpose, currency, balance_minor) values ('USER', uuidv7(), 'WALLET', 'IDR', 5)`,
    ];
    for (const statement of statements)
      expect(await errorOf((client) => client.query(statement)), statement).toMatchObject({ code: "23001" });
    expect(await breaks()).toEqual([]);
  });

  it("refuses an overdraft, a posting of another currency and one of zero", async () => {
    const [a, funding] = [
      await buildLedgerAccount(test.owner, { balanceMinor: 100n }),
      await buildFundingAccount(test.owner),
    ];
    const post = (amount: number, currency = "IDR") =>
      errorOf(async (client) => {
        const transfer = await openTransfer(client, 2);
        await client.query(POST.replace("IDR", currency), [transfer, 1, a.id, amount]);
        await client.query(POST, [transfer, 2, funding, -amount]);
      });
    expect((await post(-101))?.message).toContain("ledger_accounts_balance_check");
    expect((await post(10, "USD"))?.message).toContain("there is no account");
    expect((await post(0))?.message).toContain("postings_amount_check");
    expect(await post(-100)).toBeNull();
  });

  it("finds what somebody changed with the rules switched off", async () => {
    const [a, b] = [
      await buildLedgerAccount(test.owner, { balanceMinor: 100n }),
      await buildLedgerAccount(test.owner, { balanceMinor: 7n }),
    ];
    const reasons: string[] = [];
    const error = await errorOf(async (client) => {
      await client.query("set local session_replication_role = replica");
      await client.query("update ledger_accounts set balance_minor = 99 where id = $1", [a.id]);
      await client.query("update postings set amount_minor = 8 where account_id = $1", [b.id]);
      const { rows } = await client.query<{ entity_id: string; reason: string }>("select * from ledger_breaks()");
      reasons.push(...rows.map(({ reason }) => reason));
      throw new Error("undo");
    });
    expect(error?.message).toBe("undo");
    expect(reasons.toSorted()).toEqual([
      "adds up to 1 minor units of IDR instead of 0",
      "has a balance of 7 and postings of 8",
      "has a balance of 99 and postings of 100",
      "says 7 where the postings so far add up to 8",
    ]);
    expect(await breaks()).toEqual([]);
  });
});
