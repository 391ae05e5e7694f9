import { ConnectionArguments, Money, type Page, toMoney } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { loanProductLoader } from "../bank-partner/bank-partner.loader.js";
import { LoanProduct } from "../bank-partner/bank-partner.type.js";
import type { FinanceContext } from "../context.js";
import { loanAssessmentLoader } from "../loan-assessment/loan-assessment.loader.js";
import { LoanAssessment } from "../loan-assessment/loan-assessment.type.js";
import {
  AnnounceLoanDocumentInput,
  CheckLoanDocumentInput,
  CreateLoanApplicationInput,
  MoveLoanApplicationInput,
} from "./loan-application.input.js";
import { loanApplicationLoader, loanDocumentsLoader, loanMovesLoader } from "./loan-application.loader.js";
import { createApplication, listApplications, moveApplication } from "./loan-application.service.js";
import {
  AnnounceLoanDocumentPayload,
  LoanApplication,
  LoanApplicationConnection,
  LoanApplicationMove,
  LoanApplicationPayload,
  LoanDocument,
  LoanDocumentPayload,
} from "./loan-application.type.js";
import { announceDocument, checkDocument, downloadUrl } from "./loan-document.service.js";

@Resolver(() => LoanApplication)
export class LoanApplicationResolver {
  @Authorized()
  @Query(() => LoanApplicationConnection, {
    description: "The caller's applications, newest first; for the staff of a bank those that were submitted to it.",
  })
  loanApplications(
    @Ctx() ctx: FinanceContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<LoanApplication>> {
    return listApplications(ctx, args);
  }

  @Authorized()
  @Query(() => LoanApplication, { description: "One of `loanApplications`. `NOT_FOUND` for any other." })
  loanApplication(@Ctx() ctx: FinanceContext, @Arg("id", () => ID) id: string): Promise<LoanApplication> {
    return loanApplicationLoader(ctx).load(id);
  }

  @Authorized()
  @Mutation(() => LoanApplicationPayload, { description: "A draft, which nobody but the applicant sees." })
  createLoanApplication(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => CreateLoanApplicationInput) input: CreateLoanApplicationInput,
  ): Promise<LoanApplicationPayload> {
    return createApplication(ctx, input);
  }

  @Authorized()
  @Mutation(() => LoanApplicationPayload, {
    description:
      "DRAFT → SUBMITTED → UNDER_REVIEW ⇄ DOCUMENTS_REQUESTED, then APPROVED → DISBURSED. The applicant submits, answers and withdraws; staff of the bank with `loans:review` decide; both they and the platform reject. `ILLEGAL_STATE` when somebody was faster.",
  })
  moveLoanApplication(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => MoveLoanApplicationInput) input: MoveLoanApplicationInput,
  ): Promise<LoanApplicationPayload> {
    return moveApplication(ctx, input);
  }

  @Authorized()
  @Mutation(() => AnnounceLoanDocumentPayload, {
    description: "The first step of sending a paper: gives the address to which its bytes are `PUT`.",
  })
  announceLoanDocument(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => AnnounceLoanDocumentInput) input: AnnounceLoanDocumentInput,
  ): Promise<AnnounceLoanDocumentPayload> {
    return announceDocument(ctx, input);
  }

  @Authorized()
  @Mutation(() => LoanDocumentPayload, {
    description:
      "The bank's word about a paper. For its staff with `loans:review`, while the application is under review.",
  })
  checkLoanDocument(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => CheckLoanDocumentInput) input: CheckLoanDocumentInput,
  ): Promise<LoanDocumentPayload> {
    return checkDocument(ctx, input);
  }

  @FieldResolver(() => Money)
  amount(@Root() { amountMinor, currency }: LoanApplication): Money {
    return toMoney(amountMinor, currency);
  }

  @FieldResolver(() => String, { description: "All but the last digits masked." })
  identityNumber(@Root() { identityLastDigits }: LoanApplication): string {
    return `••••${identityLastDigits}`;
  }

  @FieldResolver(() => LoanProduct)
  product(@Ctx() ctx: FinanceContext, @Root() { productId }: LoanApplication): Promise<LoanProduct> {
    return loanProductLoader(ctx).load(productId);
  }

  @FieldResolver(() => LoanAssessment, { nullable: true, description: "How it was scored when it was submitted." })
  assessment(@Ctx() ctx: FinanceContext, @Root() { assessmentId }: LoanApplication): Promise<LoanAssessment> | null {
    return assessmentId === null ? null : loanAssessmentLoader(ctx).load(assessmentId);
  }

  @FieldResolver(() => [LoanDocument], { description: "In the order in which they were announced; at most 20." })
  documents(@Ctx() ctx: FinanceContext, @Root() { id }: LoanApplication): Promise<LoanDocument[]> {
    return loanDocumentsLoader(ctx).load(id);
  }

  @FieldResolver(() => [LoanApplicationMove], { description: "How it came to where it is, in order." })
  moves(@Ctx() ctx: FinanceContext, @Root() { id }: LoanApplication): Promise<LoanApplicationMove[]> {
    return loanMovesLoader(ctx).load(id);
  }
}

@Resolver(() => LoanDocument)
export class LoanDocumentResolver {
  @FieldResolver(() => String, { description: "Reads it for 15 minutes without signing in. Do not share it." })
  downloadUrl(@Ctx() ctx: FinanceContext, @Root() { id }: LoanDocument): string {
    return downloadUrl(ctx, id);
  }
}
