import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { systemClock, type SimulatorClock } from "./clock.js";
import type { Change, Dialect, Notice, SimulatedPayment, World } from "./dialect.js";
import { indexPage, paymentPage } from "./page.js";

/** What goes wrong with the next call that changes something. */
export type CallFault = "TIMEOUT_AFTER_CHARGING" | "SERVER_ERROR_AFTER_CHARGING" | "SERVER_ERROR";

/** What goes wrong with webhooks, until it is changed back. */
export interface WebhookFaults {
  /** Each is sent twice. */
  duplicate?: boolean;
  /** Each is held back until the next one, which overtakes it. */
  reorder?: boolean;
  /** The amount is changed after signing. */
  tamper?: boolean;
  /** Signed with another secret. */
  wrongSecret?: boolean;
  /** Never sent. */
  drop?: boolean;
  /** Sent this much later. */
  delayMs?: number;
}

export interface SimulatorOptions {
  /** Where webhooks go; null sends none. */
  readonly webhookUrl: string | null;
  /** Default: a free one. */
  readonly port?: number;
  readonly clock?: SimulatorClock;
  /** Equal seeds give equal ids. */
  readonly seed?: string;
}

export interface Delivery {
  readonly attempt: number;
  readonly atMs: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null when nothing answered. */
  readonly httpStatus: number | null;
}

export type PayerAction = "pay" | "fail" | "expire";

export interface Simulator {
  readonly url: string;
  /** Every try of every webhook, in order. */
  readonly deliveries: readonly Delivery[];
  readonly payments: readonly SimulatedPayment[];
  webhookFaults: WebhookFaults;
  failNextCall(fault: CallFault): void;
  /** Does what the payer would do on the page of the payment with this merchant's reference. */
  act(reference: string, action: PayerAction): void;
  /** Sends what `reorder` still holds back. */
  release(): void;
  stop(): Promise<void>;
}

const LONGEST_BODY_BYTES = 1024 * 1024;

