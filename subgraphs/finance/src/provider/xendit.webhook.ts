import { z } from "zod";
import { minorFromDecimal, optionalText, parseExact, text } from "./json.js";
import {
  isPaid,
  type PaymentStatus,
  type ProviderEvent,
  type RefundStatus,
  type WebhookDelivery,
  type WebhookVerdict,
} from "./provider.js";
import { equalSecrets, headerOf, refusedAtTheDoor } from "./signature.js";

const Invoice = z.object({
  id: text,
  external_id: text,
  status: text,
  amount: text,
  paid_amount: optionalText,
  currency: text.default("IDR"),
  payment_id: optionalText,
});
const Payment = z.object({
  payment_id: text,
  payment_request_id: optionalText,
  status: text,
  reference_id: text,
  request_amount: text,
  currency: text,
  captures: z.array(z.object({ capture_id: text, capture_amount: text })).nullish(),
});
const Refund = z.object({
  id: text,
  payment_id: optionalText,
  invoice_id: optionalText,
  reference_id: text,
  amount: text,
  currency: text,
  status: text,
});
const Dispute = z.object({
  id: text,
  status: text,
  amount: z.object({ initial: text, terminal: optionalText }),
  currency: text.default("IDR"),
  payment_id: text,
  reference_id: text,
});
/** One sample of the documentation nests the data of a refund once more. */
const Enveloped = z.object({ event: text, data: z.record(z.string(), z.unknown()).nullish() });

export const XENDIT_INVOICE_STATUSES: Readonly<Record<string, PaymentStatus>> = {
  PENDING: "pending",
  PAID: "paid",
  SETTLED: "paid",
  EXPIRED: "expired",
};
/** Of a payment request as a whole. A single payment that fails is one attempt. */
export const XENDIT_STATUSES: Readonly<Record<string, PaymentStatus>> = {
  PENDING: "pending",
  ACCEPTING_PAYMENTS: "pending",
  REQUIRES_ACTION: "requires_action",
  AUTHORIZED: "authorized",
  SUCCEEDED: "paid",
  FAILED: "failed",
  CANCELED: "cancelled",
  EXPIRED: "expired",
};
export const XENDIT_REFUND_STATUSES: Readonly<Record<string, RefundStatus>> = {
  PENDING: "pending",
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  CANCELLED: "cancelled",
};
const DISPUTE_STATUSES: Readonly<Record<string, PaymentStatus>> = {
  ACTION_REQUIRED: "disputed",
  UNDER_REVIEW: "disputed",
  LOST: "chargeback",
  WON: "paid",
};

/** Xendit proves itself with a static token: nothing in the body is covered, so every event must be confirmed. */
export function readXenditWebhook(callbackToken: string, delivery: WebhookDelivery): WebhookVerdict {
  const refused = refusedAtTheDoor(callbackToken, delivery);
  if (refused !== undefined) return { authentic: false, reason: refused };
  const token = headerOf(delivery.headers, "x-callback-token");
  if (token === undefined) return { authentic: false, reason: "SIGNATURE_MISSING" };
  if (!equalSecrets(token, callbackToken)) return { authentic: false, reason: "SIGNATURE_MISMATCH" };
  return { authentic: true, event: eventOf(parseExact(Buffer.from(delivery.rawBody).toString("utf8"))) };
}

function eventOf(body: unknown): ProviderEvent | null {
  const enveloped = Enveloped.safeParse(body).data;
  if (enveloped === undefined) return invoiceEvent(body);
  const { event, data } = enveloped;
  if (event.startsWith("dispute.")) return disputeEvent(data ?? body);
  if (event.startsWith("refund.")) return refundEvent(data?.["data"] ?? data);
  return event.startsWith("payment.") ? paymentEvent(event, data) : null;
}

function invoiceEvent(body: unknown): ProviderEvent | null {
  const invoice = Invoice.safeParse(body).data;
  if (invoice === undefined) return null;
  const { id, external_id, status, amount, paid_amount, currency, payment_id } = invoice;
  const paidAmount = paid_amount ?? amount;
  return eventFrom({
    kind: "payment",
    status: XENDIT_INVOICE_STATUSES[status],
    amount: XENDIT_INVOICE_STATUSES[status] === "paid" ? paidAmount : amount,
    currency,
    orderRef: external_id,
    dedupeKey: `${id}:${status}`,
    paymentRef: XENDIT_INVOICE_STATUSES[status] === "paid" ? id : payment_id,
  });
}

function paymentEvent(event: string, data: unknown): ProviderEvent | null {
  const payment = Payment.safeParse(data).data;
  if (payment === undefined) return null;
  const { payment_id, payment_request_id, reference_id, request_amount, currency, captures } = payment;
  const status = XENDIT_STATUSES[payment.status];
  const capture = captures?.at(-1);
  const told = eventFrom({
    kind: "payment",
    status: status === "failed" ? "attempt_failed" : status,
    amount: capture?.capture_amount ?? request_amount,
    currency,
    orderRef: reference_id,
    dedupeKey: [payment_id, event, ...(capture === undefined ? [] : [capture.capture_id])].join(":"),
    paymentRef: payment_id,
  });
  return told && { ...told, claimedProviderRef: payment_request_id };
}

/** A refund that did not come about leaves the payment paid. */
function refundEvent(data: unknown): ProviderEvent | null {
  const refund = Refund.safeParse(data).data;
  const status = refund === undefined ? undefined : XENDIT_REFUND_STATUSES[refund.status];
  if (refund === undefined || status === undefined) return null;
  const event = eventFrom({
    kind: "refund",
    status: status === "succeeded" ? "partially_refunded" : "paid",
    amount: refund.amount,
    currency: refund.currency,
    orderRef: refund.reference_id,
    dedupeKey: `${refund.id}:${refund.status}`,
    paymentRef: refund.payment_id ?? refund.invoice_id,
  });
  return event && { ...event, refund: { ref: refund.id, amountMinor: event.amountMinor, status } };
}

function disputeEvent(body: unknown): ProviderEvent | null {
  const dispute = Dispute.safeParse(body).data;
  if (dispute === undefined) return null;
  return eventFrom({
    kind: "dispute",
    status: DISPUTE_STATUSES[dispute.status],
    amount: dispute.amount.terminal ?? dispute.amount.initial,
    currency: dispute.currency,
    orderRef: dispute.reference_id,
    dedupeKey: `${dispute.id}:${dispute.status}`,
    paymentRef: dispute.payment_id,
  });
}

/** @returns null for a status or an amount that Xendit does not document */
function eventFrom(facts: {
  kind: ProviderEvent["kind"];
  status: PaymentStatus | undefined;
  amount: string;
  currency: string;
  orderRef: string;
  dedupeKey: string;
  paymentRef: string | null;
}): ProviderEvent | null {
  const { status, amount, ...rest } = facts;
  const amountMinor = minorFromDecimal(amount, facts.currency);
  if (status === undefined || amountMinor === undefined) return null;
  const merchantRef = facts.kind === "refund" ? null : facts.orderRef;
  return { ...rest, status, paid: isPaid(status), amountMinor, merchantRef, refund: null, mustConfirm: true };
}
