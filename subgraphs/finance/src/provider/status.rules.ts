import type { PaymentStatus, ProviderEvent, RefundFact, RefundStatus } from "./provider.js";

/**
 * What a payment can become. A late `pending`, a failed attempt or an expiry never undoes `paid`; only a refund, a dispute, a
 * chargeback, and the bank's rare reversal of a settlement (Midtrans: settlement, then deny) lower it.
 *
 * ```
 * pending, requires_action, authorized, attempt_failed ─→ paid | failed | cancelled | expired
 * failed, cancelled, expired ─→ paid (a late success, which is money)
 * paid ⇄ disputed ─→ partial_chargeback ─→ chargeback          paid ─→ failed (reversal)
 * paid ─→ partially_refunded ─→ refunded
 * ```
 */
const MOVES: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  pending: ["requires_action", "authorized", "attempt_failed", "failed", "cancelled", "expired", "paid"],
  requires_action: ["authorized", "attempt_failed", "failed", "cancelled", "expired", "paid"],
  attempt_failed: ["requires_action", "authorized", "failed", "cancelled", "expired", "paid"],
  authorized: ["attempt_failed", "failed", "cancelled", "expired", "paid"],
  failed: ["paid"],
  cancelled: ["paid"],
  expired: ["paid"],
  paid: ["failed", "partially_refunded", "refunded", "disputed", "partial_chargeback", "chargeback"],
  partially_refunded: ["refunded", "disputed", "partial_chargeback", "chargeback"],
  refunded: [],
  disputed: ["paid", "partially_refunded", "refunded", "partial_chargeback", "chargeback"],
  partial_chargeback: ["chargeback"],
  chargeback: [],
};

/** Reports of money that a payment may reach although `paid` was never seen: its own delivery is late or lost. */
const PROVES_PAID: ReadonlySet<PaymentStatus> = new Set([
  "partially_refunded",
  "refunded",
  "disputed",
  "partial_chargeback",
  "chargeback",
]);

/** Whether an event in this state may move a payment from one status to another. */
export function mayMove(from: PaymentStatus, to: PaymentStatus): boolean {
  return MOVES[from].includes(to) || (PROVES_PAID.has(to) && MOVES[from].includes("paid"));
}

export interface PaymentState {
  readonly status: PaymentStatus;
  /** What was asked for. */
  readonly amountMinor: bigint;
  /** Keys of the events that were applied. */
  readonly applied: readonly string[];
  /** Refunds by the provider's id. */
  readonly refunds: Readonly<Record<string, RefundFact>>;
}

/** A movement of money to book under its key, once: `in:<payment>`, `refund:<refund>`, `reversal:<payment>`, `chargeback:<payment>`. */
export interface MoneyMovement {
  readonly key: string;
  readonly amountMinor: bigint;
}

/**
 * The state after an event and what is to be booked for it: nothing for a repeated one, and each payment and refund once,
 * however many events tell of it. Whether the event may be believed is decided before.
 */
export function applyEvent(
  state: PaymentState,
  event: ProviderEvent,
): { readonly state: PaymentState; readonly postings: readonly MoneyMovement[] } {
  if (state.applied.includes(event.dedupeKey)) return { state, postings: [] };
  const refunds = event.refund === null ? state.refunds : withRefund(state.refunds, event.refund);
  const wanted = event.kind === "refund" && event.refund !== null ? statusAfterRefunds(state, refunds) : event.status;
  const moves = mayMove(state.status, wanted);
  const postings = [
    ...(moves && !knowsMoney(state.status) && (wanted === "paid" || PROVES_PAID.has(wanted))
      ? [{ key: `in:${event.paymentRef ?? event.orderRef}`, amountMinor: state.amountMinor }]
      : []),
    ...(event.refund?.status === "succeeded" && state.refunds[event.refund.ref]?.status !== "succeeded"
      ? [{ key: `refund:${event.refund.ref}`, amountMinor: event.refund.amountMinor }]
      : []),
    ...(moves && wanted.endsWith("chargeback")
      ? [{ key: `chargeback:${event.dedupeKey}`, amountMinor: event.amountMinor }]
      : []),
    ...(moves && state.status === "paid" && wanted === "failed"
      ? [{ key: `reversal:${event.paymentRef ?? event.orderRef}`, amountMinor: state.amountMinor }]
      : []),
  ];
  const status = moves ? wanted : state.status;
  return { state: { ...state, status, refunds, applied: [...state.applied, event.dedupeKey] }, postings };
}

const REFUND_RANK: Readonly<Record<RefundStatus, number>> = { pending: 0, failed: 1, cancelled: 1, succeeded: 2 };

/** A refund's own state does not go back either. */
function withRefund(refunds: PaymentState["refunds"], refund: RefundFact): PaymentState["refunds"] {
  const known = refunds[refund.ref];
  const newer = known === undefined || REFUND_RANK[refund.status] > REFUND_RANK[known.status];
  return newer ? { ...refunds, [refund.ref]: refund } : refunds;
}

function statusAfterRefunds(state: PaymentState, refunds: PaymentState["refunds"]): PaymentStatus {
  const refundedMinor = Object.values(refunds)
    .filter(({ status }) => status === "succeeded")
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  if (refundedMinor === 0n) return "paid";
  return refundedMinor < state.amountMinor ? "partially_refunded" : "refunded";
}

function knowsMoney(status: PaymentStatus): boolean {
  return status === "paid" || PROVES_PAID.has(status);
}
