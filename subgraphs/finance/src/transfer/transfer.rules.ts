import { LenteraError, invalidField } from "@lentera/kit";

/** Two or more postings of other than zero that add up to zero in each currency. @throws RangeError for anything else */
export function assertBalanced(
  postings: readonly { readonly account: { readonly currency: string }; readonly amountMinor: bigint }[],
): void {
  if (postings.length < 2) throw new RangeError("A transfer has two postings or more.");
  if (postings.some(({ amountMinor }) => amountMinor === 0n)) throw new RangeError("A posting is not zero.");
  for (const [currency, sides] of Map.groupBy(postings, ({ account }) => account.currency)) {
    const total = sides.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    if (total !== 0n) throw new RangeError(`The postings in ${currency} add up to ${total}, not to zero.`);
  }
}

/**
 * @throws NOT_FOUND when one of the accounts does not exist
 * @throws VALIDATION_ERROR when one has another currency
 */
export function assertCurrency(
  accounts: ReadonlyMap<string, { readonly currency: string }>,
  wantedIds: readonly string[],
  currency: string,
): void {
  const wanted = wantedIds.map((id) => accounts.get(id));
  if (wanted.includes(undefined)) throw new LenteraError("NOT_FOUND");
  if (wanted.some((account) => account?.currency !== currency))
    throw invalidField("input.currency", "INVALID_FORMAT", "Use the currency of both accounts.");
}
