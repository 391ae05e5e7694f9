import { z } from "zod";
import { minorFromDecimal, optionalText, parseExact, text } from "./json.js";
import {
  isPaid,
  type PaymentSnapshot,
  type PaymentStatus,
  type ProviderEvent,
  type RefundFact,
  type WebhookDelivery,
  type WebhookVerdict,
} from "./provider.js";
import { equalSecrets, refusedAtTheDoor, sha512Hex } from "./signature.js";

const Refund = z.object({ refund_chargeback_id: text, refund_amount: text, refund_key: optionalText });

/** A notification, and equally the answer of GET status. */
export const MidtransTransaction = z.object({
  order_id: text,
  transaction_id: text,
  transaction_status: text,
  status_code: text,
  gross_amount: text,
  currency: text.default("IDR"),
  fraud_status: optionalText,
  refunds: z.array(Refund).nullish(),
});
type Transaction = z.output<typeof MidtransTransaction>;

/** The four texts under the signature, which must be texts: a number has lost the form that was signed. */
const Signed = z.object({
  order_id: z.string().min(1),
  status_code: z.string().regex(/^\d{3}$/),
  gross_amount: z.string().regex(/^\d+\.\d{2}$/),
  signature_key: z.unknown(),
});

const STATUSES: Readonly<Record<string, PaymentStatus>> = {
  pending: "pending",
  authorize: "authorized",
  capture: "paid",
  settlement: "paid",
  deny: "failed",
  failure: "failed",
  cancel: "cancelled",
  expire: "expired",
  partial_refund: "partially_refunded",
  refund: "refunded",
  partial_chargeback: "partial_chargeback",
  chargeback: "chargeback",
};

/**
 * Midtrans signs with a plain SHA-512 over order, status code, amount and server key, without separators: nothing else in
 * the body is covered, so every event must be confirmed with GET status.
 */
export function readMidtransWebhook(serverKey: string, delivery: WebhookDelivery): WebhookVerdict {
  const refused = refusedAtTheDoor(serverKey, delivery);
  if (refused !== undefined) return { authentic: false, reason: refused };
  const rawText = Buffer.from(delivery.rawBody).toString("utf8");
  const signed = Signed.safeParse(parseAsSent(rawText)).data;
  if (signed === undefined) return { authentic: false, reason: "MALFORMED_BODY" };
  const { order_id, status_code, gross_amount, signature_key } = signed;
  if (typeof signature_key !== "string" || signature_key === "")
    return { authentic: false, reason: "SIGNATURE_MISSING" };
  if (!equalSecrets(signature_key, sha512Hex(order_id + status_code + gross_amount + serverKey)))
    return { authentic: false, reason: "SIGNATURE_MISMATCH" };
  const transaction = MidtransTransaction.safeParse(parseExact(rawText)).data;
  return { authentic: true, event: transaction === undefined ? null : eventOf(transaction) };
}

/** What a transaction says. @returns undefined for a status or an amount that Midtrans does not document */
export function midtransSnapshot(transaction: Transaction): PaymentSnapshot | undefined {
  const status = statusOf(transaction);
  const amountMinor = minorFromDecimal(transaction.gross_amount, transaction.currency);
  if (status === undefined || amountMinor === undefined) return undefined;
  const refunds = refundsOf(transaction);
  return { status, amountMinor, currency: transaction.currency, paymentRef: transaction.transaction_id, refunds };
}

/** The refunds of a transaction; `refundKey` picks the one that was asked for under our reference. */
export function refundsOf({ refunds, currency }: Transaction, refundKey?: string): RefundFact[] {
  return (refunds ?? []).flatMap(({ refund_chargeback_id, refund_amount, refund_key }) => {
    const amountMinor = minorFromDecimal(refund_amount, currency);
    if (amountMinor === undefined || (refundKey !== undefined && refund_key !== refundKey)) return [];
    return [{ ref: refund_chargeback_id, amountMinor, status: "succeeded" as const }];
  });
}

function eventOf(transaction: Transaction): ProviderEvent | null {
  const snapshot = midtransSnapshot(transaction);
  if (snapshot === undefined) return null;
  const { status, amountMinor, currency, paymentRef, refunds } = snapshot;
  const kind = status.includes("refund") ? "refund" : status.includes("chargeback") ? "dispute" : "payment";
  const refund = kind === "refund" ? (refunds.at(-1) ?? null) : null;
  const { transaction_id, transaction_status, status_code, order_id } = transaction;
  const key = [transaction_id, transaction_status.toLowerCase(), status_code, ...(refund === null ? [] : [refund.ref])];
  return {
    kind,
    status,
    paid: isPaid(status),
    amountMinor,
    currency,
    orderRef: order_id,
    dedupeKey: key.join(":"),
    paymentRef,
    merchantRef: order_id,
    refund,
    mustConfirm: true,
  };
}

/** Money that came in but waits for a fraud decision is pending. */
function statusOf({ transaction_status, status_code, fraud_status }: Transaction): PaymentStatus | undefined {
  const name = transaction_status.toLowerCase();
  const status = Object.hasOwn(STATUSES, name) ? STATUSES[name] : undefined;
  const accepted = status_code === "200" && (fraud_status ?? "accept").toLowerCase() === "accept";
  return status === "paid" && !accepted ? "pending" : status;
}

function parseAsSent(rawText: string): unknown {
  try {
    return JSON.parse(rawText);
  } catch {
    return undefined;
  }
}
