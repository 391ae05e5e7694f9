import { CalendarDate, DateTime, Decimal, isCurrency } from "@lentera/kit";
import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";
import { idempotencyKeyRule } from "../transfer/transfer.input.js";
import { monthsBetween } from "./book-entry.rules.js";

@InputType()
export class RecordBookEntryInput {
  @Field(() => String, { description: "One of `bookCategories`; it says whether this is income or an expense." })
  categoryCode!: string;
  @Field(() => Decimal, { description: "Above zero." })
  amount!: string;
  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;
  @Field(() => DateTime)
  occurredAt!: Date;
  @Field(() => String, { defaultValue: "", description: "At most 500 characters." })
  description!: string;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class VoidBookEntryInput {
  @Field(() => ID)
  entryId!: string;
}

@InputType()
export class ImportBookEntriesInput {
  @Field(() => String, {
    description:
      "A CSV file with a heading of `date`, `category`, `amount`, `description`; at most 1,000 rows and 1,000,000 characters.",
  })
  csv!: string;
  @Field(() => String, { description: "ISO 4217 code of all amounts." })
  currency!: string;
  @Field(() => String, { defaultValue: "Asia/Jakarta", description: "IANA zone in which the days begin." })
  timeZone!: string;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType({ description: "A stretch of a business's books." })
export class BookRangeInput {
  @Field(() => CalendarDate)
  from!: string;
  @Field(() => CalendarDate, { description: "Included; at most 36 months later." })
  to!: string;
  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;
  @Field(() => String, { defaultValue: "Asia/Jakarta", description: "IANA zone in which days and months begin." })
  timeZone!: string;
}

const currency = z.string().refine(isCurrency, "Use one of the platform's currencies.");
const zones = new Set([...Intl.supportedValuesOf("timeZone"), "UTC"]);
const timeZone = z.string().refine((zone) => zones.has(zone), "Use a zone like Asia/Jakarta.");

export const recordBookEntryRules = z.object({
  categoryCode: z.string(),
  amount: z.string(),
  currency,
  occurredAt: z.date(),
  description: z.string().trim().max(500, "A description has at most 500 characters."),
  idempotencyKey: idempotencyKeyRule,
});

export const importBookEntriesRules = z.object({
  csv: z.string().min(1, "Give a file.").max(1_000_000, "A file has at most 1,000,000 characters."),
  currency,
  timeZone,
  idempotencyKey: idempotencyKeyRule,
});

const MOST_MONTHS = 36;
const day = z.string().regex(/^(19[7-9]\d|20\d\d|21\d\d)-/, "Use a day from 1970 to 2199.");
export const bookRangeRules = z
  .object({ from: day, to: day, currency, timeZone })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "The end is not before the start." })
  .refine(({ from, to }) => from > to || monthsBetween(from, to).length <= MOST_MONTHS, {
    path: ["to"],
    message: "Ask for at most 36 months.",
  });
export type BookRange = z.output<typeof bookRangeRules>;
