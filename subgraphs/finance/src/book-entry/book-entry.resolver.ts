import { ConnectionArguments, Money, type Page, toMoney } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { FinanceContext } from "../context.js";
import {
  BookRangeInput,
  ImportBookEntriesInput,
  RecordBookEntryInput,
  VoidBookEntryInput,
} from "./book-entry.input.js";
import { bookCategoryLoader } from "./book-entry.loader.js";
import {
  cashFlow,
  exportEntries,
  importEntries,
  listCategories,
  listEntries,
  profitAndLoss,
  recordEntry,
  voidEntry,
} from "./book-entry.service.js";
import {
  BookCategory,
  BookEntry,
  BookEntryConnection,
  BookEntryPayload,
  CashFlowMonth,
  ImportBookEntriesPayload,
  ProfitAndLoss,
} from "./book-entry.type.js";

@Resolver(() => BookEntry)
export class BookEntryResolver {
  @Authorized()
  @Query(() => [BookCategory], { description: "What entries can be filed under; a short list." })
  bookCategories(@Ctx() ctx: FinanceContext): Promise<BookCategory[]> {
    return listCategories(ctx);
  }

  @Authorized()
  @Query(() => BookEntryConnection, { description: "The caller's entries, voided ones too, the newest first." })
  bookEntries(
    @Ctx() ctx: FinanceContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<BookEntry>> {
    return listEntries(ctx, args);
  }

  @Authorized()
  @Query(() => ProfitAndLoss, { description: "What the caller's business earned." })
  profitAndLoss(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => BookRangeInput) input: BookRangeInput,
  ): Promise<ProfitAndLoss> {
    return profitAndLoss(ctx, input);
  }

  @Authorized()
  @Query(() => [CashFlowMonth], { description: "Every month of the range, in order; at most 36." })
  cashFlow(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => BookRangeInput) input: BookRangeInput,
  ): Promise<CashFlowMonth[]> {
    return cashFlow(ctx, input);
  }

  @Authorized()
  @Query(() => String, {
    description: "The entries of the range as a CSV file, formulas neutralised; at most 5,000, else `LIMIT_EXCEEDED`.",
  })
  bookEntriesCsv(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => BookRangeInput) input: BookRangeInput,
  ): Promise<string> {
    return exportEntries(ctx, input);
  }

  @Authorized()
  @Mutation(() => BookEntryPayload, { description: "Records one entry in the caller's books." })
  recordBookEntry(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => RecordBookEntryInput) input: RecordBookEntryInput,
  ): Promise<BookEntryPayload> {
    return recordEntry(ctx, input);
  }

  @Authorized()
  @Mutation(() => BookEntryPayload, { description: "Takes an entry out of the books; it stays, and no longer counts." })
  voidBookEntry(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => VoidBookEntryInput) input: VoidBookEntryInput,
  ): Promise<BookEntryPayload> {
    return voidEntry(ctx, input);
  }

  @Authorized()
  @Mutation(() => ImportBookEntriesPayload, {
    description:
      "Takes the good rows of a CSV file and names what is wrong with the others. The same file again adds nothing.",
  })
  importBookEntries(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => ImportBookEntriesInput) input: ImportBookEntriesInput,
  ): Promise<ImportBookEntriesPayload> {
    return importEntries(ctx, input);
  }

  @FieldResolver(() => BookCategory)
  category(@Ctx() ctx: FinanceContext, @Root() { categoryCode }: BookEntry): Promise<BookCategory> {
    return bookCategoryLoader(ctx).load(categoryCode);
  }

  @FieldResolver(() => Money, { description: "Above zero; the category says whether it came in or went out." })
  amount(@Root() { amountMinor, currency }: BookEntry): Money {
    return toMoney(amountMinor, currency);
  }
}

@Resolver(() => BookCategory)
export class BookCategoryResolver {
  @FieldResolver(() => String, { description: "In the caller's language." })
  name(@Ctx() ctx: FinanceContext, @Root() { nameId, nameEn }: BookCategory): string {
    return ctx.identity.language === "id" ? nameId : nameEn;
  }
}
