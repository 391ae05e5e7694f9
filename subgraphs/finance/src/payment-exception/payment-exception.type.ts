import { DateTime, connectionOf } from "@lentera/kit";
import { PaymentExceptionKind, PaymentExceptionResolution, PaymentExceptionStatus } from "@lentera/prisma/finance";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(PaymentExceptionKind, {
  name: "PaymentExceptionKind",
  description: "What is wrong.",
  valuesConfig: {
    UNKNOWN_ORDER: { description: "A provider tells of a payment that we do not know." },
    UNCONFIRMED: { description: "A provider tells what we could not check." },
    UNDERPAID: { description: "Less came than was asked for." },
    OVERPAID: { description: "More came than was asked for." },
    WRONG_CURRENCY: { description: "Other money came than was asked for." },
    REFUND_FAILED: { description: "The provider cannot refund it, e.g. a bank transfer: pay it back by hand." },
    MISSING: { description: "We have booked it; the provider's settlement report has not." },
    AMOUNT_DIFFERS: { description: "The settlement report has another amount." },
    FEE_DIFFERS: { description: "The provider has kept another fee than agreed." },
    DUPLICATE: { description: "It stands in a settlement report for the second time." },
    UNKNOWN: { description: "The settlement report has a payment that we do not know." },
  },
});
registerEnumType(PaymentExceptionStatus, { name: "PaymentExceptionStatus", description: "How far it has come." });
registerEnumType(PaymentExceptionResolution, {
  name: "PaymentExceptionResolution",
  description: "What is done about it.",
  valuesConfig: {
    NOTE: { description: "Nothing moves: a note says why." },
    ACCEPT: { description: "What came counts as the whole payment. Needs a second person." },
    RETURN: { description: "What came goes back to the payer. Needs a second person." },
  },
});

@ObjectType({ description: "What a person of the platform's finance staff has to look at." })
export class PaymentException {
  @Field(() => ID)
  id!: string;
  @Field(() => PaymentExceptionKind)
  kind!: PaymentExceptionKind;
  @Field(() => String)
  provider!: string;
  @Field(() => ID, { nullable: true })
  paymentId!: string | null;
  @Field(() => PaymentExceptionStatus)
  status!: PaymentExceptionStatus;
  @Field(() => PaymentExceptionResolution, { nullable: true })
  resolution!: PaymentExceptionResolution | null;
  @Field(() => String, { nullable: true })
  note!: string | null;
  @Field(() => ID, { nullable: true, description: "Who has proposed the resolution." })
  proposedById!: string | null;
  @Field(() => ID, { nullable: true })
  resolvedById!: string | null;
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true })
  resolvedAt!: Date | null;

  details!: unknown;
}

@ObjectType({ description: "One fact about an exception." })
export class PaymentExceptionDetail {
  @Field(() => String)
  name!: string;
  @Field(() => String)
  value!: string;
}

export const PaymentExceptionConnection = connectionOf(PaymentException);

@ObjectType()
export class PaymentExceptionPayload {
  @Field(() => PaymentException)
  paymentException!: PaymentException;
}
