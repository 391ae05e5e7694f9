import fc from "fast-check";
import { expect, it } from "vitest";
import { growthPercent, monthsBetween, profitOf, readRows, withEveryMonth } from "./book-entry.rules.js";

const options = { currency: "IDR", categories: new Set(["SALES", "RENT"]) };
const row = (parts: object = {}) => ({
  date: "2026-11-20",
  category: "sales",
  amount: "75000",
  description: "Kue",
  ...parts,
});

it("001-33: names what is wrong with each row by row and column, and takes the others", () => {
  const { ready, problems } = readRows(
    [
      row(),
      row({ date: "2026-02-30", amount: "-5", category: "GIFT" }),
      row({ amount: "1.5" }),
      row({ description: "x".repeat(501) }),
    ],
    options,
  );
  expect(ready.map(({ row: number }) => number)).toEqual([2]);
  expect(problems.map(({ row: number, column }) => `${number} ${column}`)).toEqual([
    "3 date",
    "3 category",
    "3 amount",
    "4 amount",
    "5 description",
  ]);
});

it("001-33: equal rows of one file stay apart, the same file twice is the same", () => {
  const first = readRows([row(), row()], options).ready;
  expect(new Set(first.map(({ rowHash }) => rowHash)).size).toBe(2);
  expect(readRows([row(), row()], options).ready).toEqual(first);
  expect(readRows([row({ description: "'=1+1" })], options).ready[0]?.description).toBe("=1+1");
});

it("001-33: the closing balance is the opening one and everything since, in every month", () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
  fc.assert(
    fc.property(fc.array(fc.tuple(amount, amount), { maxLength: 12 }), amount, (pairs, opening) => {
      const flows = pairs.map(([inflowMinor, outflowMinor], index) => ({
        month: `2026-${String(index + 1).padStart(2, "0")}`,
        inflowMinor,
        outflowMinor,
      }));
      const months = withEveryMonth(flows, "2026-01-15", "2026-12-01", opening);
      expect(months).toHaveLength(12);
      const net = flows.reduce((sum, flow) => sum + flow.inflowMinor - flow.outflowMinor, 0n);
      expect(months.at(-1)?.closingMinor).toBe(opening + net);
    }),
    { numRuns: 50 },
  );
  expect(monthsBetween("2026-11-30", "2027-02-01")).toEqual(["2026-11", "2026-12", "2027-01", "2027-02"]);
});

it("001-33: profit is operating income less operating expenses; loans are neither", () => {
  const total = (kind: "INCOME" | "EXPENSE", amountMinor: bigint, isOperating = true) => ({
    code: "X",
    kind,
    isOperating,
    amountMinor,
  });
  const totals = [total("INCOME", 900n), total("EXPENSE", 250n), total("INCOME", 5000n, false)];
  expect(profitOf(totals)).toEqual({ incomeMinor: 900n, expensesMinor: 250n, profitMinor: 650n });
  expect([growthPercent(900n, 600n), growthPercent(1n, 3n), growthPercent(5n, 0n)]).toEqual([50, -66.66, null]);
});
