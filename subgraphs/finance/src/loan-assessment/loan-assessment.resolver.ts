import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { FinanceContext } from "../context.js";
import { AssessLoanInput, PublishLoanScorecardInput } from "./loan-assessment.input.js";
import { assessLoan, listAssessments, publishScorecard } from "./loan-assessment.service.js";
import {
  AssessLoanPayload,
  LoanAssessment,
  LoanAssessmentConnection,
  PublishLoanScorecardPayload,
} from "./loan-assessment.type.js";

@Resolver(() => LoanAssessment)
export class LoanAssessmentResolver {
  @Authorized()
  @Query(() => LoanAssessmentConnection, { description: "How the caller's business was scored, newest first." })
  loanAssessments(
    @Ctx() ctx: FinanceContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<LoanAssessment>> {
    return listAssessments(ctx, args);
  }

  @Authorized()
  @Mutation(() => AssessLoanPayload, {
    description: "Scores the caller's business for a loan. The version, the inputs and the reasons are kept.",
  })
  assessLoan(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => AssessLoanInput) input: AssessLoanInput,
  ): Promise<AssessLoanPayload> {
    return assessLoan(ctx, input);
  }

  @Authorized()
  @Mutation(() => PublishLoanScorecardPayload, {
    description: "A new version of the scorecard, by which everything is scored from now on. With `banks:manage`.",
  })
  publishLoanScorecard(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => PublishLoanScorecardInput) input: PublishLoanScorecardInput,
  ): Promise<PublishLoanScorecardPayload> {
    return publishScorecard(ctx, input);
  }
}
