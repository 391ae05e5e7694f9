import { Decimal } from "@lentera/kit";
import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";
import { idempotencyKeyRule } from "../transfer/transfer.input.js";

@InputType()
export class DecideEscrowInput {
  @Field(() => ID)
  bookingId!: string;
  @Field(() => Decimal, {
    description: "Of the price back to the payer, 0 to all of it. With all of it the student fee goes back, too.",
  })
  refundAmount!: string;
  @Field(() => String, { description: "The caller's own name for this decision." })
  idempotencyKey!: string;
}

export const decideEscrowRules = z.object({
  bookingId: z.guid("Use the `id` of a booking."),
  refundAmount: z.string(),
  idempotencyKey: idempotencyKeyRule,
});
