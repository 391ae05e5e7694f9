import { randomUUID } from "node:crypto";
import { LenteraError } from "@lentera/kit";
import { type TestSubgraph, startTestSubgraph } from "@lentera/kit/testing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { placeHold, releaseHold } from "../hold/hold.js";
import { type AccountKey, clearingOf, escrowOf, platformAccount, walletOf } from "../ledger-account/account-key.js";
import { createSubgraph } from "../subgraph.js";
import { type LedgerWorld, createLedgerWorld } from "../testing/ledger-world.js";
import { postTransfer, reverseTransfer } from "./post-transfer.js";

/** Histories in all; a nightly run sets thousands. */
const HISTORIES = Number(process.env["LEDGER_HISTORIES"] ?? 240);
/** Histories that happen at the same time, on the same hot accounts. */
const AT_ONCE = 6;

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

const clearing = clearingOf("history", "IDR");
const fees = platformAccount("FEES", "IDR");
const PLACES = 4;

type Step =
  | { readonly does: "pay" | "payOut"; readonly place: number; readonly amount: number }
  | {
      readonly does: "move";
      readonly place: number;
      readonly to: number;
      readonly amount: number;
      readonly fee: number;
    }
  | { readonly does: "hold"; readonly place: number; readonly amount: number }
  | { readonly does: "capture"; readonly of: number; readonly share: number; readonly ends: boolean }
  | { readonly does: "release" | "reverse"; readonly of: number };
interface Planned {
  readonly step: Step;
  /** How often it is tried, at the same time and by the same key. */
  readonly tries: number;
}

const place = fc.nat({ max: PLACES - 1 });
const amount = fc.integer({ min: 1, max: 100 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constantFrom("pay" as const, "payOut" as const), place, amount }),
  fc.record({ does: fc.constant("move" as const), place, to: place, amount, fee: fc.nat({ max: 20 }) }),
  fc.record({ does: fc.constant("hold" as const), place, amount }),
  fc.record({ does: fc.constant("capture" as const), of: fc.nat(), share: fc.nat({ max: 120 }), ends: fc.boolean() }),
  fc.record({ does: fc.constantFrom("release" as const, "reverse" as const), of: fc.nat() }),
);
const planned: fc.Arbitrary<Planned> = fc.record({ step, tries: fc.integer({ min: 1, max: 3 }) });
/** The steps of a wave happen at once; later waves know what the earlier ones made. */
const history = fc.array(fc.array(planned, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 4 });

type Changes = readonly (readonly [AccountKey, number])[];
interface Known {
  readonly holds: { readonly id: string; readonly account: AccountKey; readonly amount: number }[];
  readonly transfers: { readonly id: string; readonly changes: Changes }[];
}
interface Attempt {
  readonly changes: Changes;
  run(key: string): Promise<{ id: string; isNew: boolean }>;
}

function attemptOf(taken: Step, accounts: readonly AccountKey[], { holds, transfers }: Known): Attempt | undefined {
  const at = (index: number): AccountKey => accounts[index] ?? fees;
  const post = (changes: Changes, capture?: { holdId: string; amountMinor: bigint; endsHold: boolean }): Attempt => ({
    changes,
    run: (key) =>
      world.transaction((tx) =>
        postTransfer(tx, {
          kind: "ADJUSTMENT",
          description: "x",
          idempotencyKey: key,
          postings: changes.map(([account, change]) => ({ account, amountMinor: BigInt(change) })),
          ...(capture === undefined ? {} : { captures: [capture] }),
        }),
      ),
  });
  switch (taken.does) {
    case "pay":
      return post([[clearing, -taken.amount] as const, [at(taken.place), taken.amount] as const]);
    case "payOut":
      return post([[at(taken.place), -taken.amount] as const, [clearing, taken.amount] as const]);
    case "move": {
      const kept = taken.amount + 20 - taken.fee;
      const sides = [[at(taken.place), -taken.amount - 20] as const, [at(taken.to), kept] as const];
      return post(taken.fee === 0 ? sides : [...sides, [fees, taken.fee] as const]);
    }
    case "hold": {
      const { amount: held } = taken;
      const account = at(taken.place);
      return {
        changes: [],
        run: async (key) => {
          const wanted = { account, amountMinor: BigInt(held), reason: "x", idempotencyKey: key, expiresAt: null };
          const placed = await world.transaction((tx) => placeHold(tx, wanted));
          if (placed.isNew) holds.push({ id: placed.id, account, amount: held });
          return placed;
        },
      };
    }
    case "capture": {
      const hold = holds[taken.of % Math.max(1, holds.length)];
      if (hold === undefined) return undefined;
      const drawn = Math.max(1, Math.floor((hold.amount * taken.share) / 100));
      return post([[hold.account, -drawn] as const, [fees, drawn] as const], {
        holdId: hold.id,
        amountMinor: BigInt(drawn),
        endsHold: taken.ends,
      });
    }
    case "release": {
      const hold = holds[taken.of % Math.max(1, holds.length)];
      if (hold === undefined) return undefined;
      const run = async () => ({ id: hold.id, isNew: await world.transaction((tx) => releaseHold(tx, hold.id)) });
      return { changes: [], run };
    }
    case "reverse": {
      const original = transfers[taken.of % Math.max(1, transfers.length)];
      if (original === undefined) return undefined;
      return {
        changes: original.changes.map(([account, change]) => [account, -change] as const),
        run: (key) =>
          world.transaction((tx) =>
            reverseTransfer(tx, { transferId: original.id, idempotencyKey: key, description: "x" }),
          ),
      };
    }
  }
}

