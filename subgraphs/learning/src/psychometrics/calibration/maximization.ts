import { shareOfKnowing } from "../likelihood.js";
import { logRight, logWrong, logistic } from "../model.js";
import type { Expectation } from "./expectation.js";
import { type Model, PER_ITEM, type ParameterVector, guessingOf } from "./parameters.js";
import { type ItemPriors, discriminationPrior, guessingPrior } from "./priors.js";

export interface MaximizationOptions {
  readonly model: Model;
  readonly scaling: number;
  readonly priors: ItemPriors;
  readonly nodes: Float64Array;
  /** Whether an item keeps its parameters. */
  readonly isFixed: (item: number) => boolean;
}

/** Gradient of an item's expected log posterior by (a, d, logit c), and its expected information, row after row. */
interface Derivatives {
  readonly gradient: Float64Array;
  readonly information: Float64Array;
}

const SCORING_STEPS = 3;
const MOST_HALVINGS = 12;

/** Improves the parameters for these expected data by Fisher scoring; the expected log posterior never falls. */
export function maximize(
  vector: ParameterVector,
  expected: Expectation,
  options: MaximizationOptions,
): ParameterVector {
  const result = Float64Array.from(vector);
  const items = Array.from({ length: vector.length / PER_ITEM }, (_, item) => item).filter(
    (item) => !options.isFixed(item),
  );
  if (options.model === "1PL" || options.model === "RASCH") {
    for (let step = 0; step < SCORING_STEPS; step++) stepTogether(result, items, expected, options);
    return result;
  }
  for (const item of items) {
    for (let step = 0; step < SCORING_STEPS; step++) stepAlone(result, item, expected, options);
  }
  return result;
}

function stepAlone(vector: ParameterVector, item: number, expected: Expectation, options: MaximizationOptions): void {
  const current = vector.slice(PER_ITEM * item, PER_ITEM * (item + 1));
  const { gradient, information } = derivatives(current, item, expected, options);
  const change = solveSmall(information, gradient, options.model === "3PL" ? 3 : 2);
  const value = (candidate: Float64Array) =>
    itemValue(candidate, item, expected, options) + priorValue(candidate, options);
  vector.set(lineSearch(current, change, value), PER_ITEM * item);
}

/** All items at once, as they have one discrimination: the other unknowns are eliminated first. */
function stepTogether(
  vector: ParameterVector,
  items: readonly number[],
  expected: Expectation,
  options: MaximizationOptions,
): void {
  const first = items[0];
  if (first === undefined) return;
  const parts = items.map((item) => ({
    item,
    ...derivatives(vector.subarray(PER_ITEM * item, PER_ITEM * (item + 1)), item, expected, {
      ...options,
      priors: { discrimination: null, guessing: null },
    }),
  }));
  const shared = vector[PER_ITEM * first] ?? 0;
  const prior = discriminationPrior(options.priors, shared);
  let slope = prior.gradient;
  let curvature = Math.max(0, -prior.curvature);
  for (const { gradient, information } of parts) {
    const [aa = 0, ad = 0, , , dd = 1] = information;
    slope += (gradient[0] ?? 0) - (ad * (gradient[1] ?? 0)) / dd;
    curvature += aa - ad ** 2 / dd;
  }
  const sharedChange = options.model === "RASCH" ? 0 : slope / curvature;
  const change = new Float64Array(vector.length);
  for (const { item, gradient, information } of parts) {
    const [, ad = 0, , , dd = 1] = information;
    change[PER_ITEM * item] = sharedChange;
    change[PER_ITEM * item + 1] = ((gradient[1] ?? 0) - ad * sharedChange) / dd;
  }
  const value = (candidate: Float64Array) => {
    let sum = discriminationPrior(options.priors, candidate[PER_ITEM * first] ?? 0).value;
    for (const item of items) {
      sum += itemValue(candidate.subarray(PER_ITEM * item, PER_ITEM * (item + 1)), item, expected, options);
    }
    return sum;
  };
  vector.set(lineSearch(Float64Array.from(vector), change, value));
}

/** The longest of the step, its half, its quarter, … that does not make it worse. */
function lineSearch(
  current: Float64Array,
  change: Float64Array,
  value: (candidate: Float64Array) => number,
): Float64Array {
  const before = value(current);
  for (let halving = 0, length = 1; halving < MOST_HALVINGS; halving++, length /= 2) {
    const candidate = current.map((parameter, index) => parameter + length * (change[index] ?? 0));
    if (value(candidate) >= before) return candidate;
  }
  return current;
}

