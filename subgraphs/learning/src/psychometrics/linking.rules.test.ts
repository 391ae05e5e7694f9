import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkByCharacteristicCurves, linkByMeanSigma, linkItem } from "./linking.js";
import type { ItemParameters } from "./model.js";

const item = fc.record({
  discrimination: fc.double({ min: 0.5, max: 2, noNaN: true }),
  difficulty: fc.double({ min: -2, max: 2, noNaN: true }),
  guessing: fc.double({ min: 0, max: 0.3, noNaN: true }),
});
const link = fc.record({
  slope: fc.double({ min: 0.6, max: 1.6, noNaN: true }),
  intercept: fc.double({ min: -1, max: 1, noNaN: true }),
});
const spread = (items: readonly ItemParameters[]) =>
  Math.max(...items.map(({ difficulty }) => difficulty)) - Math.min(...items.map(({ difficulty }) => difficulty));
const anchors = fc.array(item, { minLength: 4, maxLength: 20 }).filter((items) => spread(items) > 0.5);

describe("linking two scales by common items", () => {
  it.each([
    ["mean and sigma", linkByMeanSigma],
    ["characteristic curves", linkByCharacteristicCurves],
  ])("%s recovers a link without error", (_, find) => {
    fc.assert(
      fc.property(anchors, link, (from, { slope, intercept }) => {
        const to = from.map((one) => linkItem(one, { slope, intercept }));
        const found = find({ from, to });
        expect(found.slope).toBeCloseTo(slope, 6);
        expect(found.intercept).toBeCloseTo(intercept, 6);
      }),
      { numRuns: 50 },
    );
  });

  it("characteristic curves are hardly moved by one flat item whose difficulty is uncertain", () => {
    const from = [-1.5, -0.5, 0, 0.5, 1.5].map((difficulty) => ({ discrimination: 1.5, difficulty, guessing: 0 }));
    const flat = { discrimination: 0.2, difficulty: 0, guessing: 0 };
    const to = [...from, { ...flat, difficulty: 3 }];
    const common = { from: [...from, flat], to };
    const [byMoments, byCurves] = [linkByMeanSigma(common), linkByCharacteristicCurves(common)];
    expect(Math.abs(byCurves.intercept)).toBeLessThan(Math.abs(byMoments.intercept));
    expect(Math.abs(byCurves.slope - 1)).toBeLessThan(Math.abs(byMoments.slope - 1));
  });

  it("refuses one common item, and items of equal difficulty", () => {
    const one = { discrimination: 1, difficulty: 0, guessing: 0 };
    expect(() => linkByMeanSigma({ from: [one], to: [one] })).toThrow("at least two common items");
    expect(() => linkByMeanSigma({ from: [one, one], to: [one, one] })).toThrow("equally difficult");
  });
});