const seen = new Set<string>();

/** Tries a step as often as planned, at once. @returns what it changed, once, or nothing when it was refused */
async function take({ step: taken, tries }: Planned, accounts: readonly AccountKey[], known: Known): Promise<Changes> {
  const attempt = attemptOf(taken, accounts, known);
  if (attempt === undefined) return [];
  const key = randomUUID();
  const results = await Promise.all(
    Array.from({ length: tries }, async () => {
      try {
        return await attempt.run(key);
      } catch (error) {
        if (!(error instanceof LenteraError)) throw error;
        seen.add(error.code);
        return undefined;
      }
    }),
  );
  const done = results.filter((result) => result !== undefined);
  seen.add(done.length > 0 ? taken.does : "refused");
  expect(done.filter(({ isNew }) => isNew).length).toBeLessThanOrEqual(1);
  const ids = new Set(done.map(({ id }) => id));
  if (ids.size === 0) return [];
  expect(ids.size).toBe(1);
  if (attempt.changes.length > 0) known.transfers.push({ id: [...ids].join(), changes: attempt.changes });
  return attempt.changes;
}

/** @returns what all its steps should have left, by account */
async function live(waves: readonly (readonly Planned[])[]): Promise<Map<AccountKey, number>> {
  const wallets = [randomUUID(), randomUUID(), randomUUID()].map((owner) => walletOf(owner, "IDR"));
  const accounts = [...wallets, escrowOf(randomUUID(), "IDR")];
  const expected = new Map<AccountKey, number>(accounts.map((account) => [account, 0]));
  const known: Known = { holds: [], transfers: [] };
  for (const wave of waves) {
    const changed = await Promise.all(wave.map((one) => take(one, accounts, known)));
    for (const [account, change] of changed.flat()) expected.set(account, (expected.get(account) ?? 0) + change);
  }
  for (const account of accounts) expect(await world.balanceOf(account)).toBe(BigInt(expected.get(account) ?? 0));
  return expected;
}

it("002-12 002-13 C-09: any concurrent history of payments, holds, captures, payouts and reversals keeps every unit of money", async () => {
  const totals = new Map<AccountKey, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(history, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (histories) => {
      const folding = world.transaction((tx) => tx.$queryRaw`select fold_postings()`);
      for (const expected of await Promise.all(histories.map(live)))
        for (const account of [clearing, fees])
          totals.set(account, (totals.get(account) ?? 0) + (expected.get(account) ?? 0));
      await folding;
    }),
    { numRuns: Math.ceil(HISTORIES / AT_ONCE), endOnFailure: true },
  );
  for (const [account, total] of totals) expect(await world.balanceOf(account)).toBe(BigInt(total));
  await world.transaction((tx) => tx.$queryRaw`select fold_postings()`);
  expect(await world.breaks()).toEqual([]);
  const { rows } = await test.owner.query(
    `select (select sum(amount_minor)::int from postings) as sum,
            (select count(*)::int from ledger_accounts where not allow_negative and balance_minor < held_minor) as overdrawn,
            (select count(*)::int from postings where sequence is null) as unfolded`,
  );
  expect(rows).toEqual([{ sum: 0, overdrawn: 0, unfolded: 0 }]);
  const steps = ["pay", "payOut", "move", "hold", "capture", "release", "reverse"];
  expect([...seen].toSorted()).toEqual([...steps, "ILLEGAL_STATE", "INSUFFICIENT_BALANCE", "refused"].toSorted());
}, 600_000);
