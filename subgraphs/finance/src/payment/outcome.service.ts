import { isCurrency } from "@lentera/kit";
import type { Dispute, PaymentAttempt } from "@lentera/prisma/finance";
import type { FinanceContext, Transaction } from "../context.js";
import { findOpenDispute, insertDispute, updateDispute } from "../dispute/dispute.store.js";
import { raiseException } from "../payment-exception/payment-exception.store.js";
import type { PaymentStatus as ProviderStatus, ProviderEvent, RefundFact } from "../provider/provider.js";
import { type MoneyMovement, applyEvent } from "../provider/status.rules.js";
import {
  type Locked,
  acceptForeignRefund,
  bookingOf,
  destinationOf,
  lowerPayment,
  settleRefund,
  startRefund,
} from "../refund/refund.outcome.js";
import { refundToldBy } from "../refund/refund.rules.js";
import { findRefundsOfAttempt } from "../refund/refund.store.js";
import { tellDispute, tellFailure, tellSuccess } from "./payment.event.js";
import { bookForced, bookMove, bookPaid, clearing, suspense } from "./payment.ledger.js";
import { isOpen, judgeAmount, mayBecome, statusFrom } from "./payment.rules.js";
import * as store from "./payment.store.js";

/**
 * What a provider has told, and we believe, becomes of an attempt and its payment: the only way in which a provider changes
 * anything. Repeated, reordered and late events change nothing that they should not (status.rules.ts). All in the caller's
 * transaction, with its bookings and the events that tell the others.
 * @returns a word for the log
 */
export async function applyToAttempt(
  ctx: FinanceContext,
  tx: Transaction,
  attemptId: string,
  event: ProviderEvent,
): Promise<string> {
  const locked = await lockAttempt(tx, attemptId);
  if (locked === null) return "UNKNOWN_ORDER";
  const { attempt, payment } = locked;
  if (attempt.appliedEvents.includes(event.dedupeKey)) return "REPEATED";
  if (event.kind === "refund" && event.refund !== null) return applyRefund(ctx, tx, locked, event, event.refund);
  if (event.kind === "payment" && event.paid && attempt.receivedMinor === null) {
    const asked = { totalMinor: payment.amountMinor + payment.feeMinor, currency: payment.currency };
    const verdict = judgeAmount(asked, event);
    if (verdict !== "RIGHT") return takeWrongAmount(ctx, tx, locked, event, verdict);
  }
  // A plain "paid" about money that we have says nothing, not even that a dispute is over.
  const isOldNews = event.kind === "payment" && event.status === "paid" && attempt.receivedMinor !== null;
  const before = statusOf(attempt);
  const { state, postings } = applyEvent(
    {
      status: before,
      amountMinor: payment.amountMinor + payment.feeMinor,
      applied: attempt.appliedEvents,
      refunds: {},
    },
    isOldNews ? { ...event, status: before } : event,
  );
  await store.updateAttempt(tx, attempt.id, {
    providerStatus: state.status,
    appliedEvents: [...state.applied],
    ...(event.paymentRef !== null && { paymentRef: event.paymentRef }),
    ...(attempt.state !== "LIVE" && attempt.state !== "DEAD" && { state: "LIVE" }),
  });
  for (const posting of postings) await book(ctx, tx, attempt.id, posting);
  if (event.kind === "dispute") await applyDispute(ctx, tx, attempt.id, event);
  await endOpenPayment(tx, attempt.id, state.status);
  return state.status === before ? "UNCHANGED" : state.status.toUpperCase();
}

async function lockAttempt(tx: Transaction, attemptId: string): Promise<Locked | null> {
  const found = await store.findAttempt(tx, attemptId);
  const payment = found === null ? null : await store.lockPayment(tx, found.paymentId);
  // Read again: it may have changed while we waited for the lock.
  const attempt = await store.findAttempt(tx, attemptId);
  const provider = attempt === null ? undefined : store.providerNamed(attempt.provider);
  return payment === null || attempt === null || provider === undefined ? null : { payment, attempt, provider };
}

const PROVIDER_STATUSES: readonly ProviderStatus[] = [
  "pending",
  "requires_action",
  "authorized",
  "attempt_failed",
  "paid",
  "failed",
  "cancelled",
  "expired",
  "partially_refunded",
  "refunded",
  "disputed",
  "partial_chargeback",
  "chargeback",
];

function statusOf({ providerStatus }: PaymentAttempt): ProviderStatus {
  return PROVIDER_STATUSES.find((status) => status === providerStatus) ?? "pending";
}

