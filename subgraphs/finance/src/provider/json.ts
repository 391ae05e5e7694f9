import { isCurrency, toMinorUnits, toMoney } from "@lentera/kit";
import { z } from "zod";

/**
 * JSON with every number as the text that was sent, so that `170.00` keeps its decimals and a long id its digits.
 * @returns undefined when it is not JSON
 */
export function parseExact(text: string): unknown {
  const keepText = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === "number" ? (context?.source ?? String(value)) : value;
  try {
    return JSON.parse(text, keepText);
  } catch {
    return undefined;
  }
}

/** Text or a number's text, as `parseExact` gives it. */
export const text = z.string();
/** A text that may be null, missing or empty. */
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value === "" || value == null ? null : value));

const DECIMAL = /^\d{1,15}(\.\d{1,4})?$/;

/** A provider's decimal amount in major units to minor units. @returns undefined when it has more digits than the currency */
export function minorFromDecimal(amount: string, currency: string): bigint | undefined {
  if (!DECIMAL.test(amount) || !isCurrency(currency)) return undefined;
  try {
    return toMinorUnits(amount, currency);
  } catch {
    return undefined;
  }
}

/** A provider's integer amount in minor units. @returns undefined when it is not one */
export function minorFromInteger(amount: string): bigint | undefined {
  return /^\d{1,15}$/.test(amount) ? BigInt(amount) : undefined;
}

/** Minor units as the JSON number in major units that a provider takes: exact, as amounts have at most 15 digits. */
export function decimalNumber(amountMinor: bigint, currency: string): number {
  return Number(toMoney(amountMinor, currency).amount);
}
