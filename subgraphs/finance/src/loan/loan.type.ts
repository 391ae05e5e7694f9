import { CalendarDate, DateTime, Money, connectionOf } from "@lentera/kit";
import type { DayCount } from "@lentera/prisma/finance";
import { Field, ID, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "One instalment as agreed, and what is open of it." })
export class LoanScheduleEntry {
  @Field(() => Int, { description: "From 1." })
  number!: number;
  @Field(() => CalendarDate)
  dueOn!: string;
  @Field(() => Money, { description: "As agreed." })
  principal!: Money;
  @Field(() => Money, { description: "As agreed." })
  interest!: Money;
  @Field(() => Money, { description: "Still to pay, late fees included." })
  open!: Money;
}

@ObjectType({ description: "Money that was lent, on terms that never change." })
export class Loan {
  @Field(() => ID)
  id!: string;
  @Field(() => DateTime, { nullable: true, description: "When nothing was open any more." })
  repaidAt!: Date | null;
  @Field(() => DateTime)
  createdAt!: Date;

  bankId!: string;
  principalMinor!: bigint;
  currency!: string;
  dayCount!: DayCount;
  startsOn!: Date;
}
export const LoanConnection = connectionOf(Loan);

@ObjectType({ description: "The loan as it stands after the payment." })
export class RepayLoanPayload {
  @Field(() => Loan)
  loan!: Loan;
}
