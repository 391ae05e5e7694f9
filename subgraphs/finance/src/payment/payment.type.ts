import { DateTime, connectionOf } from "@lentera/kit";
import { PaymentPurpose as PaymentPurposeKind, PaymentStatus } from "@lentera/prisma/finance";
import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(PaymentStatus, {
  name: "PaymentStatus",
  description: "How far a payment has come.",
  valuesConfig: {
    PENDING: { description: "It waits for the payer." },
    PROCESSING: { description: "The provider or the platform is still looking into it; it may become anything." },
    SUCCEEDED: { description: "The money is here." },
    FAILED: { description: "Nothing was paid, or the bank has taken it back." },
    EXPIRED: { description: "The payer's time is over. Money that comes late still makes it SUCCEEDED." },
    CANCELLED: { description: "The payer has given it up. Money that comes late still makes it SUCCEEDED." },
    PARTIALLY_REFUNDED: { description: "A part went back." },
    REFUNDED: { description: "All of the price went back." },
  },
});
registerEnumType(PaymentPurposeKind, { name: "PaymentPurposeKind", description: "What a payment is for." });

@ObjectType({ description: "What a payment is for." })
export class PaymentPurpose {
  @Field(() => PaymentPurposeKind)
  kind!: PaymentPurposeKind;
  @Field(() => ID, { description: "Of what is paid for; for TOP_UP the owner of the wallet." })
  referenceId!: string;
}

@ObjectType({ description: "What the payer has to do." })
export class PaymentInstructions {
  @Field(() => String, { description: "In the caller's language." })
  title!: string;
  @Field(() => [String], { description: "One after the other, in the caller's language." })
  steps!: readonly string[];
  @Field(() => String, { nullable: true, description: "A page or an app to open." })
  paymentUrl!: string | null;
  @Field(() => String, { nullable: true, description: "A virtual account number, or Mandiri's bill key." })
  vaNumber!: string | null;
  @Field(() => String, { nullable: true, description: "Mandiri's company code that goes with the bill key." })
  billerCode!: string | null;
  @Field(() => String, { nullable: true, description: "The text of the QR code." })
  qrText!: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: "Somebody's intention to pay for one thing, and what has become of it." })
export class Payment {
  @Field(() => ID)
  id!: string;
  @Field(() => ID, { description: "The person who pays." })
  payerId!: string;
  @Field(() => ID, { nullable: true, description: "The organization that it is made to." })
  organizationId!: string | null;
  @Field(() => String, { description: "For people." })
  description!: string;
  @Field(() => String, { description: "The code of the payment method." })
  method!: string;
  @Field(() => PaymentStatus)
  status!: PaymentStatus;
  @Field(() => DateTime, { description: "Until when the payer can pay." })
  expiresAt!: Date;
  @Field(() => DateTime, { nullable: true })
  paidAt!: Date | null;
  @Field(() => DateTime)
  createdAt!: Date;

  currency!: string;
  amountMinor!: bigint;
  feeMinor!: bigint;
  refundedMinor!: bigint;
  purposeKind!: PaymentPurposeKind;
  purposeReferenceId!: string;
}

export const PaymentConnection = connectionOf(Payment);

@ObjectType()
export class CreatePaymentPayload {
  @Field(() => Payment)
  payment!: Payment;
}

@ObjectType()
export class CancelPaymentPayload {
  @Field(() => Payment)
  payment!: Payment;
}
