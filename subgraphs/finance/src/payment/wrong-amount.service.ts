import { LenteraError } from "@lentera/kit";
import type { FinanceContext, Transaction } from "../context.js";
import { destinationOf, startRefund } from "../refund/refund.outcome.js";
import { findRefundsOfAttempt } from "../refund/refund.store.js";
import { tellSuccess } from "./payment.event.js";
import { bookMove, suspense } from "./payment.ledger.js";
import { mayBecome } from "./payment.rules.js";
import * as store from "./payment.store.js";

/**
 * Takes money of a wrong amount, which lies in suspense, for the whole payment: the payee gets what came.
 * @throws ILLEGAL_STATE when the payment has money already, or this money is on its way back
 */
export async function acceptReceived(ctx: FinanceContext, tx: Transaction, attemptId: string): Promise<void> {
  const { attempt, payment } = await lockReceived(tx, attemptId);
  const isTaken = payment.isSingle && (await store.isPaidElsewhere(tx, payment));
  if (payment.settledAttemptId !== null || isTaken || !mayBecome(payment.status, "SUCCEEDED"))
    throw new LenteraError("ILLEGAL_STATE");
  const receivedMinor = attempt.receivedMinor ?? 0n;
  const { currency, description } = payment;
  const key = `payment.accepted:${attempt.id}`;
  const booking = { key, kind: "PAYMENT", currency, description, at: ctx.now() } as const;
  await bookMove(tx, booking, suspense(currency), destinationOf(payment), receivedMinor);
  await store.updateAttempt(tx, attempt.id, { isSurplus: false });
  const paidAt = ctx.now();
  const settled = await store.updatePayment(tx, payment.id, {
    status: "SUCCEEDED",
    paidAt,
    settledAttemptId: attempt.id,
    amountMinor: receivedMinor,
    feeMinor: 0n,
  });
  await tellSuccess(tx, settled, paidAt);
}

/** Sends money of a wrong amount back. @throws ILLEGAL_STATE when it is on its way already */
export async function returnReceived(ctx: FinanceContext, tx: Transaction, attemptId: string): Promise<void> {
  const { attempt, payment, provider } = await lockReceived(tx, attemptId);
  const amountMinor = attempt.receivedMinor ?? 0n;
  const wanted = { amountMinor, reason: "Wrong amount", requestedById: null };
  await startRefund(ctx, tx, { attempt, payment, provider }, wanted);
}

async function lockReceived(tx: Transaction, attemptId: string) {
  const found = await store.findAttempt(tx, attemptId);
  const payment = found === null ? null : await store.lockPayment(tx, found.paymentId);
  const attempt = await store.findAttempt(tx, attemptId);
  const provider = attempt === null ? undefined : store.providerNamed(attempt.provider);
  if (payment === null || attempt === null || provider === undefined) throw new LenteraError("NOT_FOUND");
  const refunds = await findRefundsOfAttempt(tx, attemptId);
  const isGoing = refunds.some(({ status }) => status !== "FAILED");
  if (!attempt.isSurplus || attempt.receivedMinor === null || isGoing) throw new LenteraError("ILLEGAL_STATE");
  return { payment, attempt, provider };
}
