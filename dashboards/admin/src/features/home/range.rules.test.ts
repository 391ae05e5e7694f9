import { describe, expect, it } from "vitest";
import { changeAgainst, splitPeriods, toRange } from "./range.rules.js";

describe("toRange", () => {
  it("accepts what is offered, as a number or as text, and nothing else", () => {
    expect([7, "30", 90, "8", "", undefined, null].map(toRange)).toEqual([
      7,
      30,
      90,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("splitPeriods", () => {
  it("puts the latest days on screen and as many before them", () => {
    const days = Array.from({ length: 14 }, (_day, index) => index);
    expect(splitPeriods(days, 7)).toEqual({ present: [7, 8, 9, 10, 11, 12, 13], before: [0, 1, 2, 3, 4, 5, 6] });
  });

  it("compares with fewer days where there is no longer past", () => {
    expect(splitPeriods([1, 2, 3, 4, 5, 6, 7, 8], 7)).toEqual({ present: [2, 3, 4, 5, 6, 7, 8], before: [1] });
  });
});

describe("changeAgainst", () => {
  it("is a share of the period before, and nothing against an empty one", () => {
    expect(changeAgainst(200, 250)).toBe(0.25);
    expect(changeAgainst(200, 100)).toBe(-0.5);
    expect(changeAgainst(0, 100)).toBeUndefined();
  });
});
