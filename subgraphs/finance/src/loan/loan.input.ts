import { Decimal } from "@lentera/kit";
import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";
import { idempotencyKeyRule } from "../transfer/transfer.input.js";

@InputType()
export class RepayLoanInput {
  @Field(() => ID)
  loanId!: string;
  @Field(() => Decimal, { nullable: true, description: "Leave it out to settle the whole loan early." })
  amount?: string | null;
  @Field(() => String)
  idempotencyKey!: string;
}

export const repayLoanRules = z.object({
  loanId: z.guid("Use the `id` of a loan."),
  amount: z.string().nullish(),
  idempotencyKey: idempotencyKeyRule,
});
