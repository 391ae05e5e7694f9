import {
  LenteraError,
  asSystem,
  audit,
  invalidField,
  refuseWhileImpersonating,
  requireSignedIn,
  toMinorUnits,
  toMoney,
  validate,
} from "@lentera/kit";
import type { Payment, Refund } from "@lentera/prisma/finance";
import { z } from "zod";
import type { FinanceContext, Transaction } from "../context.js";
import { paymentLoader } from "../payment/payment.loader.js";
import { canRefund } from "../payment/payment.policy.js";
import { isRefundable } from "../payment/payment.rules.js";
import * as payments from "../payment/payment.store.js";
import { ProviderError } from "../provider/provider.js";
import { type RequestRefundInput, requestRefundRules } from "./refund.input.js";
import { type Locked, settleRefund, startRefund } from "./refund.outcome.js";
import { refundRefOf, refundableMinor } from "./refund.rules.js";
import * as store from "./refund.store.js";

/**
 * Gives a part or all of a payment's price back, once per idempotency key. The money leaves the payee's account at once.
 * @throws NOT_FOUND for a payment that the viewer may not see, INSUFFICIENT_PERMISSIONS without `payments:refund` or while
 * impersonating
 * @throws ILLEGAL_STATE for a payment without money, VALIDATION_ERROR for more than is left
 * @throws INSUFFICIENT_BALANCE when the payee has spent it
 */
export async function requestRefund(
  ctx: FinanceContext,
  input: RequestRefundInput,
): Promise<{ refund: Refund; payment: Payment }> {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  const { idempotencyKey: key, ...wanted } = validate(requestRefundRules, input);
  const seen = await paymentLoader(ctx).load(wanted.paymentId);
  if (!canRefund(ctx.viewer, seen)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const id = await asSystem(() =>
    ctx.transactionOnce({ command: "requestRefund", key, input: wanted }, async (tx) => {
      const locked = await lockSettled(tx, seen.id);
      const { payment } = locked;
      const leftMinor = refundableMinor(payment, await store.findRefundsOfAttempt(tx, locked.attempt.id));
      const amountMinor = wanted.amount == null ? leftMinor : toMinorUnits(wanted.amount, payment.currency);
      if (leftMinor <= 0n) throw new LenteraError("ILLEGAL_STATE");
      if (amountMinor <= 0n || amountMinor > leftMinor) {
        const left = toMoney(leftMinor, payment.currency).amount;
        throw invalidField("input.amount", "LIMIT_EXCEEDED", `Give an amount above zero and at most ${left}.`);
      }
      const { reason } = wanted;
      const refund = await startRefund(ctx, tx, locked, { amountMinor, reason, requestedById: userId });
      const { organizationId } = payment;
      const entry = { action: "refund.requested", entityType: "Refund", entityId: refund.id, organizationId };
      const newValues = { paymentId: payment.id, amountMinor: String(amountMinor), reason };
      await audit(tx, ctx.identity, { ...entry, newValues });
      return refund.id;
    }),
  );
  const refund = await asSystem(() => store.findRefund(ctx.db, id));
  if (refund === null) throw new LenteraError("NOT_FOUND");
  return { refund, payment: seen };
}

async function lockSettled(tx: Transaction, paymentId: string): Promise<Locked> {
  const payment = await payments.lockPayment(tx, paymentId);
  const settledId = payment?.settledAttemptId ?? null;
  const attempt = settledId === null ? null : await payments.findAttempt(tx, settledId);
  const provider = attempt === null ? undefined : payments.providerNamed(attempt.provider);
  if (payment === null || attempt === null || provider === undefined || !isRefundable(payment.status))
    throw new LenteraError("ILLEGAL_STATE");
  return { payment, attempt, provider };
}

const sending = z.object({ refundId: z.uuid() });

/**
 * Asks the provider for a refund. The same reference never refunds twice, so the job may run again; it does when nobody
 * knows what became of it.
 * @throws ProviderError UNKNOWN, for another try later
 */
export async function sendRefund(ctx: FinanceContext, job: unknown): Promise<void> {
  const { refundId } = sending.parse(job);
  const refund = await store.findRefund(ctx.db, refundId);
  const attempt = refund === null ? null : await payments.findAttempt(ctx.db, refund.attemptId);
  const provider = attempt === null ? undefined : payments.providerNamed(attempt.provider);
  const [payment] = refund === null ? [] : await payments.findPayments(ctx.db, {}, [refund.paymentId]);
  if (refund === null || attempt === null || provider === undefined || payment === undefined) return;
  if (refund.status !== "PENDING") return;
  const { orderRef, providerRef, paymentRef } = attempt;
  const { amountMinor, reason } = refund;
  const request = { orderRef, amountMinor, reason, currency: payment.currency, refundRef: refundRefOf(refundId) };
  const fact = await ctx
    .provider(provider)
    .refund({ ...request, providerRef: providerRef ?? orderRef, paymentRef: paymentRef ?? providerRef ?? orderRef })
    .catch((error: unknown) => {
      if (error instanceof ProviderError && error.outcome === "REFUSED")
        return { ref: "", status: "failed" as const, failure: error.message };
      throw error;
    });
  await ctx.transaction(async (tx) => {
    const locked = await payments.lockPayment(tx, payment.id);
    const [fresh, money] = [await store.findRefund(tx, refundId), await payments.findAttempt(tx, attempt.id)];
    if (locked === null || fresh === null || money === null) return;
    await settleRefund(ctx, tx, { payment: locked, attempt: money, provider }, fresh, fact);
  });
}
