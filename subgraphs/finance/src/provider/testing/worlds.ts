import { createServer } from "node:http";
import { randomUUID } from "node:crypto";
import {
  cashfreeDialect,
  midtransDialect,
  razorpayDialect,
  type Simulator,
  startSimulator,
  type VirtualClock,
  virtualClock,
  xenditDialect,
} from "../../../simulators/index.js";
import { createCashfree } from "../cashfree.js";
import { createMidtrans } from "../midtrans.js";
import type { PaymentMethod, PaymentProvider, PaymentRequest, ProviderEvent, ProviderName } from "../provider.js";
import { createRazorpay } from "../razorpay.js";
import { createXendit } from "../xendit.js";

/** A server that receives webhooks and keeps their raw bytes. */
export interface Receiver {
  readonly url: string;
  readonly received: { readonly headers: Record<string, string>; readonly rawBody: Buffer }[];
  /** What it answers; 200 unless told. */
  answerWith: number;
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
      receiver.received.push({ headers: Object.fromEntries(headers), rawBody: Buffer.concat(chunks) });
      response.writeHead(receiver.answerWith).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}`,
    received: [],
    answerWith: 200,
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
  return receiver;
}

export interface ProviderWorld {
  readonly clock: VirtualClock;
  readonly simulator: Simulator;
  readonly receiver: Receiver;
  readonly provider: PaymentProvider;
  /** The same provider with other keys, another address or less patience. */
  readonly variant: (change: { key?: string; url?: string; timeoutMs?: number }) => PaymentProvider;
  /** The receiver's webhooks as the adapter reads them; a refused one is its reason. */
  readonly events: () => (ProviderEvent | string | null)[];
  readonly stop: () => Promise<void>;
}

const KEY = "SB-simulated-key";
const SECRET = "simulated-webhook-secret";

const DIALECTS = {
  midtrans: () => midtransDialect({ serverKey: KEY }),
  xendit: () => xenditDialect({ secretKey: KEY, callbackToken: SECRET }),
  razorpay: () => razorpayDialect({ keyId: "rzp_test_simulated", keySecret: KEY, webhookSecret: SECRET }),
  cashfree: () => cashfreeDialect({ clientId: "simulated", clientSecret: KEY }),
};

type Adapter = (url: string, key: string, timeoutMs: number, now: () => number) => PaymentProvider;
const ADAPTERS: Readonly<Record<ProviderName, Adapter>> = {
  midtrans: (url, serverKey, timeoutMs, now) =>
    createMidtrans({ serverKey, coreUrl: url, snapUrl: `${url}/snap/v1`, timeoutMs, now }),
  xendit: (baseUrl, secretKey, timeoutMs) => createXendit({ secretKey, callbackToken: SECRET, baseUrl, timeoutMs }),
  razorpay: (url, keySecret, timeoutMs, now) =>
    createRazorpay({
      keyId: "rzp_test_simulated",
      keySecret,
      webhookSecret: SECRET,
      baseUrl: `${url}/v1`,
      timeoutMs,
      now,
    }),
  cashfree: (baseUrl, clientSecret, timeoutMs) =>
    createCashfree({ clientId: "simulated", clientSecret, baseUrl, checkoutUrl: `${baseUrl}/pay/`, timeoutMs }),
};

/** A simulator, the adapter that speaks to it and a receiver of its webhooks. */
export async function startWorld(name: ProviderName): Promise<ProviderWorld> {
  const clock = virtualClock(Date.now());
  const receiver = await startReceiver();
  const simulator = await startSimulator(DIALECTS[name](), { webhookUrl: receiver.url, clock });
  const variant: ProviderWorld["variant"] = ({ key = KEY, url = simulator.url, timeoutMs = 5_000 }) =>
    ADAPTERS[name](url, key, timeoutMs, () => clock.now());
  const provider = variant({});
  return {
    clock,
    simulator,
    receiver,
    provider,
    variant,
    events: () =>
      receiver.received.map(({ headers, rawBody }) => {
        const verdict = provider.readWebhook({ headers, rawBody, nowMs: clock.now() });
        return verdict.authentic ? verdict.event : verdict.reason;
      }),
    async stop() {
      await simulator.stop();
      await receiver.stop();
    },
  };
}

/** A request that its provider accepts, open for a day. */
export function buildRequest(
  method: PaymentMethod,
  currency: string,
  change: Partial<PaymentRequest> = {},
): PaymentRequest {
  return {
    orderRef: `INV-${randomUUID().slice(0, 18)}`,
    amountMinor: 150_050n,
    currency,
    method,
    description: "Premium, 30 days",
    customer: { id: "user-0001", name: "Budi", email: "budi@example.com", phone: "+919908734801" },
    returnUrl: "https://merchant.example/return",
    expiresAt: new Date(Date.now() + 24 * 3_600_000),
    ...change,
  };
}
