import { DateTime, connectionOf } from "@lentera/kit";
import { Field, ID, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "What a payment provider told us, as it came." })
export class PaymentDelivery {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  provider!: string;
  @Field(() => DateTime)
  receivedAt!: Date;
  @Field(() => DateTime, { nullable: true, description: "Null while it waits." })
  processedAt!: Date | null;
  @Field(() => String, { nullable: true, description: "A word for what it changed." })
  outcome!: string | null;
  @Field(() => Int, { description: "How often it came again." })
  duplicates!: number;

  rawBody!: Uint8Array;
}

export const PaymentDeliveryConnection = connectionOf(PaymentDelivery);
