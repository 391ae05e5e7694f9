import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chanceOf, chanceOfMinimum, forecastOf, normalShare, together } from "./admission.rules.js";

describe("the passing score to expect", () => {
  it("000-35: is the mean of the years, and two equal years are not certainty", () => {
    expect(forecastOf([])).toBeNull();
    const year = (passingScore: number, index: number) => ({ year: 2023 + index, passingScore });
    expect(forecastOf([600].map(year))).toMatchObject({ passingScore: 600, deviation: 25, meanError: 25 });
    const equal = forecastOf([600, 600].map(year))!;
    expect(equal.deviation).toBeCloseTo(Math.sqrt((3 * 625) / 4));
    expect(forecastOf([560, 600, 640].map(year))!.deviation).toBeCloseTo(Math.sqrt((3 * 625 + 3200) / 5));
  });
});

describe("the chance of admission", () => {
  const points = fc.integer({ min: 200, max: 1000 });
  const error = fc.integer({ min: 5, max: 100 });
  const forecast = fc.record({
    passingScore: points,
    deviation: fc.integer({ min: 5, max: 60 }),
    meanError: fc.integer({ min: 1, max: 60 }),
  });

  it("000-35: is one half at the passing score, and known normal shares elsewhere", () => {
    const even = chanceOf({ scaled: 600, standardError: 30 }, { passingScore: 600, deviation: 25, meanError: 10 });
    expect(even.probability).toBeCloseTo(0.5, 6);
    expect(even.low + even.high).toBeCloseTo(1, 6);
    // published quantiles of the normal distribution
    expect(normalShare(1.96)).toBeCloseTo(0.9750021, 6);
    expect(normalShare(-1.2815516)).toBeCloseTo(0.1, 6);
  });

  it("000-35: lies within its interval and within 0 to 1", () => {
    fc.assert(
      fc.property(points, error, forecast, (scaled, standardError, expected) => {
        const { probability, low, high } = chanceOf({ scaled, standardError }, expected);
        expect(0 <= low && low <= probability && probability <= high && high <= 1).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("000-35: never falls with a better score, and is less sure with a larger error of the ability", () => {
    fc.assert(
      fc.property(points, error, forecast, (scaled, standardError, expected) => {
        const at = (more: number, wider = 0) =>
          chanceOf({ scaled: scaled + more, standardError: standardError + wider }, expected);
        expect(at(10).probability).toBeGreaterThanOrEqual(at(0).probability);
        const distance = (p: number): number => Math.abs(p - 0.5);
        expect(distance(at(0, 20).probability)).toBeLessThanOrEqual(distance(at(0).probability) + 1e-7);
      }),
      { numRuns: 200 },
    );
  });

  it("000-35: is at most that of each condition, and at least all of them independently", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const chance = fc.tuple(share, share, share).map((all) => {
      const [low = 0, probability = 0, high = 0] = all.toSorted((one, other) => one - other);
      return { low, probability, high };
    });
    fc.assert(
      fc.property(chance, fc.array(share, { maxLength: 4 }), (one, minimums) => {
        const { probability, low, high } = together(one, minimums);
        expect(low <= probability && probability <= high).toBe(true);
        expect(probability).toBeLessThanOrEqual(Math.min(one.probability, ...minimums));
        expect(low).toBeCloseTo(
          minimums.reduce((product, minimum) => product * minimum, one.low),
          12,
        );
      }),
      { numRuns: 200 },
    );
    expect(chanceOfMinimum({ scaled: 550, standardError: 0 }, 550)).toBeCloseTo(0.5, 6);
  });
});
