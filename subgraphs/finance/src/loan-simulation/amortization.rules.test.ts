import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type LoanTerms,
  DAY_COUNTS,
  REPAYMENT_METHODS,
  addMonths,
  amortize,
  effectiveAnnualRate,
  totalsOf,
} from "./amortization.rules.js";

const terms = fc.record({
  principalMinor: fc.bigInt({ min: 1n, max: 10n ** 15n }),
  annualRateBasisPoints: fc.integer({ min: 0, max: 10_000 }),
  months: fc.integer({ min: 1, max: 360 }),
  method: fc.constantFrom(...REPAYMENT_METHODS),
  dayCount: fc.constantFrom(...DAY_COUNTS),
  startsOn: fc
    .date({ min: new Date("2020-01-01"), max: new Date("2040-12-31"), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
});
const loan = (parts: Partial<LoanTerms>): LoanTerms => ({
  principalMinor: 12_000_000n,
  annualRateBasisPoints: 1200,
  months: 12,
  method: "ANNUITY",
  dayCount: "THIRTY_360",
  startsOn: "2026-01-31",
  ...parts,
});

describe("001-18: every schedule", () => {
  it("001-18: pays back exactly the principal, never with a negative part, the last instalment absorbing the rest", () => {
    fc.assert(
      fc.property(terms, (given) => {
        const schedule = amortize(given);
        expect(schedule).toHaveLength(given.months);
        expect(totalsOf(schedule).principalMinor).toBe(given.principalMinor);
        expect(schedule.at(-1)?.balanceMinor).toBe(0n);
        expect(schedule.at(-1)?.principalMinor).toBe(schedule.at(-2)?.balanceMinor ?? given.principalMinor);
        for (const part of schedule) {
          expect(part.principalMinor >= 0n && part.interestMinor >= 0n && part.balanceMinor >= 0n).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("001-18: all instalments of a monthly annuity but the last are equal, and the last differs by rounding only", () => {
    fc.assert(
      fc.property(terms, (parts) => {
        const given = { ...parts, method: "ANNUITY" as const, dayCount: "THIRTY_360" as const };
        const large = { ...given, principalMinor: given.principalMinor + 10n ** 9n, months: 1 + (given.months % 60) };
        const paid = amortize(large).map(({ principalMinor, interestMinor }) => principalMinor + interestMinor);
        expect(new Set(paid.slice(0, -1)).size).toBeLessThanOrEqual(1);
        const off = Math.abs(Number((paid.at(-1) ?? 0n) - (paid[0] ?? 0n)));
        const growth = (1 + large.annualRateBasisPoints / 120_000) ** large.months;
        expect(off).toBeLessThanOrEqual(large.months * growth + 1);
      }),
      { numRuns: 100 },
    );
  });
});

describe("001-18: values worked out by hand and by the textbook", () => {
  it("001-18: an annuity of 12,000,000 at 12 % over 12 months costs 1,066,185 a month", () => {
    // 12,000,000 · 0.01 / (1 − 1.01^−12) = 1,066,185.46
    const textbook = Math.round((12_000_000 * 0.01) / (1 - 1.01 ** -12));
    expect(textbook).toBe(1_066_185);
    const schedule = amortize(loan({}));
    expect(schedule[0]).toEqual({
      number: 1,
      dueOn: "2026-02-28",
      principalMinor: 946_185n,
      interestMinor: 120_000n,
      balanceMinor: 11_053_815n,
    });
    expect(schedule.slice(0, -1).every((part) => part.principalMinor + part.interestMinor === 1_066_185n)).toBe(true);
    expect(effectiveAnnualRate(loan({}), schedule, 0n)).toBeCloseTo(1.01 ** 12 - 1, 5);
  });

  it("001-18: flat interest of 12 % costs 120,000 every month and is in truth about 23.8 % a year", () => {
    const flat = loan({ method: "FLAT" });
    const schedule = amortize(flat);
    expect(totalsOf(schedule)).toEqual({ principalMinor: 12_000_000n, interestMinor: 1_440_000n });
    expect(schedule.every((part) => part.principalMinor === 1_000_000n && part.interestMinor === 120_000n)).toBe(true);
    // the monthly rate at which 1,120,000 · (1 − (1+i)^−12) / i is 12,000,000 is 1.7880 %
    expect(effectiveAnnualRate(flat, schedule, 0n)).toBeCloseTo(1.01788 ** 12 - 1, 3);
  });

  it("001-18: interest on a declining balance falls by 10,000 a month and adds up to 780,000", () => {
    const schedule = amortize(loan({ method: "DECLINING_BALANCE" }));
    expect(schedule.map(({ interestMinor }) => interestMinor)).toEqual(
      Array.from({ length: 12 }, (_, month) => 120_000n - BigInt(month) * 10_000n),
    );
    expect(totalsOf(schedule).interestMinor).toBe(780_000n);
  });

  it("001-18: actual/365 charges for 28 days in February and for 31 in March", () => {
    const schedule = amortize(
      loan({ method: "FLAT", dayCount: "ACTUAL_365", startsOn: "2026-01-28", months: 2, principalMinor: 36_500_000n }),
    );
    // 36,500,000 · 12 % / 365 = 12,000 a day; 31 days to 28 February, 28 days to 28 March
    expect(schedule.map(({ interestMinor }) => interestMinor)).toEqual([372_000n, 336_000n]);
  });

  it("001-18: 100 in three parts is 33, 33 and 34; a fee raises the effective rate; without interest it is zero", () => {
    const free = loan({ principalMinor: 100n, months: 3, annualRateBasisPoints: 0, method: "FLAT" });
    expect(amortize(free).map(({ principalMinor }) => principalMinor)).toEqual([33n, 33n, 34n]);
    expect(effectiveAnnualRate(free, amortize(free), 0n)).toBe(0);
    // 100 received, 110 paid back a month later: 10 % a month
    const once = loan({ principalMinor: 11_000n, months: 1, annualRateBasisPoints: 0, method: "FLAT" });
    expect(effectiveAnnualRate(once, amortize(once), 1000n)).toBeCloseTo(1.1 ** 12 - 1, 6);
  });

  it("001-18: due days keep to the end of short months", () => {
    expect([1, 2, 13].map((months) => addMonths("2027-01-31", months))).toEqual([
      "2027-02-28",
      "2027-03-31",
      "2028-02-29",
    ]);
  });
});
