import { ConnectionArguments, Money, type Page, toMoney } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { FinanceContext } from "../context.js";
import { type Posting, PostingConnection } from "../transfer/transfer.type.js";
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

  @FieldResolver(() => Money)
  balance(@Root() account: LedgerAccount): Money {
    return toMoney(account.balanceMinor, account.currency);
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
