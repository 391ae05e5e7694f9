import { addJob } from "@lentera/kit";
import type { Payment, PaymentAttempt, Refund } from "@lentera/prisma/finance";
import type { FinanceContext, Transaction } from "../context.js";
import { raiseException } from "../payment-exception/payment-exception.store.js";
import { tellRefund } from "../payment/payment.event.js";
import type { AccountKey } from "../ledger-account/account-key.js";
import { type Booking, bookForced, bookMove, clearing, suspense } from "../payment/payment.ledger.js";
import { mayBecome, statusAfterRefund } from "../payment/payment.rules.js";
import * as payments from "../payment/payment.store.js";
import type { ProviderName, RefundFact } from "../provider/provider.js";
import * as store from "./refund.store.js";

/** A payment and the attempt whose money it is about, both locked. */
export interface Locked {
  readonly payment: Payment;
  readonly attempt: PaymentAttempt;
  readonly provider: ProviderName;
}

export function destinationOf(payment: Payment): AccountKey {
  const { destinationKind: ownerKind, destinationId: ownerId, destinationPurpose: purpose, currency } = payment;
  return { ownerKind, ownerId, purpose, currency };
}

/**
 * Starts giving money back: it leaves the payee's account at once, so that it cannot be spent meanwhile, and a job asks the
 * provider. Surplus money lies in suspense already.
 */
export async function startRefund(
  ctx: FinanceContext,
  tx: Transaction,
  { payment, attempt, provider }: Locked,
  wanted: { readonly amountMinor: bigint; readonly reason: string; readonly requestedById: string | null },
): Promise<Refund> {
  const facts = { paymentId: payment.id, attemptId: attempt.id, provider };
  const refund = await store.insertRefund(tx, { ...facts, ...wanted });
  if (!attempt.isSurplus) {
    const booking = bookingOf(ctx, payment, `refund.started:${refund.id}`, "Refund on its way");
    await bookMove(tx, booking, destinationOf(payment), suspense(payment.currency), wanted.amountMinor);
  }
  await addJob(tx, store.SEND_JOB, { refundId: refund.id }, { key: `refund:${refund.id}` });
  return refund;
}

/** What the provider says of a refund that we know. Each of its ends is booked once; a success outranks a failure. */
export async function settleRefund(
  ctx: FinanceContext,
  tx: Transaction,
  locked: Locked,
  refund: Refund,
  fact: Pick<RefundFact, "ref" | "status"> & { readonly failure?: string },
): Promise<void> {
  const { payment, attempt, provider } = locked;
  const providerRef = fact.ref === "" ? refund.providerRef : fact.ref;
  if (fact.status === "pending" || refund.status === "SUCCEEDED") {
    if (refund.providerRef !== providerRef) await store.updateRefund(tx, refund.id, { providerRef });
    return;
  }
  const completedAt = ctx.now();
  const { amountMinor } = refund;
  if (fact.status === "succeeded") {
    await store.updateRefund(tx, refund.id, { status: "SUCCEEDED", providerRef, completedAt });
    const booking = bookingOf(ctx, payment, `refund.done:${refund.id}`, "Refund");
    const [held, out] = [suspense(payment.currency), clearing(provider, payment.currency)];
    // After a failure the money went back to the payee, who may have spent it.
    if (refund.status === "PENDING" || attempt.isSurplus) await bookMove(tx, booking, held, out, amountMinor);
    else await bookForced(tx, booking, destinationOf(payment), out, amountMinor);
    if (!attempt.isSurplus) await lowerPayment(tx, payment, amountMinor, "REFUND");
    return;
  }
  if (refund.status === "FAILED") return;
  const failure = fact.failure ?? `The provider says ${fact.status}.`;
  await store.updateRefund(tx, refund.id, { status: "FAILED", providerRef, completedAt, failure });
  if (!attempt.isSurplus) {
    const booking = bookingOf(ctx, payment, `refund.failed:${refund.id}`, "Refund that did not come about");
    await bookMove(tx, booking, suspense(payment.currency), destinationOf(payment), amountMinor);
  }
  await raiseException(tx, {
    kind: "REFUND_FAILED",
    provider,
    subject: refund.id,
    paymentId: payment.id,
    attemptId: attempt.id,
    details: { amountMinor: String(amountMinor), currency: payment.currency, failure },
  });
}

/** A refund that was made at the provider and not by us. */
export async function acceptForeignRefund(
  ctx: FinanceContext,
  tx: Transaction,
  locked: Locked,
  fact: RefundFact,
): Promise<void> {
  if (fact.status !== "succeeded") return;
  const { payment, attempt, provider } = locked;
  const { id } = await store.insertRefund(tx, {
    paymentId: payment.id,
    attemptId: attempt.id,
    provider,
    providerRef: fact.ref,
    amountMinor: fact.amountMinor,
    reason: "Made at the provider",
    status: "SUCCEEDED",
    completedAt: ctx.now(),
  });
  const from = attempt.isSurplus ? suspense(payment.currency) : destinationOf(payment);
  const booking = bookingOf(ctx, payment, `refund.done:${id}`, "Refund");
  await bookForced(tx, booking, from, clearing(provider, payment.currency), fact.amountMinor);
  if (!attempt.isSurplus) await lowerPayment(tx, payment, fact.amountMinor, "REFUND");
}

/** Lowers what is left of a payment and says so. */
export async function lowerPayment(
  tx: Transaction,
  { id }: Payment,
  byMinor: bigint,
  cause: "REFUND" | "CHARGEBACK",
): Promise<void> {
  const payment = await payments.lockPayment(tx, id);
  if (payment === null) return;
  const totalMinor = payment.amountMinor + payment.feeMinor;
  const sum = payment.refundedMinor + byMinor;
  const refundedMinor = sum < totalMinor ? sum : totalMinor;
  const status = statusAfterRefund(refundedMinor, payment.amountMinor);
  const lowered = await payments.updatePayment(tx, id, {
    refundedMinor,
    ...(mayBecome(payment.status, status) && { status }),
  });
  await tellRefund(tx, lowered, byMinor, cause);
}

export function bookingOf(ctx: FinanceContext, payment: Payment, key: string, what: string): Booking {
  const { currency, description } = payment;
  return { key, kind: "REFUND", currency, description: `${what}: ${description}`, at: ctx.now() };
}
