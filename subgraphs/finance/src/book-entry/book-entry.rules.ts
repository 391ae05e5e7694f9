import { LenteraError, toMinorUnits } from "@lentera/kit";
import { createHash } from "node:crypto";

/** The columns of a file of entries, in any order; the first row names them. */
export const BOOK_COLUMNS = ["date", "category", "amount", "description"] as const;
export type BookColumn = (typeof BOOK_COLUMNS)[number];
export const MOST_IMPORTED_ROWS = 1000;

/** One row of a file that can be taken. */
export interface ReadyRow {
  /** As a spreadsheet counts: the row below the heading is 2. */
  readonly row: number;
  readonly day: string;
  readonly categoryCode: string;
  readonly amountMinor: bigint;
  readonly description: string;
  readonly rowHash: string;
}

/** What is wrong with one row. */
export interface RowProblem {
  readonly row: number;
  readonly column: BookColumn;
  readonly message: string;
}

const DAY = /^(19[7-9]\d|20\d\d|21\d\d)-\d{2}-\d{2}$/;
const STARTS_A_FORMULA = /^'(?=[=+\-@\t\r])/;
const MOST_TEXT = 500;

function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}

/** An amount above zero, or null. */
function amountOf(text: string, currency: string): bigint | null {
  try {
    const minor = toMinorUnits(text, currency);
    return minor > 0n ? minor : null;
  } catch (error) {
    if (error instanceof LenteraError) return null;
    throw error;
  }
}

/**
 * Checks the rows of a file, each by itself: a wrong one does not keep the others out. Equal rows of one file are counted, so
 * that the same file imported again adds nothing, and two equal sales of one day remain two.
 */
export function readRows(
  rows: readonly Readonly<Record<string, string>>[],
  { currency, categories }: { currency: string; categories: ReadonlySet<string> },
): { readonly ready: ReadyRow[]; readonly problems: RowProblem[] } {
  const seen = new Map<string, number>();
  const ready: ReadyRow[] = [];
  const problems: RowProblem[] = [];
  for (const [index, cells] of rows.entries()) {
    const row = index + 2;
    const [day = "", category = "", amount = "", text = ""] = BOOK_COLUMNS.map((column) =>
      (cells[column] ?? "").trim(),
    );
    const categoryCode = category.toUpperCase();
    const description = text.replace(STARTS_A_FORMULA, "");
    const amountMinor = amountOf(amount, currency);
    const wrong: RowProblem[] = [
      ...(isDay(day) ? [] : [{ row, column: "date" as const, message: "Use a day like 2026-11-20." }]),
      ...(categories.has(categoryCode)
        ? []
        : [{ row, column: "category" as const, message: "Use the code of a category, e.g. SALES." }]),
      ...(amountMinor === null
        ? [{ row, column: "amount" as const, message: `Use an amount above zero, e.g. 75000, in ${currency}.` }]
        : []),
      ...(description.length <= MOST_TEXT
        ? []
        : [{ row, column: "description" as const, message: "A description has at most 500 characters." }]),
    ];
    if (wrong.length > 0 || amountMinor === null) {
      problems.push(...wrong);
      continue;
    }
    const facts = JSON.stringify([day, categoryCode, String(amountMinor), currency, description]);
    const count = (seen.get(facts) ?? 0) + 1;
    seen.set(facts, count);
    const rowHash = createHash("sha256").update(`${facts}#${count}`).digest("hex");
    ready.push({ row, day, categoryCode, amountMinor, description, rowHash });
  }
  return { ready, problems };
}

/** What was filed under one category. */
export interface CategoryTotal {
  readonly code: string;
  readonly kind: "INCOME" | "EXPENSE";
  readonly isOperating: boolean;
  readonly amountMinor: bigint;
}

/** Income, expenses and what is left, of what counts in profit and loss. */
export function profitOf(totals: readonly CategoryTotal[]) {
  const sumOf = (kind: CategoryTotal["kind"]): bigint =>
    totals
      .filter((total) => total.isOperating && total.kind === kind)
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const [incomeMinor, expensesMinor] = [sumOf("INCOME"), sumOf("EXPENSE")];
  return { incomeMinor, expensesMinor, profitMinor: incomeMinor - expensesMinor };
}

/** Percent by which something has grown, to a hundredth; null when there was nothing before. */
export function growthPercent(now: bigint, before: bigint): number | null {
  return before === 0n ? null : Number(((now - before) * 10_000n) / before) / 100;
}

/** Money of one month. */
export interface MonthFlow {
  /** E.g. `2026-11`. */
  readonly month: string;
  readonly inflowMinor: bigint;
  readonly outflowMinor: bigint;
}

/** All months of a range with what was there at the end of each; a month without entries has none. */
export function withEveryMonth(flows: readonly MonthFlow[], from: string, to: string, openingMinor: bigint) {
  const byMonth = new Map(flows.map((flow) => [flow.month, flow]));
  let closingMinor = openingMinor;
  return monthsBetween(from, to).map((month) => {
    const { inflowMinor = 0n, outflowMinor = 0n } = byMonth.get(month) ?? {};
    closingMinor += inflowMinor - outflowMinor;
    return { month, inflowMinor, outflowMinor, netMinor: inflowMinor - outflowMinor, closingMinor };
  });
}

/** The months from one day to another, both included. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  const at = new Date(`${from.slice(0, 7)}-01T00:00:00Z`);
  for (; at.toISOString().slice(0, 7) <= to.slice(0, 7); at.setUTCMonth(at.getUTCMonth() + 1))
    months.push(at.toISOString().slice(0, 7));
  return months;
}
