/** What every payment provider can do for us, in our words: the adapters beside this file translate to theirs. */

export const PROVIDERS = ["midtrans", "xendit", "razorpay", "cashfree"] as const;
export type ProviderName = (typeof PROVIDERS)[number];

export type PaymentMethod =
  | "CARD"
  | "BCA_VA"
  | "BNI_VA"
  | "BRI_VA"
  | "MANDIRI_VA"
  | "PERMATA_VA"
  | "QRIS"
  | "GOPAY"
  | "SHOPEEPAY"
  | "DANA"
  | "UPI"
  | "NET_BANKING"
  | "WALLET";

const INDONESIAN_TRANSFERS = ["CARD", "BCA_VA", "BNI_VA", "BRI_VA", "MANDIRI_VA", "PERMATA_VA", "QRIS"] as const;
const INDIAN = ["CARD", "UPI", "NET_BANKING", "WALLET"] as const;

/** What an adapter offers. Each provider works in one currency. */
export const OFFERS: Readonly<
  Record<ProviderName, { readonly currency: "IDR" | "INR"; readonly methods: readonly PaymentMethod[] }>
> = {
  midtrans: { currency: "IDR", methods: [...INDONESIAN_TRANSFERS, "GOPAY", "SHOPEEPAY"] },
  xendit: { currency: "IDR", methods: [...INDONESIAN_TRANSFERS, "GOPAY", "SHOPEEPAY", "DANA"] },
  razorpay: { currency: "INR", methods: INDIAN },
  cashfree: { currency: "INR", methods: INDIAN },
};

/** `attempt_failed` is one try of the payer, the payment stays open; `failed` is the end of the payment. */
export type PaymentStatus =
  | "pending"
  | "requires_action"
  | "authorized"
  | "attempt_failed"
  | "paid"
  | "failed"
  | "cancelled"
  | "expired"
  | "partially_refunded"
  | "refunded"
  | "disputed"
  | "partial_chargeback"
  | "chargeback";

const MONEY_IS_HERE: ReadonlySet<PaymentStatus> = new Set([
  "paid",
  "partially_refunded",
  "disputed",
  "partial_chargeback",
]);

/** Whether the provider holds money of the payer in this state. */
export function isPaid(status: PaymentStatus): boolean {
  return MONEY_IS_HERE.has(status);
}

export type RefundStatus = "pending" | "succeeded" | "failed" | "cancelled";

export interface PaymentRequest {
  /** Our own reference, 3 to 40 of `A-Z a-z 0-9 - _`, never used twice: it is what keeps a repeated request from charging twice. */
  readonly orderRef: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly method: PaymentMethod;
  readonly description: string;
  readonly customer: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    /** E.164. */
    readonly phone: string;
  };
  /** Where the payer comes back to. */
  readonly returnUrl: string;
  readonly expiresAt: Date;
}

/** What the payer needs; null where the method has no such thing. */
export interface CreatedPayment {
  readonly providerRef: string;
  readonly status: PaymentStatus;
  /** A hosted page or a wallet's link. */
  readonly paymentUrl: string | null;
  /** The text of a QR code. */
  readonly qrString: string | null;
  /** Virtual account number, for Mandiri the bill key. */
  readonly vaNumber: string | null;
  /** Mandiri's company code that goes with the bill key. */
  readonly billerCode: string | null;
}

/** How to find a payment again. Without `providerRef` (its answer never came) the provider is asked by our reference. */
export interface PaymentHandle {
  readonly orderRef: string;
  readonly providerRef: string | null;
  readonly method: PaymentMethod;
}

export interface RefundFact {
  /** The provider's id of the refund. */
  readonly ref: string;
  readonly amountMinor: bigint;
  readonly status: RefundStatus;
}

export interface PaymentSnapshot {
  readonly status: PaymentStatus;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** The provider's id of the successful payment: the key under which money is posted once. */
  readonly paymentRef: string | null;
  /** All refunds where the answer lists them, as Midtrans does. */
  readonly refunds: readonly RefundFact[];
}

/**
 * NOT_STARTED: the page is open and the payer has chosen nothing yet. ABSENT: the provider knows no such payment.
 * CANNOT_TELL: it has no way to ask by our reference.
 */
export type StatusAnswer =
  | { readonly outcome: "FOUND"; readonly snapshot: PaymentSnapshot }
  | { readonly outcome: "NOT_STARTED" | "ABSENT" | "CANNOT_TELL" };

export interface RefundRequest {
  readonly orderRef: string;
  readonly providerRef: string;
  /** The `paymentRef` of the payment's snapshot. */
  readonly paymentRef: string;
  /** Our own reference, 10 to 40 of `A-Z a-z 0-9 - _`: the same one again never refunds twice. */
  readonly refundRef: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reason: string;
}

