import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  audit,
  invalidField,
  paginate,
  refuseWhileImpersonating,
  requireSignedIn,
  toMinorUnits,
  toMoney,
  validate,
} from "@lentera/kit";
import { CsvError, parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import type { FinanceContext } from "../context.js";
import {
  type BookRange,
  type BookRangeInput,
  type ImportBookEntriesInput,
  type RecordBookEntryInput,
  type VoidBookEntryInput,
  bookRangeRules,
  importBookEntriesRules,
  recordBookEntryRules,
} from "./book-entry.input.js";
import { bookCategoryLoader } from "./book-entry.loader.js";
import {
  BOOK_COLUMNS,
  MOST_IMPORTED_ROWS,
  growthPercent,
  profitOf,
  readRows,
  withEveryMonth,
} from "./book-entry.rules.js";
import * as store from "./book-entry.store.js";
import type {
  BookCategory,
  BookEntry,
  BookEntryPayload,
  CashFlowMonth,
  ImportBookEntriesPayload,
  ProfitAndLoss,
} from "./book-entry.type.js";

const MOST_EXPORTED_ROWS = 5000;
const DAY_MS = 86_400_000;

/**
 * Records one entry in the caller's books.
 * @throws VALIDATION_ERROR for every field that is wrong, and for a category that there is not
 */
export async function recordEntry(ctx: FinanceContext, input: RecordBookEntryInput): Promise<BookEntryPayload> {
  const ownerId = requireKeeper(ctx);
  const { idempotencyKey, amount, ...facts } = validate(recordBookEntryRules, input);
  const amountMinor = toMinorUnits(amount, facts.currency);
  if (amountMinor <= 0n) throw invalidField("input.amount", "INVALID_FORMAT", "Give an amount above zero.");
  const once = { command: "recordBookEntry", key: idempotencyKey, input: { amount, ...facts } };
  const id = await ctx.transactionOnce(once, async (tx) => {
    const categories = await store.findCategories(tx);
    if (!categories.some(({ code }) => code === facts.categoryCode))
      throw invalidField("input.categoryCode", "INVALID_FORMAT", "Use the code of a category, e.g. SALES.");
    return store.insertEntry(tx, { ownerId, amountMinor, ...facts });
  });
  return { entry: await ownEntry(ctx, ownerId, id) };
}

/**
 * Takes an entry out of the books; it stays, and no longer counts.
 * @throws NOT_FOUND, ILLEGAL_STATE when it was voided before
 */
export async function voidEntry(ctx: FinanceContext, { entryId }: VoidBookEntryInput): Promise<BookEntryPayload> {
  const ownerId = requireKeeper(ctx);
  await ctx.transaction(async (tx) => {
    if ((await store.findEntry(tx, ownerId, entryId)) === null) throw new LenteraError("NOT_FOUND");
    if (!(await store.voidEntry(tx, ownerId, entryId, ctx.now()))) throw new LenteraError("ILLEGAL_STATE");
    const entry = { action: "book_entry.voided", entityType: "BookEntry", entityId: entryId, organizationId: null };
    await audit(tx, ctx.identity, entry);
  });
  return { entry: await ownEntry(ctx, ownerId, entryId) };
}

async function ownEntry(ctx: FinanceContext, ownerId: string, id: string): Promise<BookEntry> {
  const entry = await store.findEntry(ctx.db, ownerId, id);
  if (entry === null) throw new LenteraError("NOT_FOUND");
  return entry;
}

/**
 * Takes the good rows of a file and names what is wrong with the others. The same file again adds nothing.
 * @throws VALIDATION_ERROR for what is no CSV, lacks a column or has more than 1,000 rows
 */
export async function importEntries(
  ctx: FinanceContext,
  input: ImportBookEntriesInput,
): Promise<ImportBookEntriesPayload> {
  const ownerId = requireKeeper(ctx);
  const { idempotencyKey, csv, currency, timeZone } = validate(importBookEntriesRules, input);
  const rows = rowsOf(csv);
  const once = { command: "importBookEntries", key: idempotencyKey, input: { csv, currency, timeZone } };
  return ctx.transactionOnce(once, async (tx) => {
    const categories = new Set((await store.findCategories(tx)).map(({ code }) => code));
    const { ready, problems } = readRows(rows, { currency, categories });
    const importedCount = ready.length === 0 ? 0 : await store.insertRows(tx, ready, { ownerId, currency, timeZone });
    return { importedCount, knownCount: ready.length - importedCount, problems };
  });
}

function rowsOf(csv: string): Record<string, string>[] {
  try {
    const rows = parse<Record<string, string>>(csv, {
      bom: true,
      columns: (heading: string[]) => heading.map((name) => name.trim().toLowerCase()),
      delimiter: [",", ";"],
      skip_empty_lines: true,
      relax_column_count: true,
      to: MOST_IMPORTED_ROWS + 1,
    });
    if (rows.length > MOST_IMPORTED_ROWS)
      throw invalidField("input.csv", "INVALID_FORMAT", "A file has at most 1,000 rows.");
    const missing = ["date", "category", "amount"].filter((column) => rows[0] !== undefined && !(column in rows[0]));
    if (rows.length === 0 || missing.length > 0)
      throw invalidField("input.csv", "INVALID_FORMAT", "Name the columns date, category, amount in the first row.");
    return rows;
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw invalidField("input.csv", "INVALID_FORMAT", "This is no CSV file.");
  }
}

/** Everything that entries can be filed under: a short list. */
export function listCategories(ctx: FinanceContext): Promise<BookCategory[]> {
  return store.findCategories(ctx.db);
}

/** The caller's entries, also those that are voided, the newest first. */
export function listEntries(ctx: FinanceContext, args: ConnectionArguments): Promise<Page<BookEntry>> {
  const { userId } = requireSignedIn(ctx.viewer);
  return paginate<BookEntry>({
    args,
    orderBy: [{ field: "id", direction: "desc" }],
    rows: (query) => store.findEntryPage(ctx.db, userId, query),
    count: () => store.countEntries(ctx.db, userId),
  });
}

/** Income, expenses and profit of the caller's business. @throws VALIDATION_ERROR for every field that is wrong */
export async function profitAndLoss(ctx: FinanceContext, input: BookRangeInput): Promise<ProfitAndLoss> {
  const { userId } = requireSignedIn(ctx.viewer);
  const range = validate(bookRangeRules, input);
  const [totals, earlier] = await Promise.all([
    store.sumByCategory(ctx.db, userId, range),
    store.sumByCategory(ctx.db, userId, rangeBefore(range)),
  ]);
  const { incomeMinor, expensesMinor, profitMinor } = profitOf(totals);
  const money = (minor: bigint) => toMoney(minor, range.currency);
  const lines = totals
    .filter(({ isOperating }) => isOperating)
    .map(async ({ code, amountMinor }) => ({
      category: await bookCategoryLoader(ctx).load(code),
      amount: money(amountMinor),
    }));
  return {
    income: money(incomeMinor),
    expenses: money(expensesMinor),
    profit: money(profitMinor),
    incomeGrowthPercent: growthPercent(incomeMinor, profitOf(earlier).incomeMinor),
    lines: await Promise.all(lines),
  };
}

/** As many days right before. */
function rangeBefore(range: BookRange): BookRange {
  const [from, to] = [Date.parse(range.from), Date.parse(range.to)];
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  return { ...range, from: day(from - (to - from) - DAY_MS), to: day(from - DAY_MS) };
}

/** Every month of the range with what came in, went out and was there. @throws VALIDATION_ERROR */
export async function cashFlow(ctx: FinanceContext, input: BookRangeInput): Promise<CashFlowMonth[]> {
  const { userId } = requireSignedIn(ctx.viewer);
  const range = validate(bookRangeRules, input);
  const [flows, opening] = await Promise.all([
    store.sumByMonth(ctx.db, userId, range),
    store.balanceBefore(ctx.db, userId, range),
  ]);
  const money = (minor: bigint) => toMoney(minor, range.currency);
  return withEveryMonth(flows, range.from, range.to, opening).map((flow) => ({
    month: flow.month,
    inflow: money(flow.inflowMinor),
    outflow: money(flow.outflowMinor),
    net: money(flow.netMinor),
    closing: money(flow.closingMinor),
  }));
}

/**
 * The entries of a range as CSV that {@link importEntries} reads; texts that a spreadsheet would take for formulas get an
 * apostrophe in front (OWASP, CSV injection).
 * @throws LIMIT_EXCEEDED for more than 5,000 entries
 */
export async function exportEntries(ctx: FinanceContext, input: BookRangeInput): Promise<string> {
  const { userId } = requireSignedIn(ctx.viewer);
  const range = validate(bookRangeRules, input);
  const rows = await store.findExported(ctx.db, userId, range, MOST_EXPORTED_ROWS + 1);
  if (rows.length > MOST_EXPORTED_ROWS) throw new LenteraError("LIMIT_EXCEEDED");
  const cells = rows.map(({ day, categoryCode, amountMinor, description }) => [
    day,
    categoryCode,
    toMoney(amountMinor, range.currency).amount,
    description,
  ]);
  return stringify([[...BOOK_COLUMNS], ...cells], { record_delimiter: "windows", escape_formulas: true });
}

/** People keep their own books, and nobody in their name. */
function requireKeeper(ctx: FinanceContext): string {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  return userId;
}