async function book(ctx: FinanceContext, tx: Transaction, attemptId: string, posting: MoneyMovement): Promise<void> {
  const locked = await lockAttempt(tx, attemptId);
  if (locked === null) return;
  const kind = posting.key.split(":", 1)[0];
  const transferId =
    kind === "in" ? await takeMoney(ctx, tx, locked) : await giveUpMoney(ctx, tx, locked, posting, kind === "reversal");
  await store.insertMovement(tx, { attemptId, ...posting, transferId });
}

/** Money has come: the thing is paid, or, where something else has paid it before, the money goes back. */
async function takeMoney(ctx: FinanceContext, tx: Transaction, { payment, attempt, provider }: Locked) {
  const at = ctx.now();
  const { id, amountMinor, feeMinor, currency, description } = payment;
  const totalMinor = amountMinor + feeMinor;
  const booking = { key: `payment.in:${attempt.id}`, kind: "PAYMENT", currency, description, at } as const;
  const isSurplus =
    payment.settledAttemptId !== null || (payment.isSingle && (await store.isPaidElsewhere(tx, payment)));
  const received = await store.updateAttempt(tx, attempt.id, { receivedMinor: totalMinor, isSurplus });
  if (isSurplus) {
    const transferId = await bookMove(tx, booking, clearing(provider, currency), suspense(currency), totalMinor);
    const reason = "Paid twice";
    const wanted = { amountMinor: totalMinor, reason, requestedById: null };
    await startRefund(ctx, tx, { payment, attempt: received, provider }, wanted);
    return transferId;
  }
  const money = { provider, amountMinor, feeMinor, destination: destinationOf(payment) };
  const transferId = await bookPaid(tx, booking, money);
  const settled = { status: "SUCCEEDED", paidAt: at, settledAttemptId: attempt.id } as const;
  await tellSuccess(tx, await store.updatePayment(tx, id, settled), at);
  return transferId;
}

/** The bank has taken money back: a lost dispute, or the rare reversal of a settlement. */
async function giveUpMoney(
  ctx: FinanceContext,
  tx: Transaction,
  { payment, attempt, provider }: Locked,
  { key, amountMinor }: MoneyMovement,
  isReversal: boolean,
): Promise<string> {
  const { currency } = payment;
  const from = attempt.isSurplus ? suspense(currency) : destinationOf(payment);
  const what = isReversal ? "Reversed by the bank" : "Chargeback";
  const booking = { ...bookingOf(ctx, payment, `payment.${key}:${attempt.id}`, what), kind: "CHARGEBACK" } as const;
  const transferId = await bookForced(tx, booking, from, clearing(provider, currency), amountMinor);
  if (attempt.isSurplus) return transferId;
  if (!isReversal) await lowerPayment(tx, payment, amountMinor, "CHARGEBACK");
  else if (mayBecome(payment.status, "FAILED"))
    await tellFailure(
      tx,
      await store.updatePayment(tx, payment.id, { status: "FAILED", settledAttemptId: null }),
      "REVERSED",
    );
  return transferId;
}

async function takeWrongAmount(
  ctx: FinanceContext,
  tx: Transaction,
  { payment, attempt, provider }: Locked,
  event: ProviderEvent,
  kind: "UNDERPAID" | "OVERPAID" | "WRONG_CURRENCY",
): Promise<string> {
  const { amountMinor, currency, paymentRef } = event;
  const applied = { appliedEvents: [...attempt.appliedEvents, event.dedupeKey] };
  await store.updateAttempt(tx, attempt.id, {
    ...applied,
    providerStatus: "paid",
    receivedMinor: amountMinor,
    isSurplus: true,
    ...(paymentRef !== null && { paymentRef }),
    ...(attempt.state !== "LIVE" && { state: "LIVE" }),
  });
  if (isCurrency(currency)) {
    const description = `${kind}: ${payment.description}`;
    const about = { key: `payment.in:${attempt.id}`, kind: "PAYMENT", currency, description, at: ctx.now() } as const;
    const transferId = await bookMove(tx, about, clearing(provider, currency), suspense(currency), amountMinor);
    const key = `in:${paymentRef ?? event.orderRef}`;
    await store.insertMovement(tx, { attemptId: attempt.id, key, amountMinor, transferId });
  }
  if (mayBecome(payment.status, "PROCESSING")) await store.updatePayment(tx, payment.id, { status: "PROCESSING" });
  await raiseException(tx, {
    kind,
    provider,
    subject: attempt.id,
    paymentId: payment.id,
    attemptId: attempt.id,
    details: {
      askedMinor: String(payment.amountMinor + payment.feeMinor),
      askedCurrency: payment.currency,
      receivedMinor: String(amountMinor),
      receivedCurrency: currency,
    },
  });
  return kind;
}

