import { type EventDefinition, CURRENCIES } from "@lentera/kit";
import { z } from "zod";

/** What a payment can be for. The referenced id is that of the thing that is paid for; for TOP_UP the owner of the wallet. */
export const PAYMENT_PURPOSES = [
  "TOP_UP",
  "PREMIUM_PACKAGE",
  "PLAN_SUBSCRIPTION",
  "INVOICE",
  "LESSON_BOOKING",
  "ORDER",
  "CREDITS",
  "LOAN_REPAYMENT",
] as const;

const paymentFacts = {
  paymentId: z.uuid(),
  payerId: z.uuid(),
  /** For whom it was made, where that is an organization. */
  organizationId: z.uuid().nullable(),
  purpose: z.object({ kind: z.enum(PAYMENT_PURPOSES), referenceId: z.uuid() }),
  /** Digits; the price in minor units, without the fee of the payment method. */
  amountMinor: z.string().regex(/^[1-9]\d*$/),
  currency: z.enum(CURRENCIES),
};

/** The money is here. Sent once per payment, in the transaction that posts it. */
export const paymentSucceeded = {
  type: "payment.succeeded",
  version: 1,
  data: z.object({ ...paymentFacts, paidAt: z.iso.datetime() }),
} satisfies EventDefinition<unknown>;

/**
 * Nothing will come of this payment unless its provider reports money late, which is then told as `payment.succeeded`.
 * REVERSED follows a success: the bank has taken the money back.
 */
export const paymentFailed = {
  type: "payment.failed",
  version: 1,
  data: z.object({ ...paymentFacts, reason: z.enum(["FAILED", "EXPIRED", "CANCELLED", "REVERSED"]) }),
} satisfies EventDefinition<unknown>;

/** Money went back to the payer: sent for each refund and lost dispute that came about, a part or the rest. */
export const paymentRefunded = {
  type: "payment.refunded",
  version: 1,
  data: z.object({
    ...paymentFacts,
    /** Digits; this time, in minor units. */
    refundedMinor: z.string().regex(/^[1-9]\d*$/),
    /** Whether nothing of the payment is left. */
    isFull: z.boolean(),
    cause: z.enum(["REFUND", "CHARGEBACK"]),
  }),
} satisfies EventDefinition<unknown>;

/** The payer's bank asks for the money back, or has decided about that. A lost one is told as `payment.refunded`, too. */
export const paymentDisputed = {
  type: "payment.disputed",
  version: 1,
  data: z.object({ ...paymentFacts, disputeId: z.uuid(), status: z.enum(["OPEN", "WON", "LOST"]) }),
} satisfies EventDefinition<unknown>;

/** A booking's money has found its end: given to the tutor, back to the payer, or to both. Sent once per booking. */
export const escrowSettled = {
  type: "escrow.settled",
  version: 1,
  data: z.object({
    bookingId: z.uuid(),
    payerId: z.uuid(),
    payeeId: z.uuid(),
    currency: z.enum(CURRENCIES),
    /** Digits; back to the payer, in minor units. */
    refundedMinor: z.string().regex(/^\d+$/),
    /** Digits; to the tutor without the commission, in minor units. */
    releasedMinor: z.string().regex(/^\d+$/),
  }),
} satisfies EventDefinition<unknown>;

/** An organization has fewer credits available than it wanted to be warned of. Sent once for each crossing. */
export const creditsLow = {
  type: "credits.low",
  version: 1,
  data: z.object({
    organizationId: z.uuid(),
    channel: z.enum(["SMS", "WHATSAPP", "EMAIL"]),
    available: z.int(),
    threshold: z.int(),
  }),
} satisfies EventDefinition<unknown>;

/** An application for a loan has come to another status. */
export const loanApplicationMoved = {
  type: "loan_application.moved",
  version: 1,
  data: z.object({
    applicationId: z.uuid(),
    applicantId: z.uuid(),
    from: z.string(),
    to: z.string(),
    reason: z.string().nullable(),
  }),
} satisfies EventDefinition<unknown>;

const loanFacts = { loanId: z.uuid(), borrowerId: z.uuid(), currency: z.string().length(3) };
const minorDigits = z.string().regex(/^\d+$/);

/** A bank has paid out a loan; the schedule stands. */
export const loanDisbursed = {
  type: "loan.disbursed",
  version: 1,
  data: z.object({ ...loanFacts, applicationId: z.uuid(), bankId: z.uuid(), principalMinor: minorDigits }),
} satisfies EventDefinition<unknown>;

/** A borrower has paid; `isRepaid` when nothing is open any more. */
export const loanRepaid = {
  type: "loan.repaid",
  version: 1,
  data: z.object({ ...loanFacts, bankId: z.uuid(), amountMinor: minorDigits, isRepaid: z.boolean() }),
} satisfies EventDefinition<unknown>;

/** A borrower should be told that an instalment falls due, or is late: once of each kind. */
export const loanReminded = {
  type: "loan.reminded",
  version: 1,
  data: z.object({
    ...loanFacts,
    number: z.int(),
    kind: z.enum(["DUE_SOON", "LATE"]),
    dueOn: z.iso.date(),
    daysPastDue: z.int(),
    openMinor: minorDigits,
  }),
} satisfies EventDefinition<unknown>;
