import { CURRENCIES, Decimal, toMinorUnits } from "@lentera/kit";
import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";

@InputType()
export class TransferFundsInput {
  @Field(() => ID)
  fromAccountId!: string;
  @Field(() => ID)
  toAccountId!: string;
  @Field(() => Decimal, { description: "More than zero, with at most the digits that the currency has." })
  amount!: string;
  @Field(() => String, { description: "ISO 4217 code; that of both accounts." })
  currency!: string;
  @Field(() => String, { description: "For people; 1 to 500 characters." })
  description!: string;
  @Field(() => String, { description: "The caller's own name for this transfer: repeating it moves nothing twice." })
  idempotencyKey!: string;
}

@InputType()
export class ReverseTransferInput {
  @Field(() => ID)
  transferId!: string;
  @Field(() => String, { description: "Why; 1 to 500 characters." })
  description!: string;
  @Field(() => String, { description: "The caller's own name for this reversal." })
  idempotencyKey!: string;
}

/** PostgreSQL stores every character but this one. */
const storable = (text: string): boolean => !text.includes("\u0000");

/** What a transfer is for. */
export const descriptionRule = z
  .string()
  .trim()
  .min(1, "Say what the transfer is for.")
  .max(500, "A description has at most 500 characters.")
  .refine(storable, "A description cannot hold the character U+0000.");

/** The caller's own name for a change. */
export const idempotencyKeyRule = z
  .string()
  .min(1, "Choose a key, for example a random UUID.")
  .max(200, "A key has at most 200 characters.")
  .refine(storable, "A key cannot hold the character U+0000.");

/** @returns undefined for what is no positive amount of the currency */
function positiveAmount(amount: string, currency: string): bigint | undefined {
  try {
    const amountMinor = toMinorUnits(amount, currency);
    return amountMinor > 0n ? amountMinor : undefined;
  } catch {
    return undefined;
  }
}

export const transferFundsRules = z
  .object({
    fromAccountId: z.guid("Use the `id` of an account."),
    toAccountId: z.guid("Use the `id` of an account."),
    amount: z.string(),
    currency: z.enum(CURRENCIES, `Use one of ${CURRENCIES.join(", ")}.`),
    description: descriptionRule,
    idempotencyKey: idempotencyKeyRule,
  })
  .check(
    z.refine(({ fromAccountId, toAccountId }) => fromAccountId !== toAccountId, {
      path: ["toAccountId"],
      message: "Choose another account than the one the money comes from.",
      when: () => true,
    }),
    z.refine(
      ({ amount, currency }) => !CURRENCIES.includes(currency) || positiveAmount(amount, currency) !== undefined,
      {
        path: ["amount"],
        message: "Give an amount above zero with at most the digits that the currency has.",
        when: () => true,
      },
    ),
  );

export const reverseTransferRules = z.object({
  transferId: z.guid("Use the `id` of a transfer."),
  description: descriptionRule,
  idempotencyKey: idempotencyKeyRule,
});
