import { Decimal, isCurrency } from "@lentera/kit";
import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";
import { descriptionRule, idempotencyKeyRule } from "../transfer/transfer.input.js";

@InputType()
export class AddBankAccountInput {
  @Field(() => String, { description: "The bank as the provider names it, e.g. `ID_BCA`." })
  bankCode!: string;
  @Field(() => String, { description: "As the bank has it; 3 to 100 characters." })
  holderName!: string;
  @Field(() => String, { description: "5 to 20 digits. Stored encrypted and shown masked." })
  accountNumber!: string;
  @Field(() => String, { description: "ISO 4217 code of what the account holds." })
  currency!: string;
  @Field(() => String, { description: "The caller's own name for this change." })
  idempotencyKey!: string;
}

@InputType()
export class RequestPayoutInput {
  @Field(() => ID)
  bankAccountId!: string;
  @Field(() => Decimal, { description: "Leaves the wallet; the bank account gets it without the fee." })
  amount!: string;
  @Field(() => String, { description: "The caller's own name for this payout." })
  idempotencyKey!: string;
}

@InputType()
export class ApprovePayoutInput {
  @Field(() => ID)
  payoutId!: string;
}

@InputType()
export class RejectPayoutInput {
  @Field(() => ID)
  payoutId!: string;
  @Field(() => String, { description: "Why; 1 to 500 characters, which the person reads." })
  reason!: string;
}

export const addBankAccountRules = z.object({
  bankCode: z.string().regex(/^[A-Z]{2}_[A-Z0-9_]{2,40}$/, "Use the code of a bank, e.g. ID_BCA."),
  holderName: z.string().trim().min(3, "Give the holder's name.").max(100, "A name has at most 100 characters."),
  accountNumber: z
    .string()
    .transform((number) => number.replaceAll(/[\s-]/g, ""))
    .pipe(z.string().regex(/^\d{5,20}$/, "Give 5 to 20 digits.")),
  currency: z.string().refine(isCurrency, "Use one of the platform's currencies."),
  idempotencyKey: idempotencyKeyRule,
});

export const requestPayoutRules = z.object({
  bankAccountId: z.guid("Use the `id` of a bank account."),
  amount: z.string(),
  idempotencyKey: idempotencyKeyRule,
});

export const rejectPayoutRules = z.object({ payoutId: z.guid("Use the `id` of a payout."), reason: descriptionRule });
