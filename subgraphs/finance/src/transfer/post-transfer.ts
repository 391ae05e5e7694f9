import { createHash } from "node:crypto";
import type { TransferKind } from "@lentera/prisma/finance";
import type { AccountKey } from "../ledger-account/account-key.js";
import { ledgerErrorsOf } from "./ledger-error.js";
import { assertBalanced } from "./transfer.rules.js";
import * as store from "./transfer.store.js";

/** Where a transfer is posted: a transaction of Prisma, or anything else that runs SQL in the same way. */
export interface SqlConnection {
  $queryRaw<Result>(statement: TemplateStringsArray, ...values: unknown[]): PromiseLike<Result>;
}

/** One side of a transfer. The account is given by its id, or by its key and is then opened when there is none. */
export interface NewPosting {
  readonly account: AccountKey | { readonly id: string; readonly currency: string };
  /** Minor units, not zero; negative for what leaves the account. */
  readonly amountMinor: bigint;
}

/** Money taken out of a hold together with the postings that move it. */
export interface HoldCapture {
  readonly holdId: string;
  /** Minor units, 0 to what the hold still keeps back. */
  readonly amountMinor: bigint;
  /** Whether the rest is set free; it is when nothing is left anyway. */
  readonly endsHold: boolean;
}

export interface NewTransfer {
  readonly kind: TransferKind;
  /** For people; 1 to 500 characters. */
  readonly description: string;
  /** What it belongs to, e.g. `payment:<id>`. */
  readonly reference?: string;
  /** Names what happened in the world, e.g. `payment.paid:<id>`; equal keys move money once, in the whole ledger. */
  readonly idempotencyKey: string;
  /** When it counts; now unless told. It does not matter for the order of statements. */
  readonly effectiveAt?: Date;
  /** Two or more; they add up to zero in each currency. */
  readonly postings: readonly NewPosting[];
  readonly captures?: readonly HoldCapture[];
}

export interface PostedTransfer {
  readonly id: string;
  /** False when the key has moved the same before; nothing has moved again. */
  readonly isNew: boolean;
}

/**
 * Moves money, once per idempotency key, in the caller's transaction: the only way into the ledger. One statement.
 *
 * Call {@link postTransfer} or {@link postTransfers} **at most once in a transaction**, the latter for several transfers
 * together: a call takes its locks in one order, two calls do not. Audit entries and events come after it.
 *
 * @throws INSUFFICIENT_BALANCE when a wallet or an escrow would fall below zero or below what its holds keep back
 * @throws IDEMPOTENCY_CONFLICT when the key has moved something else
 * @throws ILLEGAL_STATE for a capture of a hold that has ended, expired or keeps back less
 * @throws NOT_FOUND for an account id that does not exist in that currency
 * @throws RangeError for postings that cannot be a transfer: a defect of the caller
 */
export async function postTransfer(tx: SqlConnection, transfer: NewTransfer): Promise<PostedTransfer> {
  const [posted] = await postTransfers(tx, [transfer]);
  if (posted === undefined) throw new Error("The ledger did not answer.");
  return posted;
}

/** {@link postTransfer} for several transfers with different keys, all or none. @returns them in the given order */
export async function postTransfers(tx: SqlConnection, transfers: readonly NewTransfer[]): Promise<PostedTransfer[]> {
  for (const { postings } of transfers) assertBalanced(postings);
  const hashed = transfers.map((transfer) => ({ ...transfer, inputHash: inputHashOf(transfer) }));
  return ledgerErrorsOf(() => store.postTransfers(tx, hashed));
}

/**
 * Takes a transfer back by its exact mirror, once per key; the original stays as it is.
 * @throws ILLEGAL_STATE for a reversal, for what was reversed before and for what stands in the archive
 * @throws INSUFFICIENT_BALANCE when the money is no longer there
 * @throws IDEMPOTENCY_CONFLICT when the key has moved something else
 */
export function reverseTransfer(
  tx: SqlConnection,
  reversal: { readonly transferId: string; readonly idempotencyKey: string; readonly description: string },
): Promise<PostedTransfer> {
  const { transferId, description } = reversal;
  return ledgerErrorsOf(() => store.reverseTransfer(tx, { ...reversal, inputHash: hash([transferId, description]) }));
}

/** Everything that moves; the time does not count, so that a retry may come later. */
function inputHashOf({ kind, description, reference, postings, captures = [] }: NewTransfer): string {
  const sides = postings.map(({ account, amountMinor }) => [
    "id" in account ? account.id : [account.ownerKind, account.ownerId, account.purpose],
    account.currency,
    String(amountMinor),
  ]);
  const drawn = captures.map(({ holdId, amountMinor, endsHold }) => [holdId, String(amountMinor), endsHold]);
  return hash([kind, description, reference ?? null, sides, drawn]);
}

function hash(facts: unknown): string {
  return createHash("sha256").update(JSON.stringify(facts)).digest("base64");
}
