import type { PaymentStatus } from "@lentera/prisma/finance";
import type {
  PaymentSnapshot,
  PaymentStatus as ProviderStatus,
  ProviderEvent,
  RefundFact,
} from "../provider/provider.js";

/**
 * What becomes of a payment. Money that comes late is money: it undoes a failure, an expiry and a cancellation, and none of
 * them undoes it.
 *
 * ```
 * PENDING ─→ PROCESSING ─→ SUCCEEDED ─→ PARTIALLY_REFUNDED ─→ REFUNDED
 *    └──────────┴─→ FAILED | EXPIRED | CANCELLED ─→ SUCCEEDED ─→ FAILED (the bank's reversal)
 * ```
 */
const MOVES: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  PENDING: ["PROCESSING", "SUCCEEDED", "FAILED", "EXPIRED", "CANCELLED"],
  PROCESSING: ["SUCCEEDED", "FAILED", "EXPIRED", "CANCELLED"],
  FAILED: ["SUCCEEDED"],
  EXPIRED: ["SUCCEEDED"],
  CANCELLED: ["SUCCEEDED"],
  SUCCEEDED: ["PARTIALLY_REFUNDED", "REFUNDED", "FAILED"],
  PARTIALLY_REFUNDED: ["PARTIALLY_REFUNDED", "REFUNDED"],
  REFUNDED: [],
};

export function mayBecome(from: PaymentStatus, to: PaymentStatus): boolean {
  return MOVES[from].includes(to);
}

/** Whether the payer can still pay, or something is under way. */
export function isOpen(status: PaymentStatus): boolean {
  return status === "PENDING" || status === "PROCESSING";
}

/** Whether there is money that can be given back. */
export function isRefundable(status: PaymentStatus): boolean {
  return status === "SUCCEEDED" || status === "PARTIALLY_REFUNDED";
}

/** What a provider's view makes of an open payment; undefined where it says nothing new. */
export function statusFrom(status: ProviderStatus): PaymentStatus | undefined {
  switch (status) {
    case "authorized":
      return "PROCESSING";
    case "failed":
      return "FAILED";
    case "cancelled":
      return "CANCELLED";
    case "expired":
      return "EXPIRED";
    default:
      return undefined;
  }
}

/** The state after `refundedMinor` of `amountMinor` has gone back. */
export function statusAfterRefund(refundedMinor: bigint, amountMinor: bigint): PaymentStatus {
  return refundedMinor < amountMinor ? "PARTIALLY_REFUNDED" : "REFUNDED";
}

export type AmountVerdict = "RIGHT" | "UNDERPAID" | "OVERPAID" | "WRONG_CURRENCY";

/** Whether what a provider took is what was asked for. */
export function judgeAmount(
  asked: { readonly totalMinor: bigint; readonly currency: string },
  got: { readonly amountMinor: bigint; readonly currency: string },
): AmountVerdict {
  if (asked.currency !== got.currency) return "WRONG_CURRENCY";
  if (got.amountMinor === asked.totalMinor) return "RIGHT";
  return got.amountMinor < asked.totalMinor ? "UNDERPAID" : "OVERPAID";
}

const TOLD_BY_REFUNDS: ReadonlySet<ProviderStatus> = new Set(["partially_refunded", "refunded"]);
const DISPUTES: ReadonlySet<ProviderStatus> = new Set(["disputed", "partial_chargeback", "chargeback"]);

/** A provider's answer to our question as the events that would have told the same. */
export function eventsOf(snapshot: PaymentSnapshot, orderRef: string): ProviderEvent[] {
  const { status, amountMinor, currency, paymentRef, refunds } = snapshot;
  const base = { amountMinor, currency, orderRef, paymentRef, merchantRef: orderRef, mustConfirm: false };
  const told = TOLD_BY_REFUNDS.has(status) || DISPUTES.has(status) ? "paid" : status;
  const key = (name: string): string => `asked:${orderRef}:${name}`;
  return [
    { ...base, kind: "payment", status: told, paid: told === "paid", dedupeKey: key(told), refund: null },
    ...refunds.map((refund: RefundFact): ProviderEvent => {
      const dedupeKey = key(`refund:${refund.ref}:${refund.status}`);
      return { ...base, kind: "refund", status: "partially_refunded", paid: true, dedupeKey, refund };
    }),
    ...(DISPUTES.has(status)
      ? [{ ...base, kind: "dispute" as const, status, paid: false, dedupeKey: key(status), refund: null }]
      : []),
  ];
}
