import type { Refund } from "@lentera/prisma/finance";
import type { RefundFact } from "../provider/provider.js";

type Known = Pick<Refund, "id" | "status" | "amountMinor" | "providerRef">;

/** What can still be given back: the price less what has gone back or is on its way. */
export function refundableMinor(
  payment: { readonly amountMinor: bigint; readonly refundedMinor: bigint },
  refunds: readonly Pick<Refund, "status" | "amountMinor">[],
): bigint {
  const pendingMinor = refunds
    .filter(({ status }) => status === "PENDING")
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  return payment.amountMinor - payment.refundedMinor - pendingMinor;
}

/** Our own reference for the provider, of which the same never refunds twice. */
export function refundRefOf(refundId: string): string {
  return `RF-${refundId.replaceAll("-", "")}`;
}

/**
 * Which of our refunds a provider tells of: by its id, by our reference, or the one of the same amount whose answer is
 * still to come. Undefined for one that we did not ask for.
 */
export function refundToldBy<R extends Known>(
  refunds: readonly R[],
  fact: RefundFact,
  reference: string | null,
): R | undefined {
  return (
    refunds.find(({ providerRef }) => providerRef === fact.ref) ??
    refunds.find(({ id }) => refundRefOf(id) === reference) ??
    refunds.find(
      ({ status, providerRef, amountMinor }) =>
        status === "PENDING" && providerRef === null && amountMinor === fact.amountMinor,
    )
  );
}
