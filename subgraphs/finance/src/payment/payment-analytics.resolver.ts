import { DateTime } from "@lentera/kit";
import { Arg, Authorized, Ctx, Query, Resolver } from "type-graphql";
import type { FinanceContext } from "../context.js";
import { PaymentFilterInput } from "./payment.input.js";
import { analysePayments, exportPayments } from "./payment-analytics.service.js";
import { PaymentAnalytics, PaymentExport } from "./payment-analytics.type.js";

@Resolver()
export class PaymentAnalyticsResolver {
  @Authorized()
  @Query(() => PaymentAnalytics, {
    description:
      "What payments came to: those made to the caller's organization, for platform administrators all. Needs `payments:read`.",
  })
  paymentAnalytics(
    @Ctx() ctx: FinanceContext,
    @Arg("currency", () => String, { description: "ISO 4217 code." }) currency: string,
    @Arg("from", () => DateTime, { description: "Started at this time or later …" }) from: Date,
    @Arg("until", () => DateTime, { description: "… and before this time, at most 366 days later." }) until: Date,
  ): Promise<PaymentAnalytics> {
    return analysePayments(ctx, { currency, from, until });
  }

  @Authorized()
  @Query(() => PaymentExport, { description: "Those `payments` that match, at most 10,000, as a CSV file." })
  paymentExport(
    @Ctx() ctx: FinanceContext,
    @Arg("filter", () => PaymentFilterInput, { nullable: true }) filter: PaymentFilterInput | null,
  ): Promise<PaymentExport> {
    return exportPayments(ctx, filter ?? {});
  }
}
