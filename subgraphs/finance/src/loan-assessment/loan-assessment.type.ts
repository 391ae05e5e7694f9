import { DateTime, connectionOf } from "@lentera/kit";
import { LoanOutcome } from "@lentera/prisma/finance";
import { Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { type Contribution, type ScoreAttribute, SCORE_ATTRIBUTES } from "./scorecard.rules.js";

export const ScoreAttributeEnum = Object.fromEntries(SCORE_ATTRIBUTES.map((name) => [name, name]));
registerEnumType(ScoreAttributeEnum, {
  name: "ScoreAttribute",
  description: "What a scorecard looks at.",
  valuesConfig: {
    MONTHS_IN_BUSINESS: { description: "How long the business has been running." },
    PROFIT_MARGIN: { description: "(Revenue − expenses) / revenue." },
    DEBT_SERVICE_COVERAGE: { description: "(Revenue − expenses) / (other instalments + the new one)." },
    REVENUE_TO_INSTALMENT: { description: "Revenue / the new instalment." },
    LATE_PAYMENTS: { description: "Instalments paid late in the last 12 months." },
  },
});
registerEnumType(LoanOutcome, {
  name: "LoanOutcome",
  description: "What a score recommends. The bank decides.",
  valuesConfig: {
    APPROVE: { description: "Nothing speaks against the loan." },
    REVIEW: { description: "A person should look." },
    DECLINE: { description: "The risk is high." },
  },
});

@ObjectType({ description: "What one attribute gave." })
export class ScoreContribution implements Contribution {
  @Field(() => ScoreAttributeEnum)
  attribute!: ScoreAttribute;
  @Field(() => Float, { nullable: true, description: "What was looked at; null when it is not known." })
  value!: number | null;
  @Field(() => Int)
  points!: number;
  @Field(() => Int, { description: "What the best range would have given." })
  maximum!: number;
  @Field(() => String)
  reasonCode!: string;
}

@ObjectType({ description: "The risk of one wish for a loan, as it was scored. It never changes." })
export class LoanAssessment {
  @Field(() => ID)
  id!: string;
  @Field(() => Int, { description: "The version of the scorecard." })
  scorecardVersion!: number;
  @Field(() => Int)
  score!: number;
  @Field(() => LoanOutcome)
  outcome!: LoanOutcome;
  @Field(() => [String], { description: "Why it is not better: what cost most first, at most four." })
  reasonCodes!: string[];
  @Field(() => [ScoreContribution])
  contributions!: ScoreContribution[];
  @Field(() => DateTime)
  createdAt!: Date;
}
export const LoanAssessmentConnection = connectionOf(LoanAssessment);

@ObjectType()
export class AssessLoanPayload {
  @Field(() => LoanAssessment)
  assessment!: LoanAssessment;
}

@ObjectType()
export class PublishLoanScorecardPayload {
  @Field(() => Int, { description: "The version by which everything is scored from now on." })
  version!: number;
}
