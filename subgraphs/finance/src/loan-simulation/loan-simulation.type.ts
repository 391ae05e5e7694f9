import { CalendarDate, Money } from "@lentera/kit";
import { DayCount, RepaymentMethod } from "@lentera/prisma/finance";
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(RepaymentMethod, {
  name: "RepaymentMethod",
  description: "How a loan is paid back.",
  valuesConfig: {
    FLAT: { description: "Interest on the whole principal until the end." },
    ANNUITY: { description: "Equal instalments; interest on what is still owed." },
    DECLINING_BALANCE: { description: "Equal parts of the principal; interest on what is still owed." },
  },
});
registerEnumType(DayCount, {
  name: "DayCount",
  description: "How the time that bears interest is counted.",
  valuesConfig: {
    THIRTY_360: { description: "Every month is a twelfth of a year." },
    ACTUAL_365: { description: "The days of the period over 365." },
  },
});

@ObjectType({ description: "One payment of a schedule." })
export class LoanInstalment {
  @Field(() => Int, { description: "From 1." })
  number!: number;
  @Field(() => CalendarDate)
  dueOn!: string;
  @Field(() => Money, { description: "Principal and interest together." })
  amount!: Money;
  @Field(() => Money)
  principal!: Money;
  @Field(() => Money)
  interest!: Money;
  @Field(() => Money, { description: "What is still owed of the principal after it." })
  balance!: Money;
}

@ObjectType({ description: "What a loan would cost. No offer and no promise." })
export class LoanSimulation {
  @Field(() => String, { nullable: true, description: "The caller's name for it, or that of the product." })
  label!: string | null;
  @Field(() => Money)
  principal!: Money;
  @Field(() => Money, { description: "Kept back when the loan is paid out." })
  fee!: Money;
  @Field(() => Money, { description: "The first instalment." })
  firstInstalment!: Money;
  @Field(() => Money, { description: "The last instalment, which absorbs rounding." })
  lastInstalment!: Money;
  @Field(() => Money)
  totalInterest!: Money;
  @Field(() => Money, { description: "Everything beside the principal: interest and fee." })
  totalCost!: Money;
  @Field(() => Float, {
    description: "Percent a year with fee and compounding, by which loans of any method can be compared, e.g. 12.68.",
  })
  effectiveAnnualRatePercent!: number;
  @Field(() => [LoanInstalment], { description: "In the order of their due days; at most 360." })
  instalments!: LoanInstalment[];
}

@ObjectType({ description: "Simulations side by side, the lowest effective rate first." })
export class LoanComparison {
  @Field(() => [LoanSimulation])
  simulations!: LoanSimulation[];
}
