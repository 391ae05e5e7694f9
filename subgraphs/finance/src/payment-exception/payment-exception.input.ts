import { ConnectionArguments } from "@lentera/kit";
import { PaymentExceptionKind, PaymentExceptionResolution, PaymentExceptionStatus } from "@lentera/prisma/finance";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { z } from "zod";

@InputType()
export class ResolvePaymentExceptionInput {
  @Field(() => ID)
  id!: string;
  @Field(() => PaymentExceptionResolution, { description: "ACCEPT and RETURN only for money of a wrong amount." })
  resolution!: PaymentExceptionResolution;
  @Field(() => String, { description: "Why; 3 to 1000 characters." })
  note!: string;
}
export const resolvePaymentExceptionRules = z.object({
  id: z.guid("Use the `id` of an exception."),
  resolution: z.enum(PaymentExceptionResolution),
  note: z.string().trim().min(3, "A note has 3 to 1000 characters.").max(1000, "A note has 3 to 1000 characters."),
});

@InputType()
export class ApprovePaymentExceptionInput {
  @Field(() => ID)
  id!: string;
}

@ArgsType()
export class PaymentExceptionListArguments extends ConnectionArguments {
  @Field(() => [PaymentExceptionStatus], { nullable: true })
  statuses?: PaymentExceptionStatus[] | null;
  @Field(() => [PaymentExceptionKind], { nullable: true })
  kinds?: PaymentExceptionKind[] | null;
}
