import { CURRENCIES, type EventConsumer, consume } from "@lentera/kit";
import { z } from "zod";
import type { Transaction } from "../context.js";
import { noteFact } from "./escrow.service.js";
import { cancellationPolicy } from "./escrow.rules.js";

const minor = z.string().regex(/^\d{1,18}$/, "is not an amount in minor units");

/**
 * What finance needs to hear about a booking, in the form in which it expects it. Events may come in any order, late and
 * more than once: each is a fact that is kept, the first of its kind counts, and money moves when the facts allow it.
 */

/** A student and a tutor agree, before anybody pays. The terms of an escrow never change. */
const bookingAgreed = {
  type: "booking.agreed",
  version: 1,
  data: z
    .object({
      bookingId: z.uuid(),
      payerId: z.uuid(),
      payeeId: z.uuid(),
      currency: z.enum(CURRENCIES),
      /** What the lesson costs; above zero. */
      priceMinor: minor,
      /** What the payer pays on top (C-07: total = price + student fee). */
      studentFeeMinor: minor,
      /** What the tutor leaves to the platform (C-07: the tutor receives price − commission). */
      commissionMinor: minor,
      startsAt: z.iso.datetime(),
      cancellationPolicy,
    })
    .refine(
      ({ priceMinor, commissionMinor }) => BigInt(priceMinor) > 0n && BigInt(commissionMinor) <= BigInt(priceMinor),
    ),
};

/** The lesson was given and nobody can object any more. */
const bookingCompleted = {
  type: "booking.completed",
  version: 1,
  data: z.object({ bookingId: z.uuid(), completedAt: z.iso.datetime() }),
};

/** The lesson will not be given. A student gets back what the policy says, after anybody else's cancellation all of it. */
const bookingCancelled = {
  type: "booking.cancelled",
  version: 1,
  data: z.object({
    bookingId: z.uuid(),
    cancelledAt: z.iso.datetime(),
    cancelledBy: z.enum(["STUDENT", "TUTOR", "PLATFORM"]),
  }),
};

/** Student and tutor disagree: the money stays until an administrator decides. */
const bookingDisputed = {
  type: "booking.disputed",
  version: 1,
  data: z.object({ bookingId: z.uuid(), disputedAt: z.iso.datetime() }),
};

/** Finance's own; of the purposes only LESSON_BOOKING concerns escrow. */
const bookingPaid = {
  type: "payment.succeeded",
  version: 1,
  data: z.object({
    paymentId: z.uuid(),
    purpose: z.object({ kind: z.string(), referenceId: z.uuid() }),
    paidAt: z.iso.datetime(),
  }),
};

export const escrowConsumers: readonly EventConsumer<Transaction>[] = [
  consume(bookingAgreed, (tx, { bookingId, priceMinor, studentFeeMinor, commissionMinor, startsAt, ...terms }) =>
    noteFact(tx, bookingId, {
      ...terms,
      priceMinor: BigInt(priceMinor),
      studentFeeMinor: BigInt(studentFeeMinor),
      commissionMinor: BigInt(commissionMinor),
      startsAt: new Date(startsAt),
    }),
  ),
  consume(bookingPaid, async (tx, { paymentId, purpose, paidAt }) => {
    if (purpose.kind === "LESSON_BOOKING")
      await noteFact(tx, purpose.referenceId, { paymentId, paidAt: new Date(paidAt) });
  }),
  consume(bookingCompleted, (tx, { bookingId, completedAt }) =>
    noteFact(tx, bookingId, { completedAt: new Date(completedAt) }),
  ),
  consume(bookingCancelled, (tx, { bookingId, cancelledAt, cancelledBy }) =>
    noteFact(tx, bookingId, { cancelledAt: new Date(cancelledAt), cancelledBy }),
  ),
  consume(bookingDisputed, (tx, { bookingId, disputedAt }) =>
    noteFact(tx, bookingId, { disputedAt: new Date(disputedAt) }),
  ),
];
