import { CalendarDate, ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { FinanceContext } from "../context.js";
import {
  AllocateCreditsInput,
  BuyCreditsInput,
  ConsumeCreditsInput,
  CreateCreditPackageInput,
  PurchaseCreditsInput,
  ReleaseCreditsInput,
  ReserveCreditsInput,
  SaveCreditVendorInput,
  SetCreditPriceInput,
  SettleCreditPurchaseInput,
  UpdateCreditAlertInput,
} from "./credit.input.js";
import * as supply from "./credit-supply.service.js";
import {
  CreateCreditPackagePayload,
  type CreditPackage,
  CreditPackageConnection,
  type CreditPurchase,
  CreditPurchaseConnection,
  CreditPurchasePayload,
  CreditReservationPayload,
  CreditUsage,
  type CreditVendor,
  CreditVendorConnection,
  CreditWallet,
  CreditWalletPayload,
  MasterCredits,
  Organization,
  SaveCreditVendorPayload,
  SetCreditPricePayload,
} from "./credit.type.js";
import * as wallets from "./credit-wallet.service.js";

@Resolver()
export class CreditResolver {
  @Authorized()
  @Query(() => MasterCredits, { description: "The platform's credits and their profit. With `credits:manage`." })
  masterCredits(@Ctx() ctx: FinanceContext): Promise<MasterCredits> {
    return supply.getMaster(ctx);
  }

  @Authorized()
  @Query(() => CreditVendorConnection, { description: "Who sells credits, newest first. With `credits:manage`." })
  creditVendors(
    @Ctx() ctx: FinanceContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<CreditVendor>> {
    return supply.listVendors(ctx, args);
  }

  @Authorized()
  @Query(() => CreditPurchaseConnection, { description: "What was bought, newest first. With `credits:manage`." })
  creditPurchases(
    @Ctx() ctx: FinanceContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<CreditPurchase>> {
    return supply.listPurchases(ctx, args);
  }

  @Authorized()
  @Query(() => CreditPackageConnection, { description: "What organizations can buy, newest first." })
  creditPackages(
    @Ctx() ctx: FinanceContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<CreditPackage>> {
    return supply.listPackages(ctx, args);
  }

  @Authorized()
  @Mutation(() => SaveCreditVendorPayload, { description: "Adds or changes a vendor. With `credits:manage`." })
  saveCreditVendor(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => SaveCreditVendorInput) input: SaveCreditVendorInput,
  ): Promise<SaveCreditVendorPayload> {
    return supply.saveVendor(ctx, input);
  }

  @Authorized()
  @Mutation(() => CreditPurchasePayload, { description: "Orders credits from a vendor. With `credits:manage`." })
  purchaseCredits(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => PurchaseCreditsInput) input: PurchaseCreditsInput,
  ): Promise<CreditPurchasePayload> {
    return supply.purchaseCredits(ctx, input);
  }

  @Authorized()
  @Mutation(() => CreditPurchasePayload, {
    description: "Ends an order: the credits have come, or never will. With `credits:manage`.",
  })
  settleCreditPurchase(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => SettleCreditPurchaseInput) input: SettleCreditPurchaseInput,
  ): Promise<CreditPurchasePayload> {
    return supply.settlePurchase(ctx, input);
  }

  @Authorized()
  @Mutation(() => CreditWalletPayload, {
    description: "Gives an organization credits of the platform. With `credits:manage`.",
  })
  allocateCredits(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => AllocateCreditsInput) input: AllocateCreditsInput,
  ): Promise<CreditWalletPayload> {
    return supply.allocateCredits(ctx, input);
  }

  @Authorized()
  @Mutation(() => SetCreditPricePayload, {
    description: "Says what a credit costs, for one organization or all. With `credits:manage`.",
  })
  setCreditPrice(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => SetCreditPriceInput) input: SetCreditPriceInput,
  ): Promise<SetCreditPricePayload> {
    return supply.setPrice(ctx, input);
  }

  @Authorized()
  @Mutation(() => CreateCreditPackagePayload, {
    description: "Offers a number of credits at a price. With `credits:manage`.",
  })
  createCreditPackage(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => CreateCreditPackageInput) input: CreateCreditPackageInput,
  ): Promise<CreateCreditPackagePayload> {
    return supply.createPackage(ctx, input);
  }

  @Authorized()
  @Mutation(() => CreditWalletPayload, {
    description: "Buys credits with the organization's money. With `payments:create`.",
  })
  buyCredits(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => BuyCreditsInput) input: BuyCreditsInput,
  ): Promise<CreditWalletPayload> {
    return wallets.buyCredits(ctx, input);
  }

  @Authorized()
  @Mutation(() => CreditWalletPayload, {
    description: "Says when to be warned of few credits. With `payments:create`.",
  })
  updateCreditAlert(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => UpdateCreditAlertInput) input: UpdateCreditAlertInput,
  ): Promise<CreditWalletPayload> {
    return wallets.updateAlert(ctx, input);
  }

  @Authorized()
  @Mutation(() => CreditReservationPayload, {
    description: "Keeps credits back for a bulk send. With `messages:send`.",
  })
  reserveCredits(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => ReserveCreditsInput) input: ReserveCreditsInput,
  ): Promise<CreditReservationPayload> {
    return wallets.reserveCredits(ctx, input);
  }

  @Authorized()
  @Mutation(() => CreditReservationPayload, {
    description: "Spends reserved credits on messages that were sent. With `messages:send`.",
  })
  consumeCredits(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => ConsumeCreditsInput) input: ConsumeCreditsInput,
  ): Promise<CreditReservationPayload> {
    return wallets.consumeCredits(ctx, input);
  }

  @Authorized()
  @Mutation(() => CreditReservationPayload, { description: "Sets free what is still reserved. With `messages:send`." })
  releaseCredits(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => ReleaseCreditsInput) input: ReleaseCreditsInput,
  ): Promise<CreditReservationPayload> {
    return wallets.releaseCredits(ctx, input);
  }
}

@Resolver(() => Organization)
export class OrganizationCreditResolver {
  @Authorized()
  @FieldResolver(() => [CreditWallet], {
    description:
      "Its messaging credits, one for each channel; none but for its staff who keep the books or send messages.",
  })
  creditWallets(@Ctx() ctx: FinanceContext, @Root() { id }: Organization): Promise<CreditWallet[]> {
    return wallets.listWallets(ctx, id);
  }

  @Authorized()
  @FieldResolver(() => [CreditUsage], {
    description: "What was spent by day and channel; 366 days at most. None but for those who see `creditWallets`.",
  })
  creditUsage(
    @Ctx() ctx: FinanceContext,
    @Root() { id }: Organization,
    @Arg("from", () => CalendarDate) from: string,
    @Arg("to", () => CalendarDate, { description: "Inclusive." }) to: string,
  ): Promise<CreditUsage[]> {
    return wallets.reportUsage(ctx, id, from, to);
  }
}