/** Starts a provider on this machine, on its loopback address only. @throws Error when the port is taken */
export async function startSimulator(dialect: Dialect, options: SimulatorOptions): Promise<Simulator> {
  const clock = options.clock ?? systemClock();
  const payments: SimulatedPayment[] = [];
  const deliveries: Delivery[] = [];
  const faults: CallFault[] = [];
  let held: Notice[] = [];
  let ids = 0;
  let url = "";

  const hash = (): Buffer =>
    createHash("sha256")
      .update(`${dialect.name}:${options.seed ?? "lentera"}:${ids++}`)
      .digest();
  const world: World = {
    get url() {
      return url;
    },
    now: () => clock.now(),
    newId: (prefix, length) => prefix + hash().toString("base64").replaceAll(/[+/=]/g, "x").slice(0, length),
    newUuid: () =>
      hash()
        .toString("hex")
        .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5"),
    find: (test) => payments.find(test),
    isTaken: (reference) => payments.some((payment) => payment.reference === reference),
    open(facts) {
      const rest = { details: {}, createdAtMs: clock.now(), status: "open" as const, attempts: 0, refunds: [] };
      const payment: SimulatedPayment = { ...rest, ...facts };
      payments.push(payment);
      clock.schedule(Math.max(0, facts.expiresAtMs - clock.now()), async () => move(payment, "expire"));
      announce(payment, { kind: "CREATED" });
      return payment;
    },
    refund(payment, id, reference, amountMinor) {
      const refund = { id, reference, amountMinor, createdAtMs: clock.now() };
      payment.refunds.push(refund);
      announce(payment, { kind: "REFUNDED", refund });
      return refund;
    },
  };

  function move(payment: SimulatedPayment, action: PayerAction): void {
    if (payment.status === "paid" && action === "pay") announce(payment, { kind: "PAID_AGAIN" });
    if (payment.status !== "open") return;
    if (action !== "expire" && payment.attempts++ > 0) payment.paymentId = dialect.nextPaymentId(world);
    if (action === "pay") payment.status = "paid";
    if (action === "expire") payment.status = "expired";
    if (action === "fail" && dialect.failureEnds(payment)) payment.status = "failed";
    announce(payment, { kind: action === "pay" ? "PAID" : action === "fail" ? "ATTEMPT_FAILED" : "EXPIRED" });
  }

  function announce(payment: SimulatedPayment, change: Change): void {
    const { drop = false, reorder = false } = simulator.webhookFaults;
    if (drop || options.webhookUrl === null) return;
    for (const notice of dialect.notices(payment, change, world)) {
      if (!reorder) send(notice);
      else if (held.push(notice) > 1) simulator.release();
    }
  }

  function send(notice: Notice): void {
    const { duplicate = false, delayMs = 0 } = simulator.webhookFaults;
    for (let copy = 0; copy < (duplicate ? 2 : 1); copy++) clock.schedule(delayMs, () => deliver(notice, 1));
  }

  async function deliver(notice: Notice, attempt: number): Promise<void> {
    const { tamper = false, wrongSecret = false } = simulator.webhookFaults;
    const secret = wrongSecret ? `${dialect.webhookSecret}-of-somebody-else` : dialect.webhookSecret;
    const { body: rendered, headers } = notice.render({ secret, attempt, nowMs: clock.now() });
    const body = tamper ? rendered.replace(/("(?:\w*amount)":"?)(\d)/, "$19$2") : rendered;
    const httpStatus = await post(body, headers);
    deliveries.push({ attempt, atMs: clock.now(), body, headers, httpStatus });
    const delayMs = dialect.retryAfterMs(attempt, httpStatus);
    if (delayMs !== undefined) clock.schedule(delayMs, () => deliver(notice, attempt + 1));
  }

  async function post(body: string, headers: Readonly<Record<string, string>>): Promise<number | null> {
    try {
      const response = await fetch(options.webhookUrl ?? "", {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(dialect.webhookTimeoutMs),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return null;
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    const method = request.method ?? "GET";
    const text = await readBody(request);
    const page = /^\/pay\/([^/]+)(?:\/(pay|fail|expire))?$/.exec(pathname);
    if (page !== null) return answerPage(page[1] ?? "", page[2], response);
    if (pathname === "/") return html(response, indexPage(dialect.name, payments));
    const fault = method === "POST" ? faults.shift() : undefined;
    if (fault === "SERVER_ERROR") return json(response, 500, { message: "simulated server error" });
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const answered = dialect.handle({ method, path: pathname, query: searchParams, headers, body: parse(text) }, world);
    if (fault === "TIMEOUT_AFTER_CHARGING") return;
    if (fault === "SERVER_ERROR_AFTER_CHARGING") return json(response, 502, { message: "simulated bad gateway" });
    json(response, answered?.status ?? 404, answered?.body ?? { message: "no such route" });
  }

  function answerPage(encodedId: string, action: string | undefined, response: ServerResponse): void {
    const payment = payments.find(({ id }) => id === decodeURIComponent(encodedId));
    if (payment === undefined) return json(response, 404, { message: "no such payment" });
    if (action === undefined) return html(response, paymentPage(dialect.name, payment));
    if (action === "pay" || action === "fail" || action === "expire") move(payment, action);
    const location = new URL(payment.returnUrl ?? `/pay/${encodedId}`, url);
    if (payment.returnUrl !== null) {
      for (const [name, value] of Object.entries(dialect.returnQuery(payment))) location.searchParams.set(name, value);
    }
    response.writeHead(303, { location: location.href }).end();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      json(response, 500, { message: error instanceof Error ? error.message : String(error) });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;

  const simulator: Simulator = {
    url,
    deliveries,
    payments,
    webhookFaults: {},
    failNextCall: (fault) => void faults.push(fault),
    act(reference, action) {
      const payment = payments.find((one) => one.reference === reference);
      if (payment === undefined) throw new Error(`There is no payment ${reference}.`);
      move(payment, action);
    },
    release() {
      const waiting = held.toReversed();
      held = [];
      for (const notice of waiting) send(notice);
    },
    async stop() {
      clock.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
  return simulator;
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function html(response: ServerResponse, body: string): void {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part: unknown = chunk;
    if (!Buffer.isBuffer(part)) throw new TypeError("The request is not read as bytes.");
    bytes += part.byteLength;
    if (bytes > LONGEST_BODY_BYTES) throw new RangeError("The request is too long.");
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
