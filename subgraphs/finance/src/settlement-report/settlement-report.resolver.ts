import { ConnectionArguments, Money, type Page, toMoney } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { FinanceContext } from "../context.js";
import { ImportSettlementReportInput, SettlementLineArguments } from "./settlement-report.input.js";
import { verdictsLoader } from "./settlement-report.loader.js";
import { importReport, listLines, listReports } from "./settlement-report.service.js";
import {
  ImportSettlementReportPayload,
  SettlementLine,
  SettlementLineConnection,
  SettlementReport,
  SettlementReportConnection,
  SettlementVerdictCount,
} from "./settlement-report.type.js";

@Resolver(() => SettlementReport)
export class SettlementReportResolver {
  @Authorized()
  @Query(() => SettlementReportConnection, {
    description: "What the providers have paid out, newest first. For platform administrators with `payments:create`.",
  })
  settlementReports(
    @Ctx() ctx: FinanceContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<SettlementReport>> {
    return listReports(ctx, args);
  }

  @Authorized()
  @Query(() => SettlementLineConnection, { description: "The lines of one report, in their order." })
  settlementLines(
    @Ctx() ctx: FinanceContext,
    @Args(() => SettlementLineArguments) args: SettlementLineArguments,
  ): Promise<Page<SettlementLine>> {
    return listLines(ctx, args);
  }

  @Authorized()
  @Mutation(() => ImportSettlementReportPayload, {
    description:
      "Compares a provider's report with our books, line by line. What agrees is booked, what does not becomes one of `paymentExceptions`.",
  })
  importSettlementReport(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => ImportSettlementReportInput) input: ImportSettlementReportInput,
  ): Promise<ImportSettlementReportPayload> {
    return importReport(ctx, input);
  }

  @FieldResolver(() => [SettlementVerdictCount], { description: "One for each verdict that a line has." })
  verdicts(@Ctx() ctx: FinanceContext, @Root() report: SettlementReport): Promise<SettlementVerdictCount[]> {
    return verdictsLoader(ctx).load(report.id);
  }
}

@Resolver(() => SettlementLine)
export class SettlementLineResolver {
  @FieldResolver(() => Money, { description: "Before the fee." })
  amount(@Root() line: SettlementLine): Money {
    return toMoney(line.amountMinor, line.currency);
  }

  @FieldResolver(() => Money, { description: "What the provider has kept." })
  fee(@Root() line: SettlementLine): Money {
    return toMoney(line.feeMinor, line.currency);
  }
}
