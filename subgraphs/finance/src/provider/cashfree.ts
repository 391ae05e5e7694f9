import { createHash } from "node:crypto";
import { z } from "zod";
import { CASHFREE_REFUND_STATUSES, CashfreeRefund, readCashfreeWebhook } from "./cashfree.webhook.js";
import { callProvider, DEFAULT_TIMEOUT_MS, outcomeOf, type ProviderAnswer, requireKey } from "./http.js";
import { decimalNumber, minorFromDecimal, text } from "./json.js";
import {
  assertPayable,
  assertRefundable,
  type PaymentMethod,
  type PaymentProvider,
  type PaymentStatus,
  ProviderError,
  type RefundFact,
  type StatusAnswer,
} from "./provider.js";

/** `checkoutUrl` is where the session's hosted page is, with the session's id behind it. */
const HOSTS = {
  sandbox: { baseUrl: "https://sandbox.cashfree.com/pg", checkoutUrl: "https://payments-test.cashfree.com/order/#" },
  production: { baseUrl: "https://api.cashfree.com/pg", checkoutUrl: "https://payments.cashfree.com/order/#" },
} as const;

export interface CashfreeConfig {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Default: the sandbox. */
  readonly environment?: keyof typeof HOSTS;
  /** In place of the environment's, for a simulator. */
  readonly baseUrl?: string;
  readonly checkoutUrl?: string;
  readonly timeoutMs?: number;
}

const METHODS: Partial<Record<PaymentMethod, string>> = {
  CARD: "cc,dc",
  UPI: "upi",
  NET_BANKING: "nb",
  WALLET: "app",
};
const ORDER_STATUSES: Readonly<Record<string, PaymentStatus>> = {
  ACTIVE: "requires_action",
  TERMINATION_REQUESTED: "requires_action",
  PAID: "paid",
  EXPIRED: "expired",
  TERMINATED: "cancelled",
};

const Order = z.object({
  order_id: text,
  order_amount: text,
  order_currency: text,
  order_status: text,
  payment_session_id: text,
});
const Payments = z.array(z.object({ cf_payment_id: text, payment_status: text }));
const Failure = z.object({ code: text, message: text.default("") });

