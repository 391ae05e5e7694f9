import { type Currency, emit, isCurrency } from "@lentera/kit";
import type { Payment } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";
import { paymentDisputed, paymentFailed, paymentRefunded, paymentSucceeded } from "../events.js";

function facts(payment: Payment) {
  const { id: paymentId, payerId, organizationId, purposeKind: kind, purposeReferenceId: referenceId } = payment;
  const currency: Currency = isCurrency(payment.currency) ? payment.currency : "IDR";
  const amountMinor = String(payment.amountMinor);
  return { paymentId, payerId, organizationId, purpose: { kind, referenceId }, amountMinor, currency };
}

export function tellSuccess(tx: Transaction, payment: Payment, paidAt: Date): Promise<void> {
  return emit(tx, paymentSucceeded, { ...facts(payment), paidAt: paidAt.toISOString() });
}

export function tellFailure(
  tx: Transaction,
  payment: Payment,
  reason: "FAILED" | "EXPIRED" | "CANCELLED" | "REVERSED",
): Promise<void> {
  return emit(tx, paymentFailed, { ...facts(payment), reason });
}

export function tellRefund(
  tx: Transaction,
  payment: Payment,
  refundedMinor: bigint,
  cause: "REFUND" | "CHARGEBACK",
): Promise<void> {
  const isFull = payment.status === "REFUNDED";
  return emit(tx, paymentRefunded, { ...facts(payment), refundedMinor: String(refundedMinor), isFull, cause });
}

export function tellDispute(
  tx: Transaction,
  payment: Payment,
  dispute: { readonly id: string; readonly status: "OPEN" | "WON" | "LOST" },
): Promise<void> {
  return emit(tx, paymentDisputed, { ...facts(payment), disputeId: dispute.id, status: dispute.status });
}
