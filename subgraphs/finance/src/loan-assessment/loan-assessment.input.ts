import { Decimal, isCurrency } from "@lentera/kit";
import { Field, Float, InputType, Int } from "type-graphql";
import { z } from "zod";
import { LoanOfferInput, simulateLoansRules, simulationRules } from "../loan-simulation/loan-simulation.input.js";
import { idempotencyKeyRule } from "../transfer/transfer.input.js";
import { ScoreAttributeEnum } from "./loan-assessment.type.js";
import type { ScoreAttribute } from "./scorecard.rules.js";

@InputType({ description: "Leave out what is not known: it is scored as missing." })
export class BusinessFactsInput {
  @Field(() => Int, { nullable: true })
  monthsInBusiness?: number | null;
  @Field(() => Decimal, { nullable: true })
  monthlyRevenue?: string | null;
  @Field(() => Decimal, { nullable: true })
  monthlyExpenses?: string | null;
  @Field(() => Decimal, { nullable: true, description: "Instalments of other loans." })
  monthlyDebtService?: string | null;
  @Field(() => Int, { nullable: true, description: "Instalments of any lender paid late in the last 12 months." })
  latePayments?: number | null;
}

@InputType()
export class AssessLoanInput {
  @Field(() => Decimal, { description: "The loan that is wished for." })
  amount!: string;
  @Field(() => String, { description: "ISO 4217 code; that of all amounts." })
  currency!: string;
  @Field(() => Int, { description: "1 to 360." })
  months!: number;
  @Field(() => LoanOfferInput, { description: "The price that the instalment is worked out from." })
  offer!: LoanOfferInput;
  @Field(() => BusinessFactsInput)
  facts!: BusinessFactsInput;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class ScoreMissingInput {
  @Field(() => Int)
  points!: number;
  @Field(() => String)
  reasonCode!: string;
}

@InputType()
export class ScoreBinInput {
  @Field(() => Float, { nullable: true, description: "From here on; null for the lowest range." })
  from!: number | null;
  @Field(() => Float, { nullable: true, description: "Up to but not including; null for the highest range." })
  below!: number | null;
  @Field(() => Int)
  points!: number;
  @Field(() => String)
  reasonCode!: string;
}

@InputType()
export class ScoreAttributeInput {
  @Field(() => ScoreAttributeEnum)
  attribute!: ScoreAttribute;
  @Field(() => ScoreMissingInput)
  missing!: ScoreMissingInput;
  @Field(() => [ScoreBinInput], { description: "From the lowest to the highest number, without a gap." })
  bins!: ScoreBinInput[];
}

@InputType()
export class PublishLoanScorecardInput {
  @Field(() => Int)
  basePoints!: number;
  @Field(() => Int, { description: "At least so many: APPROVE." })
  approveFrom!: number;
  @Field(() => Int, { description: "Fewer than so many: DECLINE." })
  declineBelow!: number;
  @Field(() => [ScoreAttributeInput])
  attributes!: ScoreAttributeInput[];
}

const count = z.int().min(0, "Not below zero.").max(12_000, "At most 12,000.").nullish();
const amount = z.string().regex(/^\d/, "Not below zero.").nullish();

/** The figures of a business as they are sent. */
export const businessFactsRules = z.object({
  monthsInBusiness: count,
  monthlyRevenue: amount,
  monthlyExpenses: amount,
  monthlyDebtService: amount,
  latePayments: count,
});

export const assessLoanRules = z.object({
  amount: simulationRules.amount,
  currency: z.string().refine(isCurrency, "Use one of the platform's currencies."),
  months: simulationRules.months,
  offer: simulateLoansRules.shape.offers.element,
  facts: businessFactsRules,
  idempotencyKey: idempotencyKeyRule,
});
