import fc from "fast-check";
import { expect, it } from "vitest";
import { type OpenInstalment, allocate, daysPastDue, openOf, settle } from "./loan.rules.js";

const instalments: OpenInstalment[] = [
  { number: 1, dueOn: "2026-02-15", feeMinor: 50n, interestMinor: 100n, principalMinor: 1000n },
  { number: 2, dueOn: "2026-03-15", feeMinor: 0n, interestMinor: 90n, principalMinor: 1000n },
  { number: 3, dueOn: "2026-04-15", feeMinor: 0n, interestMinor: 80n, principalMinor: 1000n },
];

it("001-21: a payment pays the oldest instalment first, and in it fee, interest, principal", () => {
  expect(allocate(instalments, 1200n)).toEqual([
    { number: 1, part: "FEE", amountMinor: 50n },
    { number: 1, part: "INTEREST", amountMinor: 100n },
    { number: 1, part: "PRINCIPAL", amountMinor: 1000n },
    { number: 2, part: "INTEREST", amountMinor: 50n },
  ]);
  expect(() => allocate(instalments, 3321n)).toThrow("More is paid");
});

it("001-21: what is allocated is what was paid, and no part gets more than was open", () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
  const open = fc.array(fc.tuple(amount, amount, amount), { minLength: 1, maxLength: 12 }).map((rows) =>
    rows.map(([feeMinor, interestMinor, principalMinor], index) => ({
      number: index + 1,
      dueOn: "2026-01-01",
      feeMinor,
      interestMinor,
      principalMinor,
    })),
  );
  fc.assert(
    fc.property(open, fc.integer({ min: 0, max: 1000 }), (rows, share) => {
      const paid = (openOf(rows) * BigInt(share)) / 1000n;
      const allocations = allocate(rows, paid);
      expect(allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(paid);
      const touched = allocations.map(({ number }) => number);
      expect(touched).toEqual(touched.toSorted((one, other) => one - other));
      const rest = openOf(rows) - paid;
      expect(rest >= 0n).toBe(true);
    }),
    { numRuns: 100 },
  );
});

it("001-21: settling early pays all principal, the interest up to today, and waives the rest", () => {
  const onFirstDay = settle(instalments, { startsOn: "2026-01-15", today: "2026-03-02", dayCount: "THIRTY_360" });
  // fee 50 + interest 100 + 15 of 30 days of 90 + principal 3000
  expect(onFirstDay.amountMinor).toBe(3195n);
  expect(onFirstDay.allocations.filter(({ part }) => part === "WAIVED_INTEREST")).toEqual([
    { number: 2, part: "WAIVED_INTEREST", amountMinor: 45n },
    { number: 3, part: "WAIVED_INTEREST", amountMinor: 80n },
  ]);
  // actual days: 15 of the 28 from 15 February to 15 March
  const actual = settle(instalments, { startsOn: "2026-01-15", today: "2026-03-02", dayCount: "ACTUAL_365" });
  expect(actual.amountMinor).toBe(50n + 100n + 48n + 3000n);
  const atTheEnd = settle(instalments, { startsOn: "2026-01-15", today: "2026-04-15", dayCount: "ACTUAL_365" });
  expect(atTheEnd.amountMinor).toBe(openOf(instalments));
});

it("001-21: days past due count from the oldest open instalment", () => {
  expect(daysPastDue(instalments, "2026-02-15")).toBe(0);
  expect(daysPastDue(instalments, "2026-03-20")).toBe(33);
  const paid = instalments.map((one) => ({ ...one, feeMinor: 0n, interestMinor: 0n, principalMinor: 0n }));
  expect(daysPastDue(paid, "2026-12-31")).toBe(0);
});
