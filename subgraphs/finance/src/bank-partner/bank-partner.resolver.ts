import { ConnectionArguments, Decimal, Money, type Page, toMoney } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Float, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { FinanceContext } from "../context.js";
import { LoanSimulation } from "../loan-simulation/loan-simulation.type.js";
import { ConnectPartnerBankInput, SaveLoanProductInput, SavePartnerBankInput } from "./bank-partner.input.js";
import { partnerBankLoader } from "./bank-partner.loader.js";
import { connectBank, listProducts, saveBank, saveProduct, simulateProduct } from "./bank-partner.service.js";
import {
  LoanProduct,
  LoanProductConnection,
  PartnerBank,
  SaveLoanProductPayload,
  SavePartnerBankPayload,
} from "./bank-partner.type.js";

@Resolver(() => LoanProduct)
export class LoanProductResolver {
  @Query(() => LoanProductConnection, {
    description:
      "What partner banks offer, newest first; with `simulation` a table to compare them. For everybody, without signing in.",
  })
  loanProducts(
    @Ctx() ctx: FinanceContext,
    @Arg("amount", () => Decimal, { nullable: true, description: "Only products that lend this much." })
    amount: string | null,
    @Arg("currency", () => String, { nullable: true }) currency: string | null,
    @Arg("months", () => Int, { nullable: true, description: "Only products that lend for this long." })
    months: number | null,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<LoanProduct>> {
    return listProducts(ctx, { amount, currency, months }, args);
  }

  @Authorized()
  @Mutation(() => SavePartnerBankPayload, { description: "Adds or changes a bank by its code. With `banks:manage`." })
  savePartnerBank(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => SavePartnerBankInput) input: SavePartnerBankInput,
  ): Promise<SavePartnerBankPayload> {
    return saveBank(ctx, input);
  }

  @Authorized()
  @Mutation(() => SavePartnerBankPayload, {
    description: "Says how a bank is reached over the signed API. With `banks:manage`.",
  })
  connectPartnerBank(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => ConnectPartnerBankInput) input: ConnectPartnerBankInput,
  ): Promise<SavePartnerBankPayload> {
    return connectBank(ctx, input);
  }

  @Authorized()
  @Mutation(() => SaveLoanProductPayload, {
    description: "Adds or changes a bank's product by its name. With `banks:manage`.",
  })
  saveLoanProduct(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => SaveLoanProductInput) input: SaveLoanProductInput,
  ): Promise<SaveLoanProductPayload> {
    return saveProduct(ctx, input);
  }

  @FieldResolver(() => PartnerBank)
  bank(@Ctx() ctx: FinanceContext, @Root() { bankId }: LoanProduct): Promise<PartnerBank> {
    return partnerBankLoader(ctx).load(bankId);
  }

  @FieldResolver(() => Float, {
    description: "Percent a year as the bank states it; `simulation` tells the real cost.",
  })
  annualRatePercent(@Root() { annualRateBasisPoints }: LoanProduct): number {
    return annualRateBasisPoints / 100;
  }

  @FieldResolver(() => Float, { description: "Percent of the principal, kept back at disbursement." })
  feePercent(@Root() { feeBasisPoints }: LoanProduct): number {
    return feeBasisPoints / 100;
  }

  @FieldResolver(() => Money, { description: "The least that is lent." })
  minimum(@Root() { minimumMinor, currency }: LoanProduct): Money {
    return toMoney(minimumMinor, currency);
  }

  @FieldResolver(() => Money, { description: "The most that is lent." })
  maximum(@Root() { maximumMinor, currency }: LoanProduct): Money {
    return toMoney(maximumMinor, currency);
  }

  @FieldResolver(() => Money, { description: "Once for each instalment that is late." })
  lateFee(@Root() { lateFeeMinor, currency }: LoanProduct): Money {
    return toMoney(lateFeeMinor, currency);
  }

  @FieldResolver(() => LoanSimulation, { description: "What it would cost; within the product's limits." })
  simulation(
    @Ctx() ctx: FinanceContext,
    @Root() product: LoanProduct,
    @Arg("amount", () => Decimal) amount: string,
    @Arg("months", () => Int) months: number,
  ): LoanSimulation {
    return simulateProduct(ctx, product, { amount, months });
  }
}
