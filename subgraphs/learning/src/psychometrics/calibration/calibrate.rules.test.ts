import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ItemParameters } from "../model.js";
import { type ResponseMatrix, scorePapers } from "../responses.js";
import { type Calibration, calibrate } from "./calibrate.js";
import type { Model } from "./parameters.js";
import { BETA_PRIORS, DEFAULT_PRIORS } from "./priors.js";

interface Reference {
  a: number[];
  b: number[];
  g?: number[];
  se_a?: number[];
  se_b?: number[];
  loglik: number;
  log_prior?: number;
}
interface DataSet {
  reference: Record<string, Reference>;
  patterns?: [string, number][];
  responses?: string[];
  true?: { a: number[]; b: number[]; c: number[] };
  rmse?: Record<string, { a: number; b: number; c: number }>;
}
const { datasets } = JSON.parse(
  readFileSync(new URL("../fixtures/calibration-cases.json", import.meta.url), "utf8"),
) as { datasets: Record<string, DataSet> };

const IGNORE = { omitted: "ignore", notReached: "ignore" } as const;

function matrixOf(name: string): ResponseMatrix {
  const { patterns, responses } = datasets[name]!;
  if (patterns === undefined) return scorePapers(responses!, responses![0]!.length, IGNORE);
  const papers = patterns.map(([paper]) => paper);
  return scorePapers(
    papers,
    papers[0]!.length,
    IGNORE,
    patterns.map(([, count]) => count),
  );
}

function optionsOf(reference: string) {
  const model: Model = reference === "RASCH_a1" ? "RASCH" : (reference.slice(0, 3) as Model);
  if (reference.endsWith("betaprior")) return { model, priors: BETA_PRIORS };
  return reference.endsWith("prior") ? { model, priors: DEFAULT_PRIORS } : { model };
}

function largestDifference(found: readonly number[], wanted: readonly number[]): number {
  return Math.max(...found.map((value, index) => Math.abs(value - wanted[index]!)));
}

function rootMeanSquare(found: readonly number[], wanted: readonly number[]): number {
  return Math.sqrt(found.reduce((sum, value, index) => sum + (value - wanted[index]!) ** 2, 0) / found.length);
}

const columns = ({ items }: Calibration) => ({
  a: items.map((item) => item.discrimination),
  b: items.map((item) => item.difficulty),
  c: items.map((item) => item.guessing),
});

const cases = Object.entries(datasets).flatMap(([name, { reference, rmse }]) =>
  Object.entries(reference).map(([model, values]) => ({ name, model, values, rmse: rmse?.[model] })),
);