function priorValue(item: Float64Array, { priors, model }: MaximizationOptions): number {
  const guessing = model === "3PL" ? guessingPrior(priors, item[2] ?? 0).value : 0;
  return discriminationPrior(priors, item[0] ?? 0).value + guessing;
}

/** Expected log-likelihood of one item, without the prior. */
function itemValue(
  parameters: Float64Array,
  item: number,
  { right, wrong }: Expectation,
  { nodes, scaling }: MaximizationOptions,
): number {
  const [a = 0, d = 0, logit = 0] = parameters;
  const guessing = guessingOf(logit);
  let sum = 0;
  for (let node = 0; node < nodes.length; node++) {
    const z = scaling * (a * (nodes[node] ?? 0) + d);
    const at = item * nodes.length + node;
    sum += (right[at] ?? 0) * logRight(z, guessing) + (wrong[at] ?? 0) * logWrong(z, guessing);
  }
  return sum;
}

function derivatives(
  parameters: Float64Array,
  item: number,
  { right, wrong }: Expectation,
  { nodes, scaling, priors, model }: MaximizationOptions,
): Derivatives {
  const [a = 0, d = 0, logit = 0] = parameters;
  const guessing = guessingOf(logit);
  const gradient = new Float64Array(PER_ITEM);
  const information = new Float64Array(PER_ITEM * PER_ITEM);
  for (let node = 0; node < nodes.length; node++) {
    const theta = nodes[node] ?? 0;
    const z = scaling * (a * theta + d);
    const up = logistic(z);
    const down = logistic(-z);
    const chance = 1 / (guessing + (1 - guessing) * up);
    const rightAt = right[item * nodes.length + node] ?? 0;
    const wrongAt = wrong[item * nodes.length + node] ?? 0;
    // Relative derivatives of P and Q by d and by logit c; the one by a is θ times the one by d.
    const rightByD = scaling * (1 - guessing) * shareOfKnowing(up, guessing) * down;
    const wrongByD = scaling * up;
    const rightByC = guessing === 0 ? 0 : guessing * (1 - guessing) * down * chance;
    const wrongByC = guessing;
    const byD = rightAt * rightByD - wrongAt * wrongByD;
    gradient[0] = (gradient[0] ?? 0) + byD * theta;
    gradient[1] = (gradient[1] ?? 0) + byD;
    gradient[2] = (gradient[2] ?? 0) + rightAt * rightByC - wrongAt * wrongByC;
    const total = rightAt + wrongAt;
    const dd = total * rightByD * wrongByD;
    const dc = total * rightByD * wrongByC;
    information[0] = (information[0] ?? 0) + dd * theta * theta;
    information[1] = (information[1] ?? 0) + dd * theta;
    information[2] = (information[2] ?? 0) + dc * theta;
    information[4] = (information[4] ?? 0) + dd;
    information[5] = (information[5] ?? 0) + dc;
    information[8] = (information[8] ?? 0) + total * rightByC * wrongByC;
  }
  const priorOfA = discriminationPrior(priors, a);
  gradient[0] = (gradient[0] ?? 0) + priorOfA.gradient;
  information[0] = (information[0] ?? 0) + Math.max(0, -priorOfA.curvature);
  if (model === "3PL") {
    const priorOfC = guessingPrior(priors, logit);
    gradient[2] = (gradient[2] ?? 0) + priorOfC.gradient;
    information[8] = (information[8] ?? 0) + Math.max(0, -priorOfC.curvature);
  }
  return { gradient, information };
}

/** Solves the leading 2 × 2 or 3 × 3 system of a symmetric matrix given by its upper half; nothing else changes. */
function solveSmall(matrix: Float64Array, right: Float64Array, size: 2 | 3): Float64Array {
  const [aa = 0, ad = 0, ac = 0, , dd = 0, dc = 0, , , cc = 0] = matrix;
  const [a = 0, d = 0, c = 0] = right;
  const ridge = 1e-10;
  const pivotA = aa + ridge;
  const pivotD = dd + ridge - ad ** 2 / pivotA;
  const restD = d - (ad * a) / pivotA;
  const crossC = dc - (ad * ac) / pivotA;
  const pivotC = cc + ridge - ac ** 2 / pivotA - crossC ** 2 / pivotD;
  const changeC = size === 2 ? 0 : (c - (ac * a) / pivotA - (crossC * restD) / pivotD) / pivotC;
  const changeD = (restD - crossC * changeC) / pivotD;
  return Float64Array.of((a - ad * changeD - ac * changeC) / pivotA, changeD, changeC);
}
