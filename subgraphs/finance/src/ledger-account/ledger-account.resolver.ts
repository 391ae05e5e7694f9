import { ConnectionArguments, Money, type Page, toMoney } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { FinanceContext } from "../context.js";
import { type Posting, PostingConnection } from "../transfer/transfer.type.js";
import { unfoldedLoader } from "./ledger-account.loader.js";
import { getAccount, listAccounts, listPostings } from "./ledger-account.service.js";
import { LedgerAccount, LedgerAccountConnection } from "./ledger-account.type.js";

@Resolver(() => LedgerAccount)
export class LedgerAccountResolver {
  @Authorized()
  @Query(() => LedgerAccountConnection, {
    description:
      "The caller's accounts, and with `payments:read` those of the organization for which they act. Platform administrators get all.",
  })
  accounts(
    @Ctx() ctx: FinanceContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<LedgerAccount>> {
    return listAccounts(ctx, args);
  }

  @Authorized()
  @Query(() => LedgerAccount, { description: "One of `accounts`. `NOT_FOUND` for any other." })
  account(@Ctx() ctx: FinanceContext, @Arg("id", () => ID) id: string): Promise<LedgerAccount> {
    return getAccount(ctx, id);
  }

  @FieldResolver(() => Money, { description: "The sum of all its postings, what is held included." })
  async balance(@Ctx() ctx: FinanceContext, @Root() account: LedgerAccount): Promise<Money> {
    const waiting = account.hot ? await unfoldedLoader(ctx).load(account.id) : 0n;
    return toMoney(account.balanceMinor + waiting, account.currency);
  }

  @FieldResolver(() => Money, { description: "Kept back for something; cannot be spent." })
  held(@Root() account: LedgerAccount): Money {
    return toMoney(account.heldMinor, account.currency);
  }

  @FieldResolver(() => PostingConnection, { description: "What moved the balance, newest first; paged forward only." })
  statement(
    @Ctx() ctx: FinanceContext,
    @Root() account: LedgerAccount,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Posting>> {
    return listPostings(ctx, account.id, args);
  }
}
