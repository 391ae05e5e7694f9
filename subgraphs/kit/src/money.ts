import { GraphQLScalarType, Kind } from "graphql";
import { Directive, Field, ObjectType } from "type-graphql";
import { LenteraError } from "./errors.js";

/** Digits after the decimal point in use, by ISO 4217 code. IDR has two on paper and none in use. */
export const CURRENCIES = ["IDR", "INR", "USD", "SGD", "JPY"] as const;
export type Currency = (typeof CURRENCIES)[number];
const EXPONENTS: Readonly<Record<Currency, number>> = { IDR: 0, INR: 2, USD: 2, SGD: 2, JPY: 0 };

export function isCurrency(code: string): code is Currency {
  return Object.hasOwn(EXPONENTS, code);
}

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,4}))?$/;

function decimal(value: unknown): string {
  if (typeof value === "string" && DECIMAL.test(value)) return value;
  throw new TypeError('An amount is a decimal string in major units, e.g. "75000" or "12.50".');
}

/** A decimal number as a string, so that no client rounds it. */
export const Decimal = new GraphQLScalarType<string, string>({
  name: "Decimal",
  description: "A decimal number as a string, e.g. `12.50`. Never a float.",
  serialize: decimal,
  parseValue: decimal,
  parseLiteral: (node) => decimal(node.kind === Kind.STRING ? node.value : undefined),
});

@Directive("@shareable")
@ObjectType({ description: "An amount of money." })
export class Money {
  @Field(() => Decimal, { description: "In major units, e.g. rupiah or rupees." })
  readonly amount: string;

  @Field(() => String, { description: "ISO 4217 code." })
  readonly currency: string;

  constructor(amount: string, currency: string) {
    this.amount = amount;
    this.currency = currency;
  }
}

/** Minor units as stored to the `Money` of the API. @throws when the currency is not one of ours. */
export function toMoney(amountMinor: bigint, currency: string): Money {
  const exponent = exponentOf(currency);
  const sign = amountMinor < 0n ? "-" : "";
  const digits = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent);
  return new Money(`${sign}${whole}${exponent === 0 ? "" : `.${fraction}`}`, currency);
}

/**
 * An amount in major units to minor units, exactly. @throws VALIDATION_ERROR for more digits than the currency has.
 */
export function toMinorUnits(amount: string, currency: string, path = "input.amount"): bigint {
  const exponent = exponentOf(currency);
  const [, sign = "", whole = "", fraction = ""] = DECIMAL.exec(amount) ?? [];
  const kept = fraction.slice(0, exponent).padEnd(exponent, "0");
  if (whole === "" || /[1-9]/.test(fraction.slice(exponent)))
    throw new LenteraError("VALIDATION_ERROR", {
      details: [
        { path, code: "INVALID_FORMAT", message: `${currency} has ${exponent} digits after the decimal point.` },
      ],
    });
  const minor = BigInt(whole + kept);
  return sign === "-" ? -minor : minor;
}

function exponentOf(currency: string): number {
  if (!isCurrency(currency))
    throw new LenteraError("VALIDATION_ERROR", {
      details: [{ path: "input.currency", code: "INVALID_FORMAT", message: `Use one of ${CURRENCIES.join(", ")}.` }],
    });
  return EXPONENTS[currency];
}
