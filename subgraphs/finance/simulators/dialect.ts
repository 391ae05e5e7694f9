/** What the four simulators have in common, and what each must say in its own words. */

export interface SimulatedRefund {
  readonly id: string;
  readonly reference: string;
  readonly amountMinor: bigint;
  readonly createdAtMs: number;
}

export interface SimulatedPayment {
  /** The provider's id of what is to be paid. */
  readonly id: string;
  /** The merchant's own reference. */
  readonly reference: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** In the provider's words. */
  readonly method: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly returnUrl: string | null;
  /** What else the provider tells of it, such as a virtual account number. */
  readonly details: Readonly<Record<string, string>>;
  status: "open" | "paid" | "failed" | "expired";
  /** The provider's id of the present try of the payer. */
  paymentId: string;
  attempts: number;
  readonly refunds: SimulatedRefund[];
}

export type Change =
  | { readonly kind: "CREATED" | "PAID" | "ATTEMPT_FAILED" | "EXPIRED" | "PAID_AGAIN" }
  | { readonly kind: "REFUNDED"; readonly refund: SimulatedRefund };

export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A webhook that waits to be sent; the signature is made when it goes out. */
export interface Notice {
  render(delivery: { readonly secret: string; readonly attempt: number; readonly nowMs: number }): {
    readonly body: string;
    readonly headers: Readonly<Record<string, string>>;
  };
}

/** What a dialect can use of its simulator. */
export interface World {
  readonly url: string;
  now(): number;
  /** A new id: the prefix and letters that depend on the seed and the count only. */
  newId(prefix: string, length: number): string;
  newUuid(): string;
  find(test: (payment: SimulatedPayment) => boolean): SimulatedPayment | undefined;
  /** Whether a merchant's reference was used before. */
  isTaken(reference: string): boolean;
  open(
    payment: Pick<
      SimulatedPayment,
      "reference" | "amountMinor" | "currency" | "method" | "returnUrl" | "expiresAtMs"
    > & {
      readonly id: string;
      readonly paymentId: string;
      readonly details?: Readonly<Record<string, string>>;
    },
  ): SimulatedPayment;
  refund(payment: SimulatedPayment, id: string, reference: string, amountMinor: bigint): SimulatedRefund;
}

export interface Dialect {
  readonly name: string;
  /** Signs webhooks. */
  readonly webhookSecret: string;
  readonly webhookTimeoutMs: number;
  /** @returns undefined when there is no such route */
  handle(call: ApiCall, world: World): ApiAnswer | undefined;
  /** The webhooks that a change causes. */
  notices(payment: SimulatedPayment, change: Change, world: World): Notice[];
  /** An id for the next try of the payer. */
  nextPaymentId(world: World): string;
  /** Whether a failed try ends the payment, so that the payer cannot try again. */
  failureEnds(payment: SimulatedPayment): boolean;
  /** What the provider adds to the return URL. */
  returnQuery(payment: SimulatedPayment): Readonly<Record<string, string>>;
  /** @returns how long to wait before the next try of a delivery; undefined when it was received or is given up */
  retryAfterMs(attempt: number, httpStatus: number | null): number | undefined;
}

declare global {
  interface JSON {
    /** A value that is written as this text. */
    rawJSON(text: string): object;
  }
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** Minor units as a number with two decimals in the raw text, such as `170.00`. */
export function rawDecimal(amountMinor: bigint, digits: 0 | 2): object {
  return JSON.rawJSON(twoDecimals(amountMinor, digits));
}

/** Minor units as a text with two decimals, whatever the digits of the currency. */
export function twoDecimals(amountMinor: bigint, digits: 0 | 2): string {
  const padded = (digits === 0 ? amountMinor * 100n : amountMinor).toString().padStart(3, "0");
  return `${padded.slice(0, -2)}.${padded.slice(-2)}`;
}

/** @throws Error for a key that looks as if it could move money */
export function refuseProductionKeys(...keys: readonly string[]): void {
  if (keys.some((key) => /^(Mid-server-|xnd_production_|rzp_live_|cfsk_ma_prod_)/.test(key)))
    throw new Error("A simulator takes no production keys: start it with made-up ones.");
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}
