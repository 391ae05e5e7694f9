import { ConnectionArguments, Money, type Page, toMoney } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { FinanceContext } from "../context.js";
import { AddBankAccountInput, ApprovePayoutInput, RejectPayoutInput, RequestPayoutInput } from "./payout.input.js";
import { bankAccountLoader, payoutLoader } from "./payout.loader.js";
import {
  addBankAccount,
  approvePayout,
  listBankAccounts,
  listPayouts,
  rejectPayout,
  requestPayout,
} from "./payout.service.js";
import {
  AddBankAccountPayload,
  BankAccount,
  BankAccountConnection,
  Payout,
  PayoutConnection,
  PayoutPayload,
} from "./payout.type.js";

@Resolver(() => Payout)
export class PayoutResolver {
  @Authorized()
  @Query(() => PayoutConnection, {
    description: "The caller's payouts, newest first. Platform administrators with `payouts:approve` get all of them.",
  })
  payouts(
    @Ctx() ctx: FinanceContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Payout>> {
    return listPayouts(ctx, args);
  }

  @Authorized()
  @Query(() => Payout, { description: "One of `payouts`. `NOT_FOUND` for any other." })
  payout(@Ctx() ctx: FinanceContext, @Arg("id", () => ID) id: string): Promise<Payout> {
    return payoutLoader(ctx).load(id);
  }

  @Authorized()
  @Query(() => BankAccountConnection, { description: "Where the caller wants to be paid, newest first." })
  bankAccounts(
    @Ctx() ctx: FinanceContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<BankAccount>> {
    return listBankAccounts(ctx, args);
  }

  @Authorized()
  @Mutation(() => AddBankAccountPayload, { description: "Stores a bank account of the caller, encrypted." })
  addBankAccount(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => AddBankAccountInput) input: AddBankAccountInput,
  ): Promise<AddBankAccountPayload> {
    return addBankAccount(ctx, input);
  }

  @Authorized()
  @Mutation(() => PayoutPayload, {
    description: "Asks for money of the caller's wallet; the amount is held from now on.",
  })
  requestPayout(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => RequestPayoutInput) input: RequestPayoutInput,
  ): Promise<PayoutPayload> {
    return requestPayout(ctx, input);
  }

  @Authorized()
  @Mutation(() => PayoutPayload, {
    description:
      "One person's approval; the last one that is needed sends the money. For platform administrators with `payouts:approve`, never for a payout of their own.",
  })
  approvePayout(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => ApprovePayoutInput) input: ApprovePayoutInput,
  ): Promise<PayoutPayload> {
    return approvePayout(ctx, input);
  }

  @Authorized()
  @Mutation(() => PayoutPayload, { description: "Ends a request; the amount is free again. With `payouts:approve`." })
  rejectPayout(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => RejectPayoutInput) input: RejectPayoutInput,
  ): Promise<PayoutPayload> {
    return rejectPayout(ctx, input);
  }

  @FieldResolver(() => Money, { description: "Leaves the wallet." })
  amount(@Root() { amountMinor, currency }: Payout): Money {
    return toMoney(amountMinor, currency);
  }

  @FieldResolver(() => Money, { description: "Part of the amount; the bank account gets the rest." })
  fee(@Root() { feeMinor, currency }: Payout): Money {
    return toMoney(feeMinor, currency);
  }

  @FieldResolver(() => BankAccount)
  bankAccount(@Ctx() ctx: FinanceContext, @Root() { bankAccountId }: Payout): Promise<BankAccount> {
    return bankAccountLoader(ctx).load(bankAccountId);
  }
}
