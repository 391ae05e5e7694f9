import { DateTime } from "@lentera/kit";
import { RefundStatus } from "@lentera/prisma/finance";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Payment } from "../payment/payment.type.js";

registerEnumType(RefundStatus, {
  name: "RefundStatus",
  description: "How far a refund has come.",
  valuesConfig: {
    PENDING: { description: "It is on its way; the money has left the payee's account." },
    SUCCEEDED: { description: "The payer gets the money." },
    FAILED: { description: "The provider cannot do it; the money is back with the payee." },
  },
});

@ObjectType({ description: "Money on its way back to a payer." })
export class Refund {
  @Field(() => ID)
  id!: string;
  @Field(() => RefundStatus)
  status!: RefundStatus;
  @Field(() => String, { description: "For people." })
  reason!: string;
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true, description: "When it succeeded or failed." })
  completedAt!: Date | null;

  paymentId!: string;
  amountMinor!: bigint;
}

@ObjectType()
export class RequestRefundPayload {
  @Field(() => Refund)
  refund!: Refund;
  @Field(() => Payment)
  payment!: Payment;
}
