import { shapeFor } from "../block-tables.js";
import { InvalidInputError, type ItemParameters, createBank } from "../model.js";
import { DEFAULT_GRID, type GridOptions, normalGrid } from "../quadrature.js";
import { type ResponseMatrix, hasMissing } from "../responses.js";
import { type Expectation, createMemory, expectation } from "./expectation.js";
import { maximize } from "./maximization.js";
import { type Model, PER_ITEM, type ParameterVector, bankOf, itemOf, startingVector } from "./parameters.js";
import { DEFAULT_PRIORS, type ItemPriors, NO_PRIORS, discriminationPrior, guessingPrior } from "./priors.js";
import { type StandardErrors, standardErrors } from "./standard-errors.js";

export interface CalibrationOptions {
  /** RASCH fixes a at 1; 1PL estimates one a for all items. The population is a standard normal in both. */
  readonly model: Model;
  /** D; 1 when absent. */
  readonly scaling?: number;
  /** The default priors for 3PL and none for the other models when absent. */
  readonly priors?: ItemPriors;
  readonly quadrature?: GridOptions;
  /**
   * Known parameters by item, on the bank's scale. The others are then put on that scale, and mean and deviation of the
   * population are estimated instead of taken as 0 and 1 (Kim 2006).
   */
  readonly fixed?: ReadonlyMap<number, ItemParameters>;
  /** Expectation steps at most; 2,000 when absent. */
  readonly maxIterations?: number;
  /** Largest change of a parameter in one step that counts as none; 1e-6 when absent. */
  readonly tolerance?: number;
  /** Skip them where only the estimates matter. */
  readonly withStandardErrors?: boolean;
}

export interface CalibratedItem extends ItemParameters {
  /** null for a fixed item, and where the information matrix has no inverse. */
  readonly standardErrors: StandardErrors | null;
}

export interface Calibration {
  readonly items: readonly CalibratedItem[];
  readonly population: { readonly mean: number; readonly deviation: number };
  /** Marginal, without the priors. */
  readonly logLikelihood: number;
  readonly logPrior: number;
  readonly iterations: number;
  readonly converged: boolean;
  /** Largest change of a parameter in the last step. */
  readonly lastChange: number;
}

/** Parameters and population: what one step of the algorithm maps to the next. */
interface State {
  readonly vector: ParameterVector;
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Item parameters by marginal maximum likelihood, or the posterior's mode with priors: expectation-maximization (Bock &
 * Aitkin 1981) with squared extrapolation (Varadhan & Roland 2008), refused where it would lower the posterior.
 * Standard errors are from the observed information (Louis 1982).
 * @throws InvalidInputError for an item without a finite difficulty, or fixed parameters without a curve
 */
export function calibrate(matrix: ResponseMatrix, options: CalibrationOptions): Calibration {
  const { model, scaling = 1, quadrature = DEFAULT_GRID, maxIterations = 2_000, tolerance = 1e-6 } = options;
  if (matrix.rows === 0) throw new InvalidInputError("There are no papers: give at least one.");
  const priors = options.priors ?? (model === "3PL" ? DEFAULT_PRIORS : NO_PRIORS);
  const fixed = options.fixed ?? new Map<number, ItemParameters>();
  if (fixed.size > 0) createBank([...fixed.values()], scaling);
  const shape = shapeFor({ rows: matrix.rows, nodes: quadrature.nodes, hasMissing: hasMissing(matrix.codes) });
  const memory = createMemory(matrix, quadrature.nodes);
  const isFixed = (item: number) => fixed.has(item);
  const { nodes } = normalGrid(quadrature);
  const logPrior = (vector: ParameterVector) => sumOfPriors(vector, model, priors, isFixed);

  let iterations = 0;
  const expect = ({ vector, mean, deviation }: State) => {
    iterations += 1;
    return expectation(bankOf(vector, scaling), normalGrid(quadrature, { mean, deviation }), matrix, shape, memory);
  };
  const advance = (state: State, expected: Expectation): State => ({
    vector: maximize(state.vector, expected, { model, scaling, priors, nodes, isFixed }),
    ...(fixed.size > 0 ? populationOf(nodes, expected) : { mean: 0, deviation: 1 }),
  });

  let state: State = { vector: startingVector(matrix, model, scaling, fixed), mean: 0, deviation: 1 };
  let fallback = state;
  let floor = -Infinity;
  let change = Infinity;
  let expected = expect(state);
  while (iterations < maxIterations) {
    if (!(expected.logLikelihood + logPrior(state.vector) >= floor)) {
      state = fallback;
      expected = expect(state);
    }
    const first = advance(state, expected);
    change = distance(state, first);
    if (change < tolerance) break;
    const firstExpected = expect(first);
    floor = firstExpected.logLikelihood + logPrior(first.vector);
    fallback = advance(first, firstExpected);
    state = extrapolate(state, first, fallback, priors);
    expected = expect(state);
  }
  const { vector, mean, deviation } = state;
  const errors =
    options.withStandardErrors === false
      ? null
      : standardErrors(vector, matrix, expected, { model, scaling, priors, nodes, isFixed });
  return {
    items: Array.from({ length: matrix.items }, (_, item) => ({
      ...(fixed.get(item) ?? itemOf(vector, item)),
      standardErrors: errors?.[item] ?? null,
    })),
    population: { mean, deviation },
    logLikelihood: expected.logLikelihood,
    logPrior: logPrior(vector),
    iterations,
    converged: change < tolerance,
    lastChange: change,
  };
}

