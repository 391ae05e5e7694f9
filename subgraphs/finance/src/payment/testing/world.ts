import { randomUUID } from "node:crypto";
import { type SubgraphServer, serveSubgraph } from "@lentera/kit";
import { type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import {
  type Simulator,
  type SimulatedProviders,
  type VirtualClock,
  startSimulatedProviders,
  virtualClock,
} from "../../../simulators/index.js";
import type { ProviderName } from "../../provider/provider.js";
import { createSubgraph } from "../../subgraph.js";

/** Finance with its workers, behind HTTP, with the four providers beside it; one time for all of them. */
export interface PaymentWorld {
  readonly test: TestSubgraph;
  readonly clock: VirtualClock;
  /** What was told to the other subgraphs. */
  readonly told: { readonly type: string; readonly data: unknown }[];
  readonly simulators: SimulatedProviders["simulators"];
  /** Where webhooks go. */
  readonly origin: string;
  post(provider: string, body: string | Uint8Array, headers?: Record<string, string>): Promise<Response>;
  /** Runs what is due, on both sides. */
  settle(): Promise<void>;
  /** Moves the time on, with whatever falls due. */
  pass(byMs: number): Promise<void>;
  /** Puts a job before the workers and waits. */
  runJob(name: string, payload?: object): Promise<void>;
  stop(): Promise<void>;
}

export async function startPaymentWorld(variables: Record<string, string> = {}): Promise<PaymentWorld> {
  const clock = virtualClock(Date.now());
  let server: SubgraphServer | undefined;
  const origin = (): string => `http://127.0.0.1:${server?.port}`;
  const providers = await startSimulatedProviders({ origin, clock, seed: randomUUID() });
  const environment = { ...providers.variables, PAYMENT_PROVIDER_TIMEOUT_MS: "1500", ...variables };
  const test = await startTestSubgraph("finance", createSubgraph, { environment, clock: () => new Date(clock.now()) });
  server = await serveSubgraph(test.subgraph, { port: 0, viewerSecret: "a secret of thirty-two letters!!" });
  const told: { type: string; data: unknown }[] = [];
  const types = ["payment.succeeded", "payment.failed", "payment.refunded", "payment.disputed"];
  await test.events.subscribe("test", types, async (event) => void told.push(event));
  await test.subgraph.startWorkers();
  const settle = async (): Promise<void> => {
    await clock.advance(0);
    await test.subgraph.jobsDone();
    await clock.advance(0);
    await test.subgraph.jobsDone();
  };
  return {
    test,
    clock,
    told,
    simulators: providers.simulators,
    origin: origin(),
    post: (provider, body, headers = {}) =>
      fetch(`${origin()}/webhooks/payments/${provider}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : new Uint8Array(body),
      }),
    settle,
    pass: async (byMs) => {
      await clock.advance(byMs);
      await settle();
    },
    runJob: async (name, payload = {}) => {
      await test.owner.query("select graphile_worker.add_job($1, $2)", [name, JSON.stringify(payload)]);
      await settle();
    },
    stop: async () => {
      await providers.stop();
      await server?.close();
      await test.stop();
    },
  };
}

export interface PaidThing {
  readonly id: string;
  readonly status: string;
  readonly total: { readonly amount: string };
  readonly instructions: {
    readonly title: string;
    readonly steps: string[];
    readonly paymentUrl: string | null;
    readonly vaNumber: string | null;
    readonly billerCode: string | null;
    readonly qrText: string | null;
    readonly qrImage: string | null;
  } | null;
}

export const PAYMENT_FIELDS = `id status total { amount }
  instructions { title steps paymentUrl vaNumber billerCode qrText qrImage }`;
export const CREATE = `mutation ($input: CreatePaymentInput!) { createPayment(input: $input) { payment { ${PAYMENT_FIELDS} } } }`;

export function topUpInput(userId: string, change: object = {}): object {
  return {
    purpose: "TOP_UP",
    referenceId: userId,
    amount: "150000",
    currency: "IDR",
    method: "QRIS",
    contact: { name: "Budi", email: "budi@example.com", phone: "+6281234567890" },
    idempotencyKey: randomUUID(),
    ...change,
  };
}

/** A payer with a payment. */
export async function buildPayment(world: PaymentWorld, change: object = {}) {
  const payer = world.test.as(buildViewer());
  const input = topUpInput(payer.viewer.userId ?? "", change);
  const { createPayment } = await payer.data<{ createPayment: { payment: PaidThing } }>(CREATE, { input });
  return { payer, userId: payer.viewer.userId ?? "", payment: createPayment.payment };
}

export interface StoredAttempt {
  readonly id: string;
  readonly provider: ProviderName;
  readonly order_ref: string;
  readonly provider_ref: string | null;
  readonly state: string;
}

export async function attemptsOf(world: PaymentWorld, paymentId: string): Promise<StoredAttempt[]> {
  const { rows } = await world.test.owner.query<StoredAttempt>(
    "select id, provider, order_ref, provider_ref, state from payment_attempts where payment_id = $1 order by created_at, id",
    [paymentId],
  );
  return rows;
}

/** What the payer does at the provider that took the payment. */
export async function act(
  world: PaymentWorld,
  paymentId: string,
  action: "pay" | "fail" | "expire",
): Promise<Simulator> {
  const attempt = (await attemptsOf(world, paymentId)).at(-1);
  if (attempt === undefined) throw new Error("There is no attempt.");
  const simulator = world.simulators[attempt.provider];
  simulator.act(attempt.order_ref, action);
  await world.settle();
  return simulator;
}

export async function statusOf(world: PaymentWorld, paymentId: string): Promise<string> {
  const { rows } = await world.test.owner.query<{ status: string }>("select status from payments where id = $1", [
    paymentId,
  ]);
  return rows[0]?.status ?? "";
}

export function becomes(world: PaymentWorld, paymentId: string, status: string): Promise<string> {
  return eventually(async () => {
    await world.settle();
    const now = await statusOf(world, paymentId);
    return now === status ? now : undefined;
  });
}

/** Balance of a person's wallet, in minor units. */
export async function walletOf(world: PaymentWorld, userId: string, currency = "IDR"): Promise<bigint> {
  const { rows } = await world.test.owner.query<{ balance: string }>(
    "select balance_minor::text balance from ledger_accounts where owner_id = $1 and purpose = 'WALLET' and currency = $2",
    [userId, currency],
  );
  return BigInt(rows[0]?.balance ?? "0");
}

/** What disagrees in the ledger, and how much does not add up; nothing and 0 when all is well. */
export async function ledgerCheck(world: PaymentWorld): Promise<{ breaks: unknown[]; sum: string }> {
  await world.test.owner.query("select fold_postings(null)");
  const breaks = await world.test.owner.query("select * from ledger_breaks()");
  const { rows } = await world.test.owner.query<{ sum: string }>(
    "select coalesce(sum(balance_minor), 0)::text as sum from ledger_accounts",
  );
  return { breaks: breaks.rows, sum: rows[0]?.sum ?? "" };
}
