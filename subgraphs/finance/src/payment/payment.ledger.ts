import type { TransferKind } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";
import { type AccountKey, clearingOf, platformAccount } from "../ledger-account/account-key.js";
import type { ProviderName } from "../provider/provider.js";
import { postTransfer } from "../transfer/post-transfer.js";
import { availableOf } from "./payment.store.js";

/** Where a price goes, whatever its currency. */
export type AccountOwner = Omit<AccountKey, "currency">;

export interface Booking {
  /** Names what happened; it is booked once. */
  readonly key: string;
  readonly kind: TransferKind;
  readonly description: string;
  readonly currency: string;
  readonly at: Date;
}

// A transaction of a payment waits for one account only, the payee's: all others are hot, and who comes second has waited for
// the payment before. So it may call the ledger more than once.

/** Money whose owner is not decided, or that is on its way back. */
export function suspense(currency: string): AccountKey {
  return platformAccount("SUSPENSE", currency);
}
export function clearing(provider: ProviderName, currency: string): AccountKey {
  return clearingOf(provider, currency);
}

/** What the payer has paid arrives: the price at its destination, the method's fee with the platform. @returns the transfer */
export function bookPaid(
  tx: Transaction,
  booking: Booking,
  money: { provider: ProviderName; amountMinor: bigint; feeMinor: bigint; destination: AccountKey },
): Promise<string> {
  const { provider, amountMinor, feeMinor, destination } = money;
  return book(tx, booking, [
    { account: clearing(provider, booking.currency), amountMinor: -(amountMinor + feeMinor) },
    { account: destination, amountMinor },
    { account: platformAccount("FEES", booking.currency), amountMinor: feeMinor },
  ]);
}

/** Moves an amount. @throws INSUFFICIENT_BALANCE when the payee has spent it */
export function bookMove(
  tx: Transaction,
  booking: Booking,
  from: AccountKey,
  to: AccountKey,
  amountMinor: bigint,
): Promise<string> {
  return book(tx, booking, [
    { account: from, amountMinor: -amountMinor },
    { account: to, amountMinor },
  ]);
}

/** Moves an amount that nobody can refuse to give: what the account has not, the platform pays. */
export async function bookForced(
  tx: Transaction,
  booking: Booking,
  from: AccountKey,
  to: AccountKey,
  amountMinor: bigint,
): Promise<string> {
  const availableMinor = await availableOf(tx, from);
  const fromAccount = availableMinor === null || availableMinor >= amountMinor ? amountMinor : availableMinor;
  return book(tx, booking, [
    { account: from, amountMinor: -fromAccount },
    { account: platformAccount("COST", booking.currency), amountMinor: -(amountMinor - fromAccount) },
    { account: to, amountMinor },
  ]);
}

async function book(
  tx: Transaction,
  { key: idempotencyKey, kind, description, at: effectiveAt }: Booking,
  legs: readonly { readonly account: AccountKey; readonly amountMinor: bigint }[],
): Promise<string> {
  const postings = legs.filter(({ amountMinor }) => amountMinor !== 0n);
  return (await postTransfer(tx, { kind, description, idempotencyKey, effectiveAt, postings })).id;
}