export interface WebhookDelivery {
  /** Names in any case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The bytes as they came, before any parsing. */
  readonly rawBody: Uint8Array;
  /** The receiver's clock, epoch milliseconds; null leaves out what depends on age (an old delivery under dispute). */
  readonly nowMs: number | null;
}

export interface ProviderEvent {
  readonly kind: "payment" | "refund" | "dispute";
  /** A refund event that does not tell the payment's total counts as partial; the stored payment knows better. */
  readonly status: PaymentStatus;
  readonly paid: boolean;
  /** Of the payment, or of the refund or dispute where the provider reports only that one. */
  readonly amountMinor: bigint;
  readonly currency: string;
  /** The provider's name for what was to be paid; ours, except with Razorpay (its order) and Xendit refunds (their reference). */
  readonly orderRef: string;
  /** The same for every redelivery of one event. */
  readonly dedupeKey: string;
  readonly paymentRef: string | null;
  /** The reference we gave, where the event carries it. */
  readonly merchantRef: string | null;
  /** What the event says is the `providerRef`, where the provider cannot be asked without one; unproven until it was asked. */
  readonly claimedProviderRef?: string | null;
  readonly refund: RefundFact | null;
  /** The signature does not cover this body: ask the provider before money moves. */
  readonly mustConfirm: boolean;
}

export type RefusalReason =
  | "SECRET_UNSET"
  | "SIGNATURE_MISSING"
  | "SIGNATURE_MISMATCH"
  | "TIMESTAMP_MISSING"
  | "TOO_OLD"
  | "BODY_TOO_LARGE"
  | "MALFORMED_BODY";

/** An authentic delivery whose body is no event of a payment has `event: null`: answer it with success, do nothing. */
export type WebhookVerdict =
  | { readonly authentic: true; readonly event: ProviderEvent | null }
  | { readonly authentic: false; readonly reason: RefusalReason };

/** A delivery is a few kilobytes; more than this is not one. */
export const LONGEST_WEBHOOK_BYTES = 1024 * 1024;

/**
 * A call that did not succeed. `REFUSED`: the provider has certainly not done it. `UNKNOWN`: it may have (no answer in time,
 * a server error, a reference that was used before): ask with `queryStatus` before anything else is tried.
 */
export class ProviderError extends Error {
  override readonly name = "ProviderError";

  constructor(
    readonly provider: ProviderName,
    readonly outcome: "REFUSED" | "UNKNOWN",
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(`${provider}: ${message}`, options);
  }
}

export interface PaymentProvider {
  readonly name: ProviderName;
  /** @throws ProviderError REFUSED or UNKNOWN */
  createPayment(request: PaymentRequest): Promise<CreatedPayment>;
  /** @throws ProviderError of either outcome when the question was not answered: the payment is then as unknown as before */
  queryStatus(handle: PaymentHandle): Promise<StatusAnswer>;
  /** Safe to repeat with the same `refundRef`. @throws ProviderError REFUSED or UNKNOWN */
  refund(request: RefundRequest): Promise<RefundFact>;
  /** Says whether a delivery is authentic, and what it means. Never throws for what a stranger sent. */
  readWebhook(delivery: WebhookDelivery): WebhookVerdict;
}

/**
 * Refuses what no provider may be sent: an amount that is not above zero, a currency or method the provider has not.
 * @throws ProviderError REFUSED
 */
export function assertPayable(provider: ProviderName, request: PaymentRequest): void {
  const { currency, methods } = OFFERS[provider];
  const refuse = (message: string): never => {
    throw new ProviderError(provider, "REFUSED", message);
  };
  if (request.amountMinor <= 0n) refuse("the amount must be above zero");
  if (request.currency !== currency) refuse(`pays in ${currency} only`);
  if (!methods.includes(request.method)) refuse(`does not offer ${request.method}`);
  if (!/^[\w-]{3,40}$/.test(request.orderRef)) refuse("the reference must be 3 to 40 letters, digits, - or _");
}

/** @throws ProviderError REFUSED for an amount that is not above zero, another currency or an unfit reference */
export function assertRefundable(provider: ProviderName, request: RefundRequest): void {
  if (request.amountMinor <= 0n) throw new ProviderError(provider, "REFUSED", "the amount must be above zero");
  if (request.currency !== OFFERS[provider].currency)
    throw new ProviderError(provider, "REFUSED", `pays in ${OFFERS[provider].currency} only`);
  if (!/^[\w-]{10,40}$/.test(request.refundRef))
    throw new ProviderError(provider, "REFUSED", "the refund's reference must be 10 to 40 letters, digits, - or _");
}
