import { CalendarDate, Decimal, isCurrency } from "@lentera/kit";
import { DayCount, RepaymentMethod } from "@lentera/prisma/finance";
import { Field, InputType, Int } from "type-graphql";
import { z } from "zod";

@InputType({ description: "The price of a loan." })
export class LoanOfferInput {
  @Field(() => String, { nullable: true, description: "The caller's name for it, at most 100 characters." })
  label?: string | null;
  @Field(() => Decimal, { description: "Percent a year, 0 to 100 with at most two digits after the point." })
  annualRatePercent!: string;
  @Field(() => RepaymentMethod)
  method!: RepaymentMethod;
  @Field(() => DayCount, { defaultValue: "THIRTY_360" })
  dayCount!: DayCount;
  @Field(() => Decimal, {
    defaultValue: "0",
    description: "Kept back when the loan is paid out; less than the amount.",
  })
  fee!: string;
}

@InputType()
export class SimulateLoansInput {
  @Field(() => Decimal, { description: "Above zero." })
  amount!: string;
  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;
  @Field(() => Int, { description: "1 to 360." })
  months!: number;
  @Field(() => CalendarDate, { nullable: true, description: "The day of disbursement; today unless given." })
  startsOn?: string | null;
  @Field(() => [LoanOfferInput], { description: "1 to 10 offers to compare." })
  offers!: LoanOfferInput[];
}

/** Percent with two digits to basis points. */
export const percentRule = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,2})?$/, "Give percent a year with at most two digits after the point.")
  .transform((text) => {
    const [whole = "0", fraction = ""] = text.split(".");
    return Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
  })
  .pipe(z.number().max(10_000, "A rate is at most 100 percent."));

const DAY = /^(19[7-9]\d|20\d\d|21\d\d)-/;

export const simulationRules = {
  amount: z.string(),
  currency: z.string().refine(isCurrency, "Use one of the platform's currencies."),
  months: z.int().min(1, "A loan takes at least one month.").max(360, "A loan takes at most 360 months."),
  startsOn: z.string().regex(DAY, "Use a day from 1970 to 2199.").nullish(),
};

export const simulateLoansRules = z.object({
  ...simulationRules,
  offers: z
    .array(
      z.object({
        label: z.string().max(100, "A label has at most 100 characters.").nullish(),
        annualRatePercent: percentRule,
        method: z.enum(RepaymentMethod),
        dayCount: z.enum(DayCount),
        fee: z.string(),
      }),
    )
    .min(1, "Give an offer.")
    .max(10, "Compare at most 10 offers."),
});
