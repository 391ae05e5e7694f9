import { z } from "zod";

const HOUR_MS = 3_600_000;

/** How much of the price a student gets back, by how many hours before the start they cancel. Below the last one: nothing. */
export const cancellationPolicy = z
  .array(z.object({ hoursBefore: z.number().nonnegative(), refundPercent: z.int().min(0).max(100) }))
  .max(20);
export type CancellationPolicy = z.infer<typeof cancellationPolicy>;

/** What was agreed. All amounts in minor units of the currency. */
export interface EscrowTerms {
  readonly payerId: string;
  readonly payeeId: string;
  readonly currency: string;
  readonly priceMinor: bigint;
  readonly studentFeeMinor: bigint;
  readonly commissionMinor: bigint;
  readonly startsAt: Date;
  readonly cancellationPolicy: CancellationPolicy;
}

/** Everything that is known about a booking's money; what has not been heard of is null. */
export interface EscrowFacts {
  readonly terms: EscrowTerms | null;
  readonly paidAt: Date | null;
  readonly completedAt: Date | null;
  readonly cancelledAt: Date | null;
  /** STUDENT, TUTOR or PLATFORM. */
  readonly cancelledBy: string | null;
  readonly disputedAt: Date | null;
}

/** Who gets what of the escrow; together all of it. */
export interface Split {
  readonly refundMinor: bigint;
  readonly payeeMinor: bigint;
  readonly feeMinor: bigint;
}

export type Decision =
  | { readonly status: "AWAITING_PAYMENT" | "HELD" | "DISPUTED" }
  | { readonly status: "RELEASED" | "REFUNDED" | "SPLIT"; readonly split: Split };

/**
 * What follows from the facts, whatever the order in which they became known:
 *
 *     AWAITING_PAYMENT ─ agreed and paid ─▶ HELD ─ completed ─▶ RELEASED
 *                                           HELD ─ cancelled ─▶ REFUNDED, or SPLIT by the policy
 *                                           HELD ─ disputed ──▶ DISPUTED ─ decided ─▶ RELEASED, REFUNDED or SPLIT
 *
 * RELEASED, REFUNDED and SPLIT are final. Of a completion and a cancellation the earlier one counts.
 */
export function decide({ terms, paidAt, completedAt, cancelledAt, cancelledBy, disputedAt }: EscrowFacts): Decision {
  if (terms === null || paidAt === null) return { status: "AWAITING_PAYMENT" };
  if (disputedAt !== null) return { status: "DISPUTED" };
  const isCancelled = cancelledAt !== null && (completedAt === null || cancelledAt < completedAt);
  if (isCancelled) {
    const isForced = cancelledBy !== "STUDENT" || paidAt >= cancelledAt;
    const percent = isForced ? 100 : refundPercent(terms, cancelledAt);
    return settled(terms, (terms.priceMinor * BigInt(percent)) / 100n);
  }
  return completedAt === null ? { status: "HELD" } : settled(terms, 0n);
}

/** @returns the percentage of the highest tier that a cancellation at this time still reaches */
export function refundPercent({ startsAt, cancellationPolicy: policy }: EscrowTerms, cancelledAt: Date): number {
  const hours = (startsAt.getTime() - cancelledAt.getTime()) / HOUR_MS;
  const reached = policy.filter(({ hoursBefore }) => hours >= hoursBefore);
  return reached.toSorted((one, other) => other.hoursBefore - one.hoursBefore)[0]?.refundPercent ?? 0;
}

/**
 * The end of an escrow of which `refundMinor` of the price goes back. The commission shrinks with what the tutor earns,
 * rounded down; the student fee goes back only with the whole price.
 */
export function settled(terms: EscrowTerms, refundMinor: bigint): Decision & { split: Split } {
  const { priceMinor, studentFeeMinor, commissionMinor } = terms;
  const earnedMinor = priceMinor - refundMinor;
  const commission = (commissionMinor * earnedMinor) / priceMinor;
  const isWhole = refundMinor === priceMinor;
  const split = {
    refundMinor: isWhole ? priceMinor + studentFeeMinor : refundMinor,
    payeeMinor: earnedMinor - commission,
    feeMinor: isWhole ? 0n : commission + studentFeeMinor,
  };
  return { status: isWhole ? "REFUNDED" : refundMinor === 0n ? "RELEASED" : "SPLIT", split };
}

export function totalOf({ priceMinor, studentFeeMinor }: EscrowTerms): bigint {
  return priceMinor + studentFeeMinor;
}