describe("calibration by marginal maximum likelihood", () => {
  it.each(cases)("$name, $model agrees with the reference", { timeout: 30_000 }, ({ name, model, values, rmse }) => {
    const result = calibrate(matrixOf(name), optionsOf(model));
    const { a, b, c } = columns(result);
    const isSimulated = rmse !== undefined;
    expect(result.converged).toBe(true);
    expect(largestDifference(a, values.a)).toBeLessThan(isSimulated ? 2e-3 : 1e-3);
    expect(largestDifference(b, values.b)).toBeLessThan(5e-3);
    expect(largestDifference(c, values.g ?? c.map(() => 0))).toBeLessThan(2e-3);
    expect(Math.abs(result.logLikelihood - values.loglik)).toBeLessThan(isSimulated ? 0.01 : 1e-3);
    expect(Math.abs(result.logPrior - (values.log_prior ?? 0))).toBeLessThan(1e-3);
    const errors = result.items.map(({ standardErrors }) => standardErrors!);
    const errorsOfA = errors.map((error) => error.discrimination);
    const errorsOfB = errors.map((error) => error.difficulty);
    expect(largestDifference(errorsOfA, values.se_a ?? errorsOfA)).toBeLessThan(1e-4);
    expect(largestDifference(errorsOfB, values.se_b ?? errorsOfB)).toBeLessThan(1e-4);
  });

  const simulated = cases.flatMap(({ rmse, ...one }) => (rmse === undefined ? [] : [{ ...one, rmse }]));
  it.each(simulated)("$name, $model is as near to the truth as the reference", { timeout: 30_000 }, (one) => {
    const options = { ...optionsOf(one.model), withStandardErrors: false };
    const { a, b, c } = columns(calibrate(matrixOf(one.name), options));
    const truth = datasets[one.name]!.true!;
    expect(Math.abs(rootMeanSquare(a, truth.a) - one.rmse.a)).toBeLessThan(1e-3);
    expect(Math.abs(rootMeanSquare(b, truth.b) - one.rmse.b)).toBeLessThan(1e-3);
    expect(Math.abs(rootMeanSquare(c, truth.c) - one.rmse.c)).toBeLessThan(1e-3);
  });

  it("reports the standard errors of the three-parameter model, near the spread of the estimates around the truth", () => {
    const { items } = calibrate(matrixOf("sim3pl"), optionsOf("3PL_prior"));
    const truth = datasets["sim3pl"]!.true!;
    const within = items.filter(({ difficulty, standardErrors }, index) => {
      expect(standardErrors!.discrimination).toBeGreaterThan(0);
      expect(standardErrors!.guessing).toBeGreaterThan(0);
      return Math.abs(difficulty - truth.b[index]!) < 2 * standardErrors!.difficulty;
    });
    expect(within.length).toBeGreaterThanOrEqual(34);
  });

  it("bears missing answers: with every seventh left out the truth is found almost as well", () => {
    const matrix = matrixOf("sim3pl");
    const codes = matrix.codes.map((code, index) => ((index * 2_654_435_761) % 7 === 0 ? 2 : code));
    expect(codes.filter((code) => code === 2).length / codes.length).toBeCloseTo(1 / 7, 2);
    const result = calibrate({ ...matrix, codes }, { model: "3PL" });
    const { a, b, c } = columns(result);
    const truth = datasets["sim3pl"]!.true!;
    expect(result.converged).toBe(true);
    expect(rootMeanSquare(a, truth.a)).toBeLessThan(0.2);
    expect(rootMeanSquare(b, truth.b)).toBeLessThan(0.3);
    expect(rootMeanSquare(c, truth.c)).toBeLessThan(0.08);
    expect(result.items.every(({ standardErrors }) => standardErrors!.difficulty > 0)).toBe(true);
  });

  it("a row with a count is that many rows", () => {
    const counted = calibrate(matrixOf("LSAT7"), { model: "2PL" });
    const written = datasets["LSAT7"]!.patterns!.flatMap(([paper, count]) =>
      Array.from({ length: count }, () => paper),
    );
    const apart = calibrate(scorePapers(written, 5, IGNORE), { model: "2PL" });
    expect(largestDifference(columns(counted).b, columns(apart).b)).toBeLessThan(1e-5);
    expect(
      Math.abs(counted.items[0]!.standardErrors!.difficulty - apart.items[0]!.standardErrors!.difficulty),
    ).toBeLessThan(1e-5);
  });

  it("D only changes the unit of the discrimination", () => {
    const logistic = columns(calibrate(matrixOf("LSAT7"), { model: "2PL" }));
    const normal = columns(calibrate(matrixOf("LSAT7"), { model: "2PL", scaling: 1.702 }));
    expect(
      largestDifference(
        normal.a.map((a) => a * 1.702),
        logistic.a,
      ),
    ).toBeLessThan(1e-4);
    expect(largestDifference(normal.b, logistic.b)).toBeLessThan(1e-4);
  });

  it("says so when it stopped before it converged", () => {
    const result = calibrate(matrixOf("LSAT6"), { model: "2PL", maxIterations: 3 });
    expect(result.converged).toBe(false);
    expect(result.iterations).toBeLessThanOrEqual(5);
    expect(result.lastChange).toBeGreaterThan(1e-6);
  });

  it.each([
    [["11", "10"], "Everybody answered item 1 right"],
    [["01", "00"], "Everybody answered item 1 wrong"],
    [["o1", "n0"], "Nobody answered item 1"],
  ])("refuses an item without a finite difficulty: %j", (papers, message) => {
    expect(() => calibrate(scorePapers(papers, 2, IGNORE), { model: "2PL" })).toThrow(message);
  });
});

describe("calibration of pilot items on the scale of a bank", () => {
  it("finds the pilot items and the population where the bank's items are fixed in another unit", () => {
    const free = calibrate(matrixOf("sim2pl"), { model: "2PL" });
    // The same items on a scale where this population has mean 0.7 and deviation 1.3.
    const moved = free.items.map(({ discrimination, difficulty }): ItemParameters => ({
      discrimination: discrimination / 1.3,
      difficulty: 1.3 * difficulty + 0.7,
      guessing: 0,
    }));
    const fixed = new Map(moved.slice(0, 30).map((item, index) => [index, item]));
    const quadrature = { nodes: 121, min: -9, max: 9 };
    const result = calibrate(matrixOf("sim2pl"), { model: "2PL", fixed, quadrature });
    expect(result.converged).toBe(true);
    expect(result.population.mean).toBeCloseTo(0.7, 3);
    expect(result.population.deviation).toBeCloseTo(1.3, 3);
    result.items.forEach((item, index) => {
      expect(item.discrimination).toBeCloseTo(moved[index]!.discrimination, 3);
      expect(item.difficulty).toBeCloseTo(moved[index]!.difficulty, 3);
      expect(item.standardErrors === null).toBe(index < 30);
    });
  });
});
