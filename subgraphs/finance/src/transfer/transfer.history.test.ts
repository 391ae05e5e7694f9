import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildLedgerAccount } from "@lentera/prisma/factories";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
beforeAll(async () => {
  test = await startTestSubgraph("finance", createSubgraph);
});
afterAll(() => test.stop());

const TRANSFER = "mutation ($input: TransferFundsInput!) { transferFunds(input: $input) { transfer { id } } }";

interface Step {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
  readonly key: number;
}
const index = fc.nat({ max: 3 });
const step = fc.record({ from: index, to: index, amount: fc.integer({ min: 1, max: 120 }), key: fc.nat({ max: 5 }) });
const history = fc.record({
  openings: fc.array(fc.integer({ min: 0, max: 150 }), { minLength: 4, maxLength: 4 }),
  steps: fc.array(step, { minLength: 2, maxLength: 8 }),
});

/** Does all steps at once. @returns the outcome of each, and the id of its transfer when it was done */
function transferAll(accountIds: readonly string[], steps: readonly Step[]) {
  const admin = test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: ["payments:create"] }));
  return Promise.all(
    steps.map(async ({ from, to, amount, key }) => {
      const [fromAccountId, toAccountId] = [accountIds[from], accountIds[to]];
      const facts = { fromAccountId, toAccountId, amount: String(amount), currency: "IDR", description: "x" };
      const input = { ...facts, idempotencyKey: String(key) };
      const { data, errors } = await admin.run<{ transferFunds: { transfer: { id: string } } }>(TRANSFER, { input });
      const outcome = errors.length === 0 ? "done" : errors[0]?.code;
      return { key, outcome, transferId: data?.transferFunds.transfer.id ?? null };
    }),
  );
}

/** What the transfers should have left of the openings, from their postings. */
async function expectedBalances(
  accountIds: readonly string[],
  openings: readonly number[],
  transferIds: readonly string[],
) {
  const { rows } = await test.owner.query<{ accountId: string; amount: number }>(
    `select account_id as "accountId", amount_minor::int as amount from postings where transfer_id = any($1)`,
    [transferIds],
  );
  expect(rows).toHaveLength(transferIds.length * 2);
  return accountIds.map((id, index) =>
    rows.reduce((sum, { accountId, amount }) => (accountId === id ? sum + amount : sum), openings[index] ?? 0),
  );
}

async function balancesOf(accountIds: readonly string[]): Promise<number[]> {
  const { rows } = await test.owner.query<{ balance: number }>(
    `select balance_minor::int as balance from unnest($1::uuid[]) with ordinality wanted(id, position)
     join ledger_accounts using (id) order by position`,
    [accountIds],
  );
  return rows.map(({ balance }) => balance);
}

it("002-12 002-13: any concurrent history sums to zero, has balances equal to postings, no overdraft and no replay", async () => {
  const seen = new Set<unknown>();
  await fc.assert(
    fc.asyncProperty(history, async ({ openings, steps }) => {
      const accounts = await Promise.all(
        openings.map((opening) => buildLedgerAccount(test.owner, { balanceMinor: BigInt(opening) })),
      );
      const accountIds = accounts.map(({ id }) => id);
      const results = await transferAll(accountIds, steps);
      for (const { outcome } of results) seen.add(outcome);

      const done = results.filter(({ transferId }) => transferId !== null);
      const transferIds = new Set(done.flatMap(({ transferId }) => transferId ?? []));
      expect(transferIds.size).toBe(new Set(done.map(({ key }) => key)).size);
      const balances = await balancesOf(accountIds);
      expect(balances).toEqual(await expectedBalances(accountIds, openings, [...transferIds]));
      expect(Math.min(...balances)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 200 },
  );
  expect(seen).toEqual(new Set(["IDEMPOTENCY_CONFLICT", "INSUFFICIENT_BALANCE", "VALIDATION_ERROR", "done"]));
  expect((await test.owner.query("select * from ledger_breaks()")).rows).toEqual([]);
  const { rows } = await test.owner.query("select sum(amount_minor)::int as sum from postings");
  expect(rows).toEqual([{ sum: 0 }]);
}, 180_000);