async function applyRefund(
  ctx: FinanceContext,
  tx: Transaction,
  locked: Locked,
  event: ProviderEvent,
  fact: RefundFact,
): Promise<string> {
  const { attempt, payment, provider } = locked;
  const refunds = await findRefundsOfAttempt(tx, attempt.id);
  const refund = refundToldBy(refunds, fact, event.orderRef);
  if (refund === undefined && event.mustConfirm) {
    await raiseUnconfirmed(tx, locked, event);
    return "UNCONFIRMED";
  }
  if (attempt.receivedMinor === null) {
    // Its own "paid" is late or lost: a refund proves it.
    const paid = { ...event, kind: "payment", status: "paid", paid: true, refund: null } as const;
    const totalMinor = payment.amountMinor + payment.feeMinor;
    const dedupeKey = `${event.dedupeKey}:paid`;
    await applyToAttempt(ctx, tx, attempt.id, { ...paid, amountMinor: totalMinor, dedupeKey });
  }
  const fresh = await lockAttempt(tx, attempt.id);
  if (fresh === null) return "UNKNOWN_ORDER";
  await store.updateAttempt(tx, attempt.id, {
    appliedEvents: [...fresh.attempt.appliedEvents, event.dedupeKey],
  });
  if (refund === undefined) await acceptForeignRefund(ctx, tx, fresh, fact);
  else await settleRefund(ctx, tx, { ...fresh, provider }, refund, fact);
  return `REFUND_${fact.status.toUpperCase()}`;
}

async function applyDispute(ctx: FinanceContext, tx: Transaction, attemptId: string, event: ProviderEvent) {
  const locked = await lockAttempt(tx, attemptId);
  if (locked === null) return;
  const { payment } = locked;
  const open = await findOpenDispute(tx, payment.id);
  const isOver = event.status !== "disputed";
  const outcome = isOver ? (event.status === "paid" ? "WON" : "LOST") : "OPEN";
  if (open === null && outcome === "WON") return;
  const dispute: Dispute =
    open ?? (await insertDispute(tx, { paymentId: payment.id, amountMinor: event.amountMinor, status: "OPEN" }));
  if (open === null) await tellDispute(tx, payment, { id: dispute.id, status: "OPEN" });
  if (outcome === "OPEN") return;
  await updateDispute(tx, dispute.id, { status: outcome, resolvedAt: ctx.now() });
  await tellDispute(tx, payment, { id: dispute.id, status: outcome });
}

async function raiseUnconfirmed(
  tx: Transaction,
  { payment, attempt, provider }: Locked,
  event: ProviderEvent,
): Promise<void> {
  const { kind, status, amountMinor, currency, dedupeKey } = event;
  const details = { kind, status, amountMinor: String(amountMinor), currency };
  const about = { paymentId: payment.id, attemptId: attempt.id };
  await raiseException(tx, { kind: "UNCONFIRMED", provider, subject: dedupeKey, ...about, details });
}

/** The end of an attempt without money is the end of its payment, unless another attempt is still open. */
async function endOpenPayment(tx: Transaction, attemptId: string, status: ProviderStatus): Promise<void> {
  const locked = await lockAttempt(tx, attemptId);
  const wanted = statusFrom(status);
  if (locked === null || wanted === undefined || !isOpen(locked.payment.status)) return;
  const { payment, attempt } = locked;
  if (wanted === "PROCESSING") {
    if (mayBecome(payment.status, wanted)) await store.updatePayment(tx, payment.id, { status: wanted });
    return;
  }
  const others = (await store.findAttempts(tx, [payment.id])).filter(({ id }) => id !== attempt.id);
  if (others.some(isStillOpen) || !(wanted === "FAILED" || wanted === "EXPIRED" || wanted === "CANCELLED")) return;
  await tellFailure(tx, await store.updatePayment(tx, payment.id, { status: wanted }), wanted);
}

const ENDED: readonly string[] = ["failed", "cancelled", "expired"];

function isStillOpen({ state, providerStatus }: PaymentAttempt): boolean {
  return state === "SENT" || state === "UNKNOWN" || (state === "LIVE" && !ENDED.includes(providerStatus));
}
