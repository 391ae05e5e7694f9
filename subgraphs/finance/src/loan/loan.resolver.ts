import { ConnectionArguments, Money, type Page, toMoney } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { partnerBankLoader } from "../bank-partner/bank-partner.loader.js";
import { PartnerBank } from "../bank-partner/bank-partner.type.js";
import type { FinanceContext } from "../context.js";
import { today } from "../loan-simulation/loan-simulation.service.js";
import { RepayLoanInput } from "./loan.input.js";
import { loanInstalmentsLoader, loanLoader } from "./loan.loader.js";
import { daysPastDue, openOf } from "./loan.rules.js";
import { listLoans, repayLoan, settlementOf } from "./loan.service.js";
import { Loan, LoanConnection, LoanScheduleEntry, RepayLoanPayload } from "./loan.type.js";

@Resolver(() => Loan)
export class LoanResolver {
  @Authorized()
  @Query(() => LoanConnection, {
    description: "The caller's loans, newest first; for the staff of a bank those that it has lent.",
  })
  loans(@Ctx() ctx: FinanceContext, @Args(() => ConnectionArguments) args: ConnectionArguments): Promise<Page<Loan>> {
    return listLoans(ctx, args);
  }

  @Authorized()
  @Query(() => Loan, { description: "One of `loans`. `NOT_FOUND` for any other." })
  loan(@Ctx() ctx: FinanceContext, @Arg("id", () => ID) id: string): Promise<Loan> {
    return loanLoader(ctx).load(id);
  }

  @Authorized()
  @Mutation(() => RepayLoanPayload, {
    description: "Pays from the caller's wallet: the oldest instalment first, in it fees, interest, principal.",
  })
  repayLoan(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => RepayLoanInput) input: RepayLoanInput,
  ): Promise<RepayLoanPayload> {
    return repayLoan(ctx, input);
  }

  @FieldResolver(() => PartnerBank)
  bank(@Ctx() ctx: FinanceContext, @Root() { bankId }: Loan): Promise<PartnerBank> {
    return partnerBankLoader(ctx).load(bankId);
  }

  @FieldResolver(() => Money)
  principal(@Root() { principalMinor, currency }: Loan): Money {
    return toMoney(principalMinor, currency);
  }

  @FieldResolver(() => Money, { description: "Still to pay by the schedule: principal, interest and late fees." })
  async open(@Ctx() ctx: FinanceContext, @Root() { id, currency }: Loan): Promise<Money> {
    return toMoney(openOf(await loanInstalmentsLoader(ctx).load(id)), currency);
  }

  @FieldResolver(() => Money, { description: "What it costs to pay back everything today; later interest is waived." })
  async settlement(@Ctx() ctx: FinanceContext, @Root() loan: Loan): Promise<Money> {
    const instalments = await loanInstalmentsLoader(ctx).load(loan.id);
    return toMoney(settlementOf(ctx, loan, instalments).amountMinor, loan.currency);
  }

  @FieldResolver(() => Int, { description: "Days since the oldest open instalment fell due; 0 when none is late." })
  async daysPastDue(@Ctx() ctx: FinanceContext, @Root() { id }: Loan): Promise<number> {
    return daysPastDue(await loanInstalmentsLoader(ctx).load(id), today(ctx));
  }

  @FieldResolver(() => [LoanScheduleEntry], { description: "In their order; at most 360." })
  async schedule(@Ctx() ctx: FinanceContext, @Root() { id, currency }: Loan): Promise<LoanScheduleEntry[]> {
    return (await loanInstalmentsLoader(ctx).load(id)).map((row) => ({
      number: row.number,
      dueOn: row.dueOn,
      principal: toMoney(row.scheduledPrincipalMinor, currency),
      interest: toMoney(row.scheduledInterestMinor, currency),
      open: toMoney(openOf([row]), currency),
    }));
  }
}
