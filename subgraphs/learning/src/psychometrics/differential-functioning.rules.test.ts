import { describe, expect, it } from "vitest";
import { type Stratum, mantelHaenszel, stratify } from "./differential-functioning.js";

/** Admissions to Berkeley in 1973 by sex, one stratum for each department (Bickel, Hammel & O'Connell 1975). */
const BERKELEY: Stratum[] = [
  [512, 313, 89, 19],
  [353, 207, 17, 8],
  [120, 205, 202, 391],
  [138, 279, 131, 244],
  [53, 138, 94, 299],
  [22, 351, 24, 317],
].map(([referenceRight = 0, referenceWrong = 0, focalRight = 0, focalWrong = 0]) => ({
  referenceRight,
  referenceWrong,
  focalRight,
  focalWrong,
}));

describe("Mantel-Haenszel test of differential item functioning", () => {
  it("agrees with R's mantelhaen.test on the Berkeley admissions", () => {
    const result = mantelHaenszel(BERKELEY);
    expect(result.oddsRatio).toBeCloseTo(0.9046968, 6);
    expect(result.oddsRatio * Math.exp(-1.959963985 * result.logOddsError)).toBeCloseTo(0.7719074, 6);
    expect(result.oddsRatio * Math.exp(1.959963985 * result.logOddsError)).toBeCloseTo(1.0603298, 6);
    expect(result.chiSquare).toBeCloseTo(1.4269, 3);
    expect(result.delta).toBeCloseTo(-2.35 * Math.log(0.9046968), 5);
    expect(result.category).toBe("A");
  });

  it.each([
    ["C", 300, 100],
    ["B", 260, 100],
  ])("an item that favours the reference group is %s by its size", (category, right, wrong) => {
    const stratum = { referenceRight: right, referenceWrong: wrong, focalRight: 150, focalWrong: 100 };
    const result = mantelHaenszel([stratum, stratum]);
    expect(result.delta).toBeLessThan(-1);
    expect(result.category).toBe(category);
  });

  it("takes a half off the difference also where it is smaller", () => {
    const even = { referenceRight: 10, referenceWrong: 10, focalRight: 10, focalWrong: 10 };
    expect(mantelHaenszel([even]).chiSquare).toBeCloseTo(0.25 / ((20 * 20 * 20 * 20) / (40 * 40 * 39)), 12);
  });

  it("refuses groups that no score has in common", () => {
    const apart = { referenceRight: 5, referenceWrong: 5, focalRight: 0, focalWrong: 0 };
    expect(() => mantelHaenszel([apart])).toThrow("cannot be compared");
  });

  it("stratifies by the whole score", () => {
    const paper = (marks: number[], isFocal: boolean) => ({ marks, isFocal });
    const strata = stratify([paper([1, 0], false), paper([0, 1], true), paper([1, 0], true), paper([1, 1], false)], 0);
    expect(strata).toEqual([
      { referenceRight: 1, referenceWrong: 0, focalRight: 1, focalWrong: 1 },
      { referenceRight: 1, referenceWrong: 0, focalRight: 0, focalWrong: 0 },
    ]);
  });
});
