import { ConnectionArguments, DateTime, Money, type Page, toMoney } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { FinanceContext } from "../context.js";
import { LedgerAccount } from "../ledger-account/ledger-account.type.js";
import { type Posting, PostingConnection } from "../transfer/transfer.type.js";
import { getStatement, listLines, proveLedger } from "./statement.service.js";
import { AccountStatement, LedgerProof } from "./statement.type.js";

@Resolver(() => AccountStatement)
export class StatementResolver {
  @FieldResolver(() => Money, { description: "The balance at `from`." })
  opening(@Root() { openingMinor, currency }: AccountStatement): Money {
    return toMoney(openingMinor, currency);
  }

  @FieldResolver(() => Money, { description: "The balance at `to`." })
  closing(@Root() { closingMinor, currency }: AccountStatement): Money {
    return toMoney(closingMinor, currency);
  }

  @FieldResolver(() => PostingConnection, {
    description: "What moved the balance, oldest first, each with the balance after it; paged forward only.",
  })
  lines(
    @Ctx() ctx: FinanceContext,
    @Root() statement: AccountStatement,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Posting>> {
    return listLines(ctx, statement, args);
  }
}

@Resolver(() => LedgerAccount)
export class AccountStatementResolver {
  @FieldResolver(() => AccountStatement, { description: "The account over a time, archived years included." })
  statementBetween(
    @Ctx() ctx: FinanceContext,
    @Root() account: LedgerAccount,
    @Arg("from", () => DateTime) from: Date,
    @Arg("to", () => DateTime) to: Date,
  ): Promise<AccountStatement> {
    return getStatement(ctx, account, from, to);
  }

  @Authorized()
  @Query(() => LedgerProof, {
    description:
      "The trial balance, and whatever in the ledger disagrees. Reads all of it. For platform administrators with `revenue:read`.",
  })
  ledgerProof(@Ctx() ctx: FinanceContext): Promise<LedgerProof> {
    return proveLedger(ctx);
  }
}
