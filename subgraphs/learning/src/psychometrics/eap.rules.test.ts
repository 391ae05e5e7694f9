import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ItemParameters, type ScoredResponse, estimateAbility } from "./eap.js";
import { toScaledScore } from "./scale.js";

interface Fixture {
  banks: Record<string, { a: number[]; b: number[]; c: number[] }>;
  cases: { id: string; bank: string; scored: string; ability: number; standardError: number }[];
}
const fixture = JSON.parse(readFileSync(new URL("fixtures/eap-cases.json", import.meta.url), "utf8")) as Fixture;

function itemsOf(bank: string): ItemParameters[] {
  const { a, b, c } = fixture.banks[bank]!;
  return a.map((discrimination, index) => ({ discrimination, difficulty: b[index]!, guessing: c[index]! }));
}

function responsesOf(scored: string): ScoredResponse[] {
  return [...scored].map((symbol) => (symbol === "-" ? null : symbol === "1" ? 1 : 0));
}

describe("000-40: EAP ability with its standard error", () => {
  it.each(fixture.cases)(
    "$id of $bank agrees with the reference to 1e-9",
    ({ bank, scored, ability, standardError }) => {
      const estimate = estimateAbility(itemsOf(bank), responsesOf(scored));
      expect(Math.abs(estimate.ability - ability)).toBeLessThan(1e-9);
      expect(Math.abs(estimate.standardError - standardError)).toBeLessThan(1e-9);
    },
  );

  it("a blank paper says nothing: 0 ± 1", () => {
    const estimate = estimateAbility(
      itemsOf("B10_3PL"),
      Array.from({ length: 10 }, () => null),
    );
    expect(estimate.ability).toBeCloseTo(0, 12);
    expect(estimate.standardError).toBeCloseTo(1, 6);
  });

  const item = fc.record({
    discrimination: fc.double({ min: 0.3, max: 3, noNaN: true }),
    difficulty: fc.double({ min: -4, max: 4, noNaN: true }),
    guessing: fc.double({ min: 0, max: 0.4, noNaN: true }),
  });
  it("stays within the nodes, is finite, and a right answer never lowers it", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(item, fc.constantFrom(0, 1)), { minLength: 1, maxLength: 200 }), (paper) => {
        const items = paper.map(([parameters]) => parameters);
        const responses = paper.map(([, response]) => response as ScoredResponse);
        const before = estimateAbility(items, responses);
        expect(Math.abs(before.ability)).toBeLessThan(6);
        expect(before.standardError).toBeGreaterThan(0);
        expect(before.standardError).toBeLessThanOrEqual(1.5);
        const better = responses.with(0, 1);
        expect(estimateAbility(items, better).ability).toBeGreaterThanOrEqual(before.ability - 1e-12);
      }),
    );
  });
});

describe("the scale 200 to 1000", () => {
  const scale = { mean: 500, deviation: 100, minimum: 200, maximum: 1000 };
  it.each([
    [-4, 200],
    [-3.01, 200],
    [-1.234567, 376.54],
    [0, 500],
    [0.0049, 500.49],
    [0.4578, 545.78],
    [3.1985, 819.85],
    [4.99, 999],
    [6, 1000],
  ])("ability %d is %d points", (ability, points) => {
    expect(toScaledScore({ ability, standardError: 0.3 }, scale).scaled).toBe(points);
  });

  it("gives the error and the 95 % interval in points", () => {
    expect(toScaledScore({ ability: 0, standardError: 0.3 }, scale)).toEqual({
      scaled: 500,
      standardError: 30,
      intervalLow: 441.2,
      intervalHigh: 558.8,
    });
  });
});
