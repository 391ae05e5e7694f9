import { Decimal } from "@lentera/kit";
import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";

@InputType()
export class RequestRefundInput {
  @Field(() => ID)
  paymentId!: string;
  @Field(() => Decimal, { nullable: true, description: "Above zero; all that is left when it is not said." })
  amount?: string | null;
  @Field(() => String, { description: "For people; 3 to 100 characters." })
  reason!: string;
  @Field(() => String, { description: "Any text of yours, 8 to 100 characters; the same text never refunds twice." })
  idempotencyKey!: string;
}

export const requestRefundRules = z.object({
  paymentId: z.string(),
  amount: z.string().nullish(),
  reason: z.string().trim().min(3, "A reason has 3 to 100 characters.").max(100, "A reason has 3 to 100 characters."),
  idempotencyKey: z.string().min(8, "Use 8 to 100 characters.").max(100, "Use 8 to 100 characters."),
});
