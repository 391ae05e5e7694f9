import { z } from "zod";
import {
  basicAuthorization,
  callProvider,
  DEFAULT_TIMEOUT_MS,
  outcomeOf,
  type ProviderAnswer,
  requireKey,
} from "./http.js";
import { minorFromInteger, text } from "./json.js";
import {
  assertPayable,
  assertRefundable,
  type PaymentProvider,
  ProviderError,
  type RefundFact,
  type StatusAnswer,
} from "./provider.js";
import {
  RAZORPAY_LINK_STATUSES,
  RAZORPAY_PAYMENT_STATUSES,
  RAZORPAY_REFUND_STATUSES,
  readRazorpayWebhook,
} from "./razorpay.webhook.js";

/** One host for both modes: the key decides. */
const RAZORPAY_URL = "https://api.razorpay.com/v1";
/** A payment link must be open for 15 minutes at least. */
const SHORTEST_LINK_SECONDS = 16 * 60;

export interface RazorpayConfig {
  readonly keyId: string;
  readonly keySecret: string;
  readonly webhookSecret: string;
  /** For a day after a change of the webhook secret. */
  readonly previousWebhookSecret?: string;
  readonly baseUrl?: string;
  readonly timeoutMs?: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

const Link = z.object({
  id: text,
  amount: text,
  currency: text,
  status: text,
  short_url: text,
  payments: z
    .array(z.object({ payment_id: text, status: text }))
    .nullish()
    .catch(null),
});
const Payment = z.object({ status: text, amount_refunded: text });
const Refunds = z.object({ items: z.array(z.object({ id: text, amount: text, status: text })) });
const Refund = z.object({ id: text, amount: text, status: text });
const Failure = z.object({ error: z.object({ code: text, description: text.default("") }) });

/**
 * Razorpay by payment links: a hosted page where the payer chooses among all methods, and whose reference Razorpay accepts
 * only once. Integers in paise throughout.
 */
export function createRazorpay(config: RazorpayConfig): PaymentProvider {
  const { keyId, keySecret, webhookSecret, previousWebhookSecret = "" } = config;
  const baseUrl = config.baseUrl ?? RAZORPAY_URL;
  const now = config.now ?? Date.now;

  async function call(method: "GET" | "POST", path: string, body?: object, extra?: Record<string, string>) {
    requireKey("razorpay", keyId, keySecret);
    return callProvider({
      provider: "razorpay",
      method,
      url: `${baseUrl}${path}`,
      headers: { authorization: basicAuthorization(keyId, keySecret), ...extra },
      body,
      timeoutMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    });
  }

  async function findLink(orderRef: string, linkId: string | null): Promise<z.output<typeof Link> | undefined> {
    if (linkId !== null) {
      const answer = await call("GET", `/payment_links/${encodeURIComponent(linkId)}`);
      const link = Link.safeParse(answer.body).data;
      if (answer.httpStatus === 200 && link !== undefined) return link;
      throw unreadable();
    }
    const answer = await call("GET", `/payment_links?reference_id=${encodeURIComponent(orderRef)}`);
    const found = z.object({ payment_links: z.array(Link) }).safeParse(answer.body).data;
    if (answer.httpStatus !== 200 || found === undefined) throw unreadable();
    return found.payment_links[0];
  }

  async function refundsOf(paymentId: string): Promise<RefundFact[]> {
    const answer = await call("GET", `/payments/${encodeURIComponent(paymentId)}/refunds?count=100`);
    const found = Refunds.safeParse(answer.body).data;
    if (answer.httpStatus !== 200 || found === undefined) throw unreadable();
    return found.items.map(({ id, amount, status }) => refundFact(id, amount, status) ?? raise(unreadable()));
  }

  return {
    name: "razorpay",

    async createPayment(request) {
      assertPayable("razorpay", request);
      if (request.amountMinor < 100n)
        throw new ProviderError("razorpay", "REFUSED", "the amount must be at least INR 1");
      const { name, email, phone } = request.customer;
      const earliest = Math.ceil(now() / 1000) + SHORTEST_LINK_SECONDS;
      const answer = await call("POST", "/payment_links", {
        amount: Number(request.amountMinor),
        currency: request.currency,
        accept_partial: false,
        expire_by: Math.max(earliest, Math.ceil(request.expiresAt.getTime() / 1000)),
        reference_id: request.orderRef,
        description: request.description,
        customer: { name, contact: phone, email },
        notify: { sms: false, email: false },
        reminder_enable: false,
        notes: { order_ref: request.orderRef },
        callback_url: request.returnUrl,
        callback_method: "get",
      });
      const link = Link.safeParse(answer.body).data;
      if (answer.httpStatus !== 200 || link === undefined) throw failure(answer);
      return {
        providerRef: link.id,
        status: "requires_action",
        paymentUrl: link.short_url,
        qrString: null,
        vaNumber: null,
        billerCode: null,
      };
    },

    async queryStatus({ orderRef, providerRef }): Promise<StatusAnswer> {
      const link = await findLink(orderRef, providerRef);
      if (link === undefined) return { outcome: "ABSENT" };
      const amountMinor = minorFromInteger(link.amount);
      const linkStatus = RAZORPAY_LINK_STATUSES[link.status];
      if (amountMinor === undefined || linkStatus === undefined) throw unreadable();
      const paymentRef = link.payments?.find(({ status }) => status === "captured")?.payment_id ?? null;
      const facts = { amountMinor, currency: link.currency, paymentRef };
      // The link stays `paid` after a refund: the payment itself knows better.
      if (paymentRef === null) return { outcome: "FOUND", snapshot: { ...facts, status: linkStatus, refunds: [] } };
      const payment = Payment.safeParse((await call("GET", `/payments/${paymentRef}`)).body).data;
      const known = RAZORPAY_PAYMENT_STATUSES[payment?.status ?? ""];
      if (payment === undefined || known === undefined) throw unreadable();
      const status = known === "paid" && payment.amount_refunded !== "0" ? "partially_refunded" : known;
      const refunds = payment.amount_refunded === "0" ? [] : await refundsOf(paymentRef);
      return { outcome: "FOUND", snapshot: { ...facts, status, refunds } };
    },

    async refund(request): Promise<RefundFact> {
      assertRefundable("razorpay", request);
      const { paymentRef, refundRef, amountMinor, reason } = request;
      const body = { amount: Number(amountMinor), speed: "normal", receipt: refundRef, notes: { reason } };
      const answer = await call("POST", `/payments/${encodeURIComponent(paymentRef)}/refund`, body, {
        "x-refund-idempotency": refundRef,
      });
      const refunded = Refund.safeParse(answer.body).data;
      const fact = refunded && refundFact(refunded.id, refunded.amount, refunded.status);
      if (answer.httpStatus !== 200 || fact === undefined) throw failure(answer);
      return fact;
    },

    readWebhook: (delivery) => readRazorpayWebhook([webhookSecret, previousWebhookSecret], delivery),
  };
}

function refundFact(ref: string, amount: string, status: string): RefundFact | undefined {
  const [amountMinor, known] = [minorFromInteger(amount), RAZORPAY_REFUND_STATUSES[status]];
  return amountMinor === undefined || known === undefined ? undefined : { ref, amountMinor, status: known };
}

function raise(error: Error): never {
  throw error;
}

function unreadable(): ProviderError {
  return new ProviderError("razorpay", "UNKNOWN", "the status cannot be read");
}

function failure({ httpStatus, body }: ProviderAnswer): ProviderError {
  const { code, description } = Failure.safeParse(body).data?.error ?? { code: "", description: "" };
  // A used reference may be our own earlier try.
  const outcome = description.includes("already attempted") ? "UNKNOWN" : outcomeOf(httpStatus);
  return new ProviderError("razorpay", outcome, `answered ${httpStatus} ${code} ${description}`.trimEnd());
}
