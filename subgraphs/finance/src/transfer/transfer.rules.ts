import { LenteraError, invalidField } from "@lentera/kit";

/** An account at the moment of a transfer, locked. */
export interface AccountFacts {
  readonly id: string;
  readonly currency: string;
  readonly allowNegative: boolean;
  readonly balanceMinor: bigint;
}

export interface NewPosting {
  readonly accountId: string;
  readonly currency: string;
  /** Minor units; negative for what leaves the account. */
  readonly amountMinor: bigint;
}

/**
 * The two postings that move an amount, given in minor units and above zero.
 * @throws VALIDATION_ERROR when an account has another currency
 * @throws INSUFFICIENT_BALANCE when the first account has less and may not go below zero
 */
export function postingsBetween(
  from: AccountFacts,
  to: AccountFacts,
  currency: string,
  amountMinor: bigint,
): NewPosting[] {
  if (from.currency !== currency || to.currency !== currency)
    throw invalidField("input.currency", "INVALID_FORMAT", "Use the currency of both accounts.");
  if (!from.allowNegative && from.balanceMinor < amountMinor) throw new LenteraError("INSUFFICIENT_BALANCE");
  return [
    { accountId: from.id, currency, amountMinor: -amountMinor },
    { accountId: to.id, currency, amountMinor },
  ];
}
