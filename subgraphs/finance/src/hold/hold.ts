import { createHash } from "node:crypto";
import type { HoldStatus } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";
import type { AccountKey } from "../ledger-account/account-key.js";
import { ledgerErrorsOf } from "../transfer/ledger-error.js";
import * as store from "./hold.store.js";

/** Money that an account has and may not spend. */
export interface Hold {
  readonly id: string;
  readonly accountId: string;
  readonly amountMinor: bigint;
  /** Still kept back; 0 when the hold has ended. */
  readonly remainingMinor: bigint;
  readonly capturedMinor: bigint;
  readonly status: HoldStatus;
  readonly expiresAt: Date | null;
}

export interface NewHold {
  readonly account: AccountKey;
  /** Minor units, above zero. */
  readonly amountMinor: bigint;
  readonly reason: string;
  /** Equal keys hold once. */
  readonly idempotencyKey: string;
  /** When it ends by itself; null never. From then on nothing can be captured, whether the job has run or not. */
  readonly expiresAt: Date | null;
}

/**
 * Keeps an amount of a wallet back, in the caller's transaction. What is held is part of the balance and cannot be spent,
 * but for a capture: `captures` of {@link postTransfer}, full or in parts.
 *
 *     ACTIVE ─ capture of all, or of the last part ─▶ CAPTURED
 *     ACTIVE ─ release ─▶ RELEASED (CAPTURED when a part was captured before)
 *     ACTIVE ─ time is up ─▶ EXPIRED (likewise)
 *
 * @throws INSUFFICIENT_BALANCE when the account has less that is not held
 * @throws IDEMPOTENCY_CONFLICT when the key holds something else
 */
export async function placeHold(
  tx: Transaction,
  { account, amountMinor, reason, idempotencyKey, expiresAt }: NewHold,
): Promise<{ id: string; isNew: boolean }> {
  if (amountMinor <= 0n) throw new RangeError("A hold keeps back more than zero.");
  const { ownerKind, ownerId, purpose, currency } = account;
  const facts = [ownerKind, ownerId, purpose, currency, String(amountMinor), reason];
  const inputHash = createHash("sha256").update(JSON.stringify(facts)).digest("base64");
  return ledgerErrorsOf(() =>
    store.placeHold(tx, { account, amountMinor, reason, idempotencyKey, inputHash, expiresAt }),
  );
}

/** Sets free what a hold still keeps back. @returns false when it has ended before */
export async function releaseHold(tx: Transaction, holdId: string): Promise<boolean> {
  return (await store.endHolds(tx, [holdId], "RELEASED")) === 1;
}