function sumOfPriors(
  vector: ParameterVector,
  model: Model,
  priors: ItemPriors,
  isFixed: (item: number) => boolean,
): number {
  const free = Array.from({ length: vector.length / PER_ITEM }, (_, item) => item).filter((item) => !isFixed(item));
  const withOwnSlope = model === "RASCH" ? [] : model === "1PL" ? free.slice(0, 1) : free;
  return (
    withOwnSlope.reduce((sum, item) => sum + discriminationPrior(priors, vector[PER_ITEM * item] ?? 0).value, 0) +
    (model === "3PL" ? free : []).reduce(
      (sum, item) => sum + guessingPrior(priors, vector[PER_ITEM * item + 2] ?? 0).value,
      0,
    )
  );
}

/** Mean and deviation of the posterior over all rows. */
function populationOf(nodes: Float64Array, { posteriors }: Expectation): { mean: number; deviation: number } {
  let total = 0;
  let first = 0;
  let second = 0;
  for (let index = 0; index < posteriors.length; index++) {
    const weight = posteriors[index] ?? 0;
    const node = nodes[index % nodes.length] ?? 0;
    total += weight;
    first += weight * node;
    second += weight * node * node;
  }
  const mean = first / total;
  return { mean, deviation: Math.sqrt(second / total - mean ** 2) };
}

function coordinates({ vector, mean, deviation }: State): Float64Array {
  return Float64Array.of(...vector, mean, Math.log(deviation));
}

function distance(before: State, after: State): number {
  const from = coordinates(before);
  return coordinates(after).reduce(
    (largest, value, index) => Math.max(largest, Math.abs(value - (from[index] ?? 0))),
    0,
  );
}

/** From three successive states to where they lead; the third itself where that is no state. */
function extrapolate(start: State, first: State, second: State, priors: ItemPriors): State {
  const [from, middle, to] = [coordinates(start), coordinates(first), coordinates(second)];
  const step = from.map((value, index) => (middle[index] ?? 0) - value);
  const bend = from.map((value, index) => (to[index] ?? 0) - 2 * (middle[index] ?? 0) + value);
  const length = Math.max(1, norm(step) / norm(bend));
  if (!Number.isFinite(length)) return second;
  const result = from.map((value, index) => value + 2 * length * (step[index] ?? 0) + length ** 2 * (bend[index] ?? 0));
  const vector = result.subarray(0, -2);
  const isState = vector.every(
    (value, index) =>
      Number.isFinite(value) && (index % PER_ITEM !== 0 || discriminationPrior(priors, value).value > -Infinity),
  );
  return isState ? { vector, mean: result.at(-2) ?? 0, deviation: Math.exp(result.at(-1) ?? 0) } : second;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
