import { Money } from "@lentera/kit";
import { PaymentPurpose as PaymentPurposeKind } from "@lentera/prisma/finance";
import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "Payments of one method." })
export class PaymentMethodShare {
  @Field(() => String)
  method!: string;
  @Field(() => Int, { description: "How many were started." })
  startedCount!: number;
  @Field(() => Int, { description: "How many of them got money." })
  paidCount!: number;
  @Field(() => Money, { description: "Prices that were paid." })
  collected!: Money;
}

@ObjectType({ description: "Payments for one purpose." })
export class PaymentPurposeShare {
  @Field(() => PaymentPurposeKind)
  kind!: PaymentPurposeKind;
  @Field(() => Int)
  paidCount!: number;
  @Field(() => Money, { description: "Prices that were paid." })
  collected!: Money;
}

@ObjectType({ description: "Payments of one day in UTC." })
export class PaymentDay {
  @Field(() => String, { description: "As in 2026-11-20." })
  day!: string;
  @Field(() => Int)
  paidCount!: number;
  @Field(() => Money, { description: "Prices that were paid." })
  collected!: Money;
}

@ObjectType({ description: "What payments of one currency came to, by the time at which they were started." })
export class PaymentAnalytics {
  @Field(() => Int, { description: "How many were started." })
  startedCount!: number;
  @Field(() => Int, { description: "How many of them got money, refunded ones included." })
  paidCount!: number;
  @Field(() => Money, { description: "Prices that were paid." })
  collected!: Money;
  @Field(() => Money, { description: "Fees that payers paid on top." })
  fees!: Money;
  @Field(() => Money, { description: "What went back." })
  refunded!: Money;
  @Field(() => Money, { description: "Collected less refunded." })
  net!: Money;
  @Field(() => [PaymentMethodShare], { description: "The largest first." })
  byMethod!: PaymentMethodShare[];
  @Field(() => [PaymentPurposeShare], { description: "The largest first." })
  byPurpose!: PaymentPurposeShare[];
  @Field(() => [PaymentDay], { description: "Days with a paid payment, oldest first." })
  byDay!: PaymentDay[];
}

@ObjectType({ description: "Payments as a CSV file, in the order of the list." })
export class PaymentExport {
  @Field(() => String)
  fileName!: string;
  @Field(() => String, { description: "UTF-8 with a header; amounts in major units, times in UTC." })
  content!: string;
  @Field(() => Int)
  rowCount!: number;
}
