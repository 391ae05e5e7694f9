import type { z } from "zod";
import { replayAdaptiveTest } from "./adaptive.js";
import { scoreBatch } from "./batch.js";
import { calibrate } from "./calibration/calibrate.js";
import { BETA_PRIORS, DEFAULT_PRIORS, NO_PRIORS } from "./calibration/priors.js";
import { adaptiveInput, calibrateInput, parseInput, scoreInput } from "./cli-input.js";
import { likelihoodAt } from "./likelihood.js";
import { InvalidInputError, type ItemBank, type ItemParameters, createBank } from "./model.js";
import { type PointEstimate, estimateMap, estimateMle, estimateWle } from "./point-estimates.js";
import { DEFAULT_GRID, type Quadrature, normalGrid } from "./quadrature.js";
import { type ResponseMatrix, hasMissing, rowOf, scorePapers } from "./responses.js";

/**
 * Runs one command of the psychometrician's tool.
 * @param text reads the JSON input
 * @returns what to print as JSON
 * @throws InvalidInputError with one sentence for the person
 */
export async function runCommand(command: string | undefined, text: () => Promise<string>): Promise<unknown> {
  switch (command) {
    case "score":
      return score(parseInput(scoreInput, await text()));
    case "calibrate":
      return calibrateItems(parseInput(calibrateInput, await text()));
    case "cat":
      return adapt(parseInput(adaptiveInput, await text()));
    default:
      throw new InvalidInputError("Say what to do: score, calibrate or cat, with JSON on the standard input.");
  }
}

const PRIORS = { none: NO_PRIORS, default: DEFAULT_PRIORS, beta: BETA_PRIORS };

function score(input: z.output<typeof scoreInput>): { results: PointEstimate[] } {
  const bank = bankOf(input.items, input.D);
  const grid = normalGrid(input.quadrature ?? DEFAULT_GRID);
  const matrix = scorePapers(input.responses, bank.size, input);
  const estimate = estimatorOf(input.method, bank, grid, matrix);
  return { results: input.responses.map((_, row) => estimate(rowOf(matrix, row), row)) };
}

function estimatorOf(
  method: "EAP" | "MAP" | "MLE" | "WLE",
  bank: ItemBank,
  grid: Quadrature,
  matrix: ResponseMatrix,
): (codes: Uint8Array, row: number) => PointEstimate {
  switch (method) {
    case "EAP": {
      const estimates = scoreBatch(bank, matrix, grid);
      return (codes, row) => {
        const estimate = estimates.at(row);
        const { information } = likelihoodAt(bank, codes, estimate.ability);
        return { ...estimate, status: "ok", information };
      };
    }
    case "MAP":
      return (codes) => estimateMap(bank, codes);
    case "MLE":
      return (codes) => estimateMle(bank, codes);
    case "WLE":
      return (codes) => estimateWle(bank, codes);
  }
}

function calibrateItems(input: z.output<typeof calibrateInput>): unknown {
  const papers = input.responses ?? input.patterns?.map(([pattern]) => pattern) ?? [];
  const counts = input.patterns?.map(([, count]) => count);
  const matrix = scorePapers(papers, papers[0]?.length ?? 0, input, counts);
  if (matrix.items === 0) throw new InvalidInputError("The papers are empty: write one symbol for each item.");
  const { items, logLikelihood, logPrior, iterations, converged, lastChange } = calibrate(matrix, {
    model: input.model,
    scaling: input.D,
    ...(input.prior === undefined ? {} : { priors: PRIORS[input.prior] }),
    ...(input.quadrature === undefined ? {} : { quadrature: input.quadrature }),
    ...(input.maxIterations === undefined ? {} : { maxIterations: input.maxIterations }),
  });
  return {
    items: items.map(({ discrimination: a, difficulty: b, guessing: c, standardErrors: errors }) => ({
      a,
      b,
      c,
      se: { a: errors?.discrimination ?? null, b: errors?.difficulty ?? null, c: errors?.guessing ?? null },
    })),
    logLikelihood,
    logPrior,
    iterations,
    converged,
    lastChange,
  };
}

function adapt(input: z.output<typeof adaptiveInput>): unknown {
  const bank = bankOf(input.items, input.D);
  const ids = input.items.map(({ id }, index) => id ?? index);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new InvalidInputError(`Two items have the id ${JSON.stringify(twice)}: rename one.`);
  if (input.length > bank.size) {
    throw new InvalidInputError(`The length is ${input.length}, but there are only ${bank.size} items.`);
  }
  const matrix = scorePapers([input.responses], bank.size, { omitted: "ignore", notReached: "ignore" });
  if (hasMissing(matrix.codes))
    throw new InvalidInputError("An adaptive test needs 0 or 1 for every item of the bank.");
  const steps = replayAdaptiveTest(bank, matrix.codes, input.length, normalGrid(input.quadrature ?? DEFAULT_GRID));
  return { steps: steps.map(({ item, ability, standardError }) => ({ item: ids[item], ability, standardError })) };
}

function bankOf(items: readonly { a: number; b: number; c: number }[], scaling: number): ItemBank {
  const parameters = items.map(({ a, b, c }): ItemParameters => ({ discrimination: a, difficulty: b, guessing: c }));
  return createBank(parameters, scaling);
}
