import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ScoringPool, scoreBatch } from "./batch.js";
import { type ScoredResponse, estimateAbility, estimateEap } from "./eap.js";
import { type ItemParameters, createBank } from "./model.js";
import { normalGrid } from "./quadrature.js";
import { type ResponseMatrix, rowOf } from "./responses.js";
import { bankOf, codesOf, scoring } from "./testing/scoring.js";

const item = fc.record({
  discrimination: fc.double({ min: 0.3, max: 3, noNaN: true }),
  difficulty: fc.double({ min: -4, max: 4, noNaN: true }),
  guessing: fc.double({ min: 0, max: 0.4, noNaN: true }),
});

describe("000-40: EAP ability of one paper", () => {
  it("a blank paper says nothing: 0 ± 1", () => {
    const items: ItemParameters[] = [{ discrimination: 1, difficulty: 0, guessing: 0.2 }];
    const estimate = estimateAbility(items, [null]);
    expect(estimate.ability).toBeCloseTo(0, 12);
    expect(estimate.standardError).toBeCloseTo(1, 6);
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

  it.each([
    [{ discrimination: Number.NaN, difficulty: 0, guessing: 0 }, "discrimination a of item 1"],
    [{ discrimination: 1, difficulty: Infinity, guessing: 0 }, "difficulty b of item 1"],
    [{ discrimination: 1, difficulty: 0, guessing: 1 }, "guessing parameter c of item 1"],
  ])("refuses parameters without a curve, %j", (parameters, message) => {
    expect(() => estimateAbility([parameters], [1])).toThrow(message);
  });
});

function expectSame(
  bank: Parameters<typeof scoreBatch>[0],
  matrix: ResponseMatrix,
  batch: ReturnType<typeof scoreBatch>,
) {
  expect(batch).toHaveLength(matrix.rows);
  for (let row = 0; row < matrix.rows; row++) {
    const one = estimateEap(bank, rowOf(matrix, row));
    expect(Math.abs(batch.at(row).ability - one.ability)).toBeLessThan(1e-10);
    expect(Math.abs(batch.at(row).standardError - one.standardError)).toBeLessThan(1e-10);
  }
}

/** Every paper of one bank, many times over so that wide blocks are used. */
function matrixOf(bankName: string, repetitions: number): ResponseMatrix {
  const papers = scoring.cases.filter(({ bank }) => bank === bankName).map((one) => codesOf(one));
  const all = Array.from({ length: repetitions }, () => papers).flat();
  return { rows: all.length, items: papers[0]!.length, codes: Uint8Array.from(all.flatMap((codes) => [...codes])) };
}

describe("EAP of many papers", () => {
  it.each(Object.keys(scoring.banks))(
    "agrees with paper by paper on %s, blanks and extreme papers included",
    (name) => {
      const bank = bankOf(name, 1.702);
      const matrix = matrixOf(name, name === "B1000_3PL" ? 2 : 30);
      expectSame(bank, matrix, scoreBatch(bank, matrix));
    },
  );

  it("agrees without blanks, where blocks are wider", () => {
    const bank = bankOf("B90_3PL", 1);
    const matrix = matrixOf("B90_3PL", 150);
    const complete = { ...matrix, codes: matrix.codes.map((code) => code % 2) };
    expectSame(bank, complete, scoreBatch(bank, complete));
  });

  it("agrees where a paper contradicts itself so much that its likelihood underflows", () => {
    const steep = Array.from({ length: 40 }, (_, index) => ({
      discrimination: 40,
      difficulty: index % 2 === 0 ? -5 : 5,
      guessing: 0,
    }));
    const bank = createBank(steep, 1.702);
    const contrary = steep.map((_, index) => index % 2);
    const matrix = { rows: 1, items: 40, codes: Uint8Array.from(contrary) };
    expectSame(bank, matrix, scoreBatch(bank, matrix));
  });

  it("agrees on another grid", () => {
    const bank = bankOf("B30_3PL", 1);
    const matrix = matrixOf("B30_3PL", 1);
    const grid = normalGrid({ nodes: 2401, min: -12, max: 12 });
    const batch = scoreBatch(bank, matrix, grid);
    expect(Math.abs(batch.at(0).ability - estimateEap(bank, rowOf(matrix, 0), grid).ability)).toBeLessThan(1e-10);
  });

  let pool: ScoringPool;
  beforeAll(() => {
    pool = new ScoringPool(2);
  });
  afterAll(() => pool.close());

  it("is the same on threads, batch after batch", async () => {
    const bank = bankOf("B20_RASCH", 1);
    const matrix = matrixOf("B20_RASCH", 700);
    const small = matrixOf("B20_RASCH", 1);
    const [large, other] = await Promise.all([pool.score(bank, matrix), pool.score(bank, small)]);
    expectSame(bank, small, other);
    const alone = scoreBatch(bank, matrix);
    expect(large).toHaveLength(matrix.rows);
    for (let row = 0; row < matrix.rows; row++) expect(large.at(row)).toEqual(alone.at(row));
  });
});
