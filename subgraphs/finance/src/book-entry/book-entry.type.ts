import { DateTime, Money, connectionOf } from "@lentera/kit";
import { BookKind } from "@lentera/prisma/finance";
import { Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(BookKind, { name: "BookKind", description: "Whether money came in or went out." });

@ObjectType({ description: "What income and expenses are filed under." })
export class BookCategory {
  @Field(() => ID)
  code!: string;
  @Field(() => BookKind)
  kind!: BookKind;
  @Field(() => Boolean, {
    description: "Whether it counts in profit and loss; loans and the owner's own money only move cash.",
  })
  isOperating!: boolean;

  nameId!: string;
  nameEn!: string;
}

@ObjectType({ description: "Money that a business took in or spent." })
export class BookEntry {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  description!: string;
  @Field(() => DateTime)
  occurredAt!: Date;
  @Field(() => DateTime, { nullable: true, description: "When it was taken out of the books; null while it counts." })
  voidedAt!: Date | null;

  categoryCode!: string;
  amountMinor!: bigint;
  currency!: string;
}
export const BookEntryConnection = connectionOf(BookEntry);

@ObjectType({ description: "The entry as it stands after the change." })
export class BookEntryPayload {
  @Field(() => BookEntry)
  entry!: BookEntry;
}

@ObjectType({ description: "What is wrong with one row of a file." })
export class BookRowProblem {
  @Field(() => Int, { description: "As a spreadsheet counts: the row below the heading is 2." })
  row!: number;
  @Field(() => String)
  column!: string;
  @Field(() => String)
  message!: string;
}

@ObjectType({ description: "What became of a file: good rows are in the books, the others are named." })
export class ImportBookEntriesPayload {
  @Field(() => Int, { description: "Rows that are new in the books." })
  importedCount!: number;
  @Field(() => Int, { description: "Rows that an earlier import had brought." })
  knownCount!: number;
  @Field(() => [BookRowProblem])
  problems!: BookRowProblem[];
}

@ObjectType({ description: "All that was filed under one category." })
export class BookCategoryTotal {
  @Field(() => BookCategory)
  category!: BookCategory;
  @Field(() => Money)
  amount!: Money;
}

@ObjectType({ description: "What a business earned in a stretch of time." })
export class ProfitAndLoss {
  @Field(() => Money)
  income!: Money;
  @Field(() => Money)
  expenses!: Money;
  @Field(() => Money, { description: "Income less expenses; negative for a loss." })
  profit!: Money;
  @Field(() => Float, {
    nullable: true,
    description: "Percent against as many days right before; null when there was no income then.",
  })
  incomeGrowthPercent!: number | null;
  @Field(() => [BookCategoryTotal], { description: "The largest first." })
  lines!: BookCategoryTotal[];
}

@ObjectType({ description: "Money in and out of one month." })
export class CashFlowMonth {
  @Field(() => String, { description: "E.g. `2026-11`, in the zone that was asked for." })
  month!: string;
  @Field(() => Money)
  inflow!: Money;
  @Field(() => Money)
  outflow!: Money;
  @Field(() => Money)
  net!: Money;
  @Field(() => Money, { description: "All that came in less all that went out since the books begin." })
  closing!: Money;
}