/** Cashfree orders, paid on the hosted page of their session. Rupees with two decimals. */
export function createCashfree(config: CashfreeConfig): PaymentProvider {
  const { clientId, clientSecret } = config;
  const hosts = HOSTS[config.environment ?? "sandbox"];
  const { baseUrl = hosts.baseUrl, checkoutUrl = hosts.checkoutUrl } = config;

  async function call(method: "GET" | "POST", path: string, body?: object, key?: string): Promise<ProviderAnswer> {
    requireKey("cashfree", clientId, clientSecret);
    return callProvider({
      provider: "cashfree",
      method,
      url: `${baseUrl}${path}`,
      headers: {
        "x-client-id": clientId,
        "x-client-secret": clientSecret,
        "x-api-version": "2025-01-01",
        ...(key === undefined ? {} : { "x-idempotency-key": uuidOf(key) }),
      },
      body,
      timeoutMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    });
  }

  /** Cashfree gives a second payment of one order back by itself: that one does not lower the order's own. */
  async function paidOrder(order: z.output<typeof Order>, amountMinor: bigint): Promise<StatusAnswer> {
    const path = `/orders/${encodeURIComponent(order.order_id)}`;
    const payments = Payments.safeParse((await call("GET", `${path}/payments`)).body).data;
    const refundObjects = z.array(CashfreeRefund).safeParse((await call("GET", `${path}/refunds`)).body).data;
    if (payments === undefined || refundObjects === undefined) throw unreadable();
    const own = refundObjects.filter(
      ({ refund_type }) => (refund_type ?? "MERCHANT_INITIATED") === "MERCHANT_INITIATED",
    );
    const refunds = own.map((refund) => refundFact(refund) ?? raise(unreadable()));
    const refundedMinor = refunds
      .filter(({ status }) => status === "succeeded")
      .reduce((sum, refund) => sum + refund.amountMinor, 0n);
    const status = refundedMinor === 0n ? "paid" : refundedMinor < amountMinor ? "partially_refunded" : "refunded";
    const paymentRef = payments.find(({ payment_status }) => payment_status === "SUCCESS")?.cf_payment_id ?? null;
    return { outcome: "FOUND", snapshot: { status, amountMinor, currency: order.order_currency, paymentRef, refunds } };
  }

  return {
    name: "cashfree",

    async createPayment(request) {
      assertPayable("cashfree", request);
      if (request.amountMinor < 100n)
        throw new ProviderError("cashfree", "REFUSED", "the amount must be at least INR 1");
      const { id, name, email, phone } = request.customer;
      const body = {
        order_id: request.orderRef,
        order_amount: decimalNumber(request.amountMinor, request.currency),
        order_currency: request.currency,
        customer_details: {
          customer_id: id,
          customer_name: name,
          customer_email: email,
          customer_phone: phone.replaceAll(/\D/g, "").slice(-10),
        },
        order_meta: { return_url: request.returnUrl, payment_methods: METHODS[request.method] },
        order_expiry_time: indianTime(request.expiresAt.getTime()),
        order_note: request.description.padEnd(3, ".").slice(0, 200),
      };
      const answer = await call("POST", "/orders", body, request.orderRef);
      const order = Order.safeParse(answer.body).data;
      if (answer.httpStatus !== 200 || order === undefined) throw failure(answer);
      return {
        providerRef: order.order_id,
        status: "requires_action",
        paymentUrl: `${checkoutUrl}${order.payment_session_id}`,
        qrString: null,
        vaNumber: null,
        billerCode: null,
      };
    },

    async queryStatus({ orderRef }): Promise<StatusAnswer> {
      const answer = await call("GET", `/orders/${encodeURIComponent(orderRef)}`);
      if (answer.httpStatus === 404) return { outcome: "ABSENT" };
      const order = Order.safeParse(answer.body).data;
      const status = order === undefined ? undefined : ORDER_STATUSES[order.order_status];
      const amountMinor = order === undefined ? undefined : minorFromDecimal(order.order_amount, order.order_currency);
      if (answer.httpStatus !== 200 || order === undefined || status === undefined || amountMinor === undefined)
        throw unreadable();
      if (status === "paid") return paidOrder(order, amountMinor);
      const facts = { status, amountMinor, currency: order.order_currency };
      return { outcome: "FOUND", snapshot: { ...facts, paymentRef: null, refunds: [] } };
    },

    async refund(request): Promise<RefundFact> {
      assertRefundable("cashfree", request);
      const { orderRef, refundRef, amountMinor, currency, reason } = request;
      const path = `/orders/${encodeURIComponent(orderRef)}/refunds`;
      const amount = decimalNumber(amountMinor, currency);
      const note = reason.padEnd(3, ".").slice(0, 100);
      const body = { refund_amount: amount, refund_id: refundRef, refund_note: note, refund_speed: "STANDARD" };
      let answer = await call("POST", path, body, refundRef);
      // A used reference is our own earlier try, whose answer was lost.
      if (answer.httpStatus === 409) answer = await call("GET", `${path}/${refundRef}`);
      const refunded = CashfreeRefund.safeParse(answer.body).data;
      const fact = refunded && refundFact(refunded);
      if (answer.httpStatus !== 200 || fact === undefined) throw failure(answer);
      return fact;
    },

    readWebhook: (delivery) => readCashfreeWebhook(clientSecret, delivery),
  };
}

function refundFact(refund: z.output<typeof CashfreeRefund>): RefundFact | undefined {
  const amountMinor = minorFromDecimal(refund.refund_amount, refund.refund_currency);
  const status = CASHFREE_REFUND_STATUSES[refund.refund_status];
  return amountMinor === undefined || status === undefined
    ? undefined
    : { ref: refund.cf_refund_id, amountMinor, status };
}

function raise(error: Error): never {
  throw error;
}

function unreadable(): ProviderError {
  return new ProviderError("cashfree", "UNKNOWN", "the status cannot be read");
}

function failure({ httpStatus, body }: ProviderAnswer): ProviderError {
  const { code, message } = Failure.safeParse(body).data ?? { code: "", message: "" };
  return new ProviderError("cashfree", outcomeOf(httpStatus), `answered ${httpStatus} ${code} ${message}`.trimEnd());
}

/** The same UUID for the same reference, as the idempotency key must be one. */
function uuidOf(reference: string): string {
  const hex = createHash("sha256").update(reference).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** `2026-03-03T10:15:00+05:30`. */
function indianTime(epochMs: number): string {
  return `${new Date(epochMs + 5.5 * 3_600_000).toISOString().slice(0, 19)}+05:30`;
}
