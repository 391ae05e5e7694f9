import { z } from "zod";
import { minorFromDecimal, parseExact, text } from "./json.js";
import {
  isPaid,
  type PaymentStatus,
  type ProviderEvent,
  type RefundStatus,
  type WebhookDelivery,
  type WebhookVerdict,
} from "./provider.js";
import { equalSecrets, headerOf, hmacSha256, refusedAtTheDoor } from "./signature.js";

/** Cashfree retries for half an hour by default and documents no tolerance: a day is beyond every schedule. */
const OLDEST_MS = 24 * 3_600_000;

const PaymentData = z.object({
  order: z.object({ order_id: text, order_amount: text, order_currency: text }),
  payment: z.object({ cf_payment_id: text, payment_status: text, payment_amount: text, payment_currency: text }),
});
export const CashfreeRefund = z.object({
  cf_refund_id: text,
  cf_payment_id: text,
  order_id: text,
  refund_amount: text,
  refund_currency: text,
  refund_status: text,
  refund_type: text.optional(),
});
const DisputeData = z.object({
  dispute: z.object({
    dispute_id: text,
    dispute_status: text,
    dispute_amount: text,
    dispute_amount_currency: text.default("INR"),
  }),
  order_details: z.object({ order_id: text, order_amount: text.nullish(), cf_payment_id: text.nullish() }),
});
const Event = z.object({ type: text, data: z.record(z.string(), z.unknown()) });

const STATUSES: Readonly<Record<string, PaymentStatus>> = {
  SUCCESS: "paid",
  PENDING: "pending",
  NOT_ATTEMPTED: "pending",
  FLAGGED: "pending",
  FAILED: "attempt_failed",
  USER_DROPPED: "attempt_failed",
  VOID: "attempt_failed",
  CANCELLED: "attempt_failed",
};
export const CASHFREE_REFUND_STATUSES: Readonly<Record<string, RefundStatus>> = {
  SUCCESS: "succeeded",
  PENDING: "pending",
  ONHOLD: "pending",
  CANCELLED: "cancelled",
  FAILED: "failed",
};

/** Cashfree signs its timestamp and the raw body, one directly after the other. */
export function readCashfreeWebhook(clientSecret: string, delivery: WebhookDelivery): WebhookVerdict {
  const refused = refusedAtTheDoor(clientSecret, delivery);
  if (refused !== undefined) return { authentic: false, reason: refused };
  const signature = headerOf(delivery.headers, "x-webhook-signature");
  const timestamp = headerOf(delivery.headers, "x-webhook-timestamp");
  if (signature === undefined) return { authentic: false, reason: "SIGNATURE_MISSING" };
  if (timestamp === undefined || !/^\d{10,13}$/.test(timestamp))
    return { authentic: false, reason: "TIMESTAMP_MISSING" };
  if (!equalSecrets(signature, hmacSha256(clientSecret, "base64", timestamp, delivery.rawBody)))
    return { authentic: false, reason: "SIGNATURE_MISMATCH" };
  const sentMs = timestamp.length === 10 ? Number(timestamp) * 1000 : Number(timestamp);
  if (delivery.nowMs !== null && delivery.nowMs - sentMs > OLDEST_MS) return { authentic: false, reason: "TOO_OLD" };
  const body = Event.safeParse(parseExact(Buffer.from(delivery.rawBody).toString("utf8"))).data;
  return { authentic: true, event: body === undefined ? null : eventOf(body, delivery.headers) };
}

function eventOf({ type, data }: z.output<typeof Event>, headers: WebhookDelivery["headers"]): ProviderEvent | null {
  const event = paymentEvent(type, data) ?? refundEvent(type, data) ?? disputeEvent(type, data);
  // Newer versions of the webhook name their own key, under two names in the documentation.
  const key = headerOf(headers, "x-idempotency-key") ?? headerOf(headers, "x-idempotency-header");
  return event === null || key === undefined ? event : { ...event, dedupeKey: key };
}

/**
 * The amount is the order's, as an offer can lower what the payer pays for it; then the order itself must confirm it.
 * @returns null for what is no payment, or has a status or amount that Cashfree does not document
 */
function paymentEvent(type: string, data: unknown): ProviderEvent | null {
  const facts = PaymentData.safeParse(data).data;
  if (facts === undefined) return null;
  const { order, payment } = facts;
  const status = STATUSES[payment.payment_status];
  const amountMinor = minorFromDecimal(order.order_amount, order.order_currency);
  if (status === undefined || amountMinor === undefined) return null;
  return {
    kind: "payment",
    status,
    paid: isPaid(status),
    amountMinor,
    currency: order.order_currency,
    orderRef: order.order_id,
    dedupeKey: `${type}:${payment.cf_payment_id}:${payment.payment_status}`,
    paymentRef: payment.cf_payment_id,
    merchantRef: order.order_id,
    refund: null,
    mustConfirm: minorFromDecimal(payment.payment_amount, payment.payment_currency) !== amountMinor,
  };
}

/**
 * An automatic refund gives back a second payment of one order, which leaves the order paid; so does a refund that did
 * not come about.
 */
function refundEvent(type: string, data: Record<string, unknown>): ProviderEvent | null {
  const facts = CashfreeRefund.safeParse(data["refund"] ?? data["auto_refund"]).data;
  if (facts === undefined) return null;
  const status = CASHFREE_REFUND_STATUSES[facts.refund_status];
  const amountMinor = minorFromDecimal(facts.refund_amount, facts.refund_currency);
  if (status === undefined || amountMinor === undefined) return null;
  const lowers = status === "succeeded" && type !== "AUTO_REFUND_STATUS_WEBHOOK";
  return {
    kind: "refund",
    status: lowers ? "partially_refunded" : "paid",
    paid: true,
    amountMinor,
    currency: facts.refund_currency,
    orderRef: facts.order_id,
    dedupeKey: `${type}:${facts.cf_refund_id}:${facts.refund_status}`,
    paymentRef: facts.cf_payment_id,
    merchantRef: facts.order_id,
    refund: { ref: facts.cf_refund_id, amountMinor, status },
    mustConfirm: false,
  };
}

function disputeEvent(type: string, data: unknown): ProviderEvent | null {
  const facts = DisputeData.safeParse(data).data;
  if (facts === undefined) return null;
  const { dispute, order_details: order } = facts;
  const currency = dispute.dispute_amount_currency;
  const amountMinor = minorFromDecimal(dispute.dispute_amount, currency);
  if (amountMinor === undefined) return null;
  const total = minorFromDecimal(order.order_amount ?? "", currency) ?? amountMinor;
  const lost = /_MERCHANT_(?:LOST|ACCEPTED)$/.test(dispute.dispute_status);
  const won = dispute.dispute_status.endsWith("_MERCHANT_WON");
  const status = lost ? (amountMinor < total ? "partial_chargeback" : "chargeback") : won ? "paid" : "disputed";
  return {
    kind: "dispute",
    status,
    paid: isPaid(status),
    amountMinor,
    currency,
    orderRef: order.order_id,
    dedupeKey: `${type}:${dispute.dispute_id}:${dispute.dispute_status}`,
    paymentRef: order.cf_payment_id ?? null,
    merchantRef: order.order_id,
    refund: null,
    mustConfirm: false,
  };
}
