import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { signRequest } from "@lentera/kit";
import { type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type SimulatedProviders,
  type VirtualClock,
  startSimulatedProviders,
  virtualClock,
} from "../../simulators/index.js";
import { createSubgraph } from "../subgraph.js";
import { CREATE, topUpInput } from "./testing/world.js";

/** Where the built program is; `npm test` builds first. */
const PROGRAM = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const SECRET = "a secret of thirty-two letters!!";
const PAYMENTS = 200;

let test: TestSubgraph;
let clock: VirtualClock;
let providers: SimulatedProviders;
let running: ChildProcess | undefined;
let port = 0;

beforeAll(async () => {
  clock = virtualClock(Date.now());
  test = await startTestSubgraph("finance", createSubgraph);
  providers = await startSimulatedProviders({ origin: () => `http://127.0.0.1:${port}`, clock, seed: randomUUID() });
  await start();
});
afterAll(async () => {
  await stop("SIGTERM");
  await providers.stop();
  await test.stop();
});

/** Finance in a process of its own, on the database of this test. */
async function start(): Promise<void> {
  const { databaseUrl, ownerDatabaseUrl } = test.configuration;
  const child = spawn(process.execPath, [PROGRAM], {
    env: {
      ...providers.variables,
      DATABASE_URL: databaseUrl,
      OWNER_DATABASE_URL: ownerDatabaseUrl,
      VIEWER_SECRET: SECRET,
      ENCRYPTION_KEYS: "a key for tests only",
      PORT: "0",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running = child;
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  for (let found: string | undefined; found === undefined; port = Number(found)) {
    await once(child.stdout, "data");
    found = /"port":(\d+)/.exec(printed)?.[1];
  }
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  const child = running;
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}

/** `kill -9` at some moment, and a new start, this many times. */
async function killAndRestart(times: number): Promise<void> {
  for (let kill = 0; kill < times; kill++) {
    await delay(300 + Math.random() * 1_200);
    await stop("SIGKILL");
    await start();
  }
}

const KINDS = [
  { method: "BCA_VA", currency: "IDR", amount: "50000" },
  { method: "DANA", currency: "IDR", amount: "50000" },
  { method: "UPI", currency: "INR", amount: "500.00" },
  { method: "UPI", currency: "INR", amount: "700.00" },
];

/** Asks for a payment under one key until it is answered. */
async function pay(userId: string, kind: object, key: string): Promise<void> {
  const viewer = buildViewer({ userId });
  const variables = { input: topUpInput(userId, { ...kind, idempotencyKey: key }) };
  for (;;) {
    try {
      const token = await signRequest(SECRET, { viewer, requestId: key, language: "en" });
      const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-lentera-viewer": token },
        body: JSON.stringify({ query: CREATE, variables }),
      });
      const { data } = (await answer.json()) as { data?: object | null };
      if (data != null) return;
    } catch {
      // The process was killed: the same key asks again.
    }
    await delay(50);
  }
}

async function each<Item>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

const rows = async <Row extends object>(sql: string): Promise<Row[]> => (await test.owner.query<Row>(sql)).rows;

it("000-18, C-01: hundreds of payments, doubled and reordered deliveries, kill -9 at random: each posted exactly once", async () => {
  const payers = Array.from({ length: PAYMENTS }, (_, index) => ({
    userId: randomUUID(),
    kind: KINDS[index % KINDS.length] ?? {},
    key: randomUUID(),
  }));
  const simulators = Object.values(providers.simulators);
  for (const simulator of simulators) simulator.webhookFaults = { duplicate: true, reorder: true };

  await Promise.all([each(payers, 12, ({ userId, kind, key }) => pay(userId, kind, key)), killAndRestart(2)]);
  const made = simulators.flatMap((simulator) => simulator.payments.map(({ reference }) => ({ simulator, reference })));
  const acting = each(made, 12, async ({ simulator, reference }) => {
    simulator.act(reference, "pay");
    await clock.advance(0);
  });
  await Promise.all([acting, killAndRestart(3)]);
  for (const simulator of simulators) simulator.release();
  await clock.advance(25 * 3_600_000);
  // What a killed worker had in hand is free again after hours; here that time passes at once.
  await test.owner.query(
    "select graphile_worker.force_unlock_workers(array(select distinct locked_by from graphile_worker.jobs where locked_by is not null))",
  );
  await test.owner.query("update payment_attempts set sent_at = sent_at - interval '10 minutes'");
  await test.owner.query("select graphile_worker.add_job('payment.poll')");

  const paid = made.length;
  await eventually(async () => {
    const [done] = await rows<{ n: number }>(
      "select count(*)::int n from payment_attempts where received_minor is not null",
    );
    return done?.n === paid ? true : undefined;
  });
  expect(made.length).toBeGreaterThan(PAYMENTS / 2);
  expect(
    await rows(
      "select attempt_id from payment_movements where key like 'in:%' group by attempt_id having count(*) > 1",
    ),
  ).toEqual([]);
  expect(
    await rows(`select p.id from payments p left join ledger_accounts a
      on a.owner_id = p.payer_id and a.purpose = 'WALLET' and a.currency = p.currency
      where coalesce(a.balance_minor, 0) <> case when p.status = 'SUCCEEDED' then p.amount_minor else 0 end`),
  ).toEqual([]);
  expect(await rows("select status, count(*)::int n from payments where status = 'SUCCEEDED' group by 1")).toEqual([
    { status: "SUCCEEDED", n: paid },
  ]);
  expect(await rows("select * from ledger_breaks()")).toEqual([]);
  expect(await rows("select coalesce(sum(amount_minor), 0)::text sum from postings")).toEqual([{ sum: "0" }]);
}, 120_000);
