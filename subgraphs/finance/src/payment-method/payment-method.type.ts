import { Money } from "@lentera/kit";
import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "What a way to pay costs the payer." })
export class ProcessingFee {
  @Field(() => Float, { description: "Percent of the amount." })
  percentage!: number;
  @Field(() => Money, { description: "In addition to the percentage." })
  fixed!: Money;
  @Field(() => Money, { nullable: true, description: "For the amount that was asked about, rounded half up." })
  total!: Money | null;
}

@ObjectType({ description: "A way to pay in one currency." })
export class PaymentMethod {
  @Field(() => String, { description: "E.g. `BCA_VA`; pass it to `createPayment`." })
  code!: string;
  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;
  @Field(() => String, { description: "In the caller's language." })
  name!: string;
  @Field(() => String, { description: "In the caller's language." })
  description!: string;
  @Field(() => String, { nullable: true })
  iconUrl!: string | null;
  @Field(() => Boolean)
  isActive!: boolean;
  @Field(() => Money, { description: "The smallest amount, without the fee." })
  minimum!: Money;
  @Field(() => Money, { description: "The largest amount, without the fee." })
  maximum!: Money;
  @Field(() => ProcessingFee)
  processingFee!: ProcessingFee;
  @Field(() => Int, { description: "How long the payer has, in minutes." })
  expiresInMinutes!: number;
}

@ObjectType()
export class UpdatePaymentMethodPayload {
  @Field(() => PaymentMethod)
  paymentMethod!: PaymentMethod;
}
