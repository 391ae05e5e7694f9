import "reflect-metadata";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CURRENCIES, toMinorUnits, toMoney } from "./money.js";

describe("money", () => {
  it.each([
    [0n, "IDR", "0"],
    [75_000n, "IDR", "75000"],
    [1250n, "INR", "12.50"],
    [5n, "INR", "0.05"],
    [-5n, "INR", "-0.05"],
  ])("%d minor units of %s are %s", (minor, currency, amount) => {
    expect(toMoney(minor, currency)).toMatchObject({ amount, currency });
    expect(toMinorUnits(amount, currency)).toBe(minor);
  });

  it("every amount survives the way to the API and back", () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 15n) + 1n, 10n ** 15n - 1n), fc.constantFrom(...CURRENCIES), (minor, currency) => {
        expect(toMinorUnits(toMoney(minor, currency).amount, currency)).toBe(minor);
      }),
    );
  });

  it.each([
    ["12.5", "IDR"],
    ["12.505", "INR"],
    ["1e3", "INR"],
    ["", "INR"],
    ["12,50", "INR"],
  ])("refuses %s %s instead of rounding", (amount, currency) => {
    expect(() => toMinorUnits(amount, currency)).toThrow(expect.objectContaining({ code: "VALIDATION_ERROR" }));
  });

  it("refuses a currency that is not in use", () => {
    expect(() => toMinorUnits("1", "XAU")).toThrow(expect.objectContaining({ code: "VALIDATION_ERROR" }));
  });
});
