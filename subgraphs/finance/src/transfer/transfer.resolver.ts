import { Money, toMoney } from "@lentera/kit";
import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { FinanceContext } from "../context.js";
import { ledgerAccountLoader } from "../ledger-account/ledger-account.loader.js";
import { LedgerAccount } from "../ledger-account/ledger-account.type.js";
import { ReverseTransferInput, TransferFundsInput } from "./transfer.input.js";
import { postingsLoader, transferLoader } from "./transfer.loader.js";
import { reverse, transferFunds } from "./transfer.service.js";
import { Posting, ReverseTransferPayload, Transfer, TransferFundsPayload } from "./transfer.type.js";

@Resolver(() => Transfer)
export class TransferResolver {
  @Authorized()
  @Mutation(() => TransferFundsPayload, {
    description:
      "Moves money between two accounts of one currency. For platform administrators with `payments:create`.",
  })
  transferFunds(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => TransferFundsInput) input: TransferFundsInput,
  ): Promise<TransferFundsPayload> {
    return transferFunds(ctx, input);
  }

  @Authorized()
  @Mutation(() => ReverseTransferPayload, {
    description: "Takes a transfer back by its mirror, once. For platform administrators with `payments:create`.",
  })
  reverseTransfer(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => ReverseTransferInput) input: ReverseTransferInput,
  ): Promise<ReverseTransferPayload> {
    return reverse(ctx, input);
  }

  @FieldResolver(() => [Posting], { description: "Its effect on the accounts that the caller may see, outflow first." })
  postings(@Ctx() ctx: FinanceContext, @Root() transfer: Transfer): Promise<Posting[]> {
    return postingsLoader(ctx).load(transfer.id);
  }
}

@Resolver(() => Posting)
export class PostingResolver {
  @FieldResolver(() => Transfer)
  transfer(@Ctx() ctx: FinanceContext, @Root() posting: Posting): Promise<Transfer> {
    return transferLoader(ctx).load(posting.transferId);
  }

  @FieldResolver(() => LedgerAccount)
  account(@Ctx() ctx: FinanceContext, @Root() posting: Posting): Promise<LedgerAccount> {
    return ledgerAccountLoader(ctx).load(posting.accountId);
  }

  @FieldResolver(() => Money, { description: "Negative for what left the account." })
  amount(@Root() posting: Posting): Money {
    return toMoney(posting.amountMinor, posting.currency);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: "The account's balance after this posting; null until it has its place in the statement.",
  })
  balanceAfter(@Root() posting: Posting): Money | null {
    return posting.balanceAfterMinor === null ? null : toMoney(posting.balanceAfterMinor, posting.currency);
  }
}
