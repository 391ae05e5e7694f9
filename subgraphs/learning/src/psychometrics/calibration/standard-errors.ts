import { shareOfKnowing } from "../likelihood.js";
import { logistic } from "../model.js";
import { type ResponseMatrix, RIGHT, WRONG } from "../responses.js";
import type { Expectation } from "./expectation.js";
import { inverseOf } from "./linear.js";
import type { MaximizationOptions } from "./maximization.js";
import { addPairMoments } from "./pair-moments.js";
import { PER_ITEM, type ParameterVector, guessingOf } from "./parameters.js";
import { discriminationPrior, guessingPrior } from "./priors.js";

export interface StandardErrors {
  /** 0 where the model fixes it. */
  readonly discrimination: number;
  readonly difficulty: number;
  readonly guessing: number;
}

/**
 * Derivatives of the log-probability of an answer, by code (wrong, right), then by parameter of each item, then by node.
 * `perItem` is 3 for the three-parameter model and 2 otherwise.
 */
export interface Scores {
  readonly perItem: number;
  readonly nodes: number;
  readonly byCode: readonly [Float64Array, Float64Array];
}

/** Posterior weights of the rows, and the nodes between which they are not negligible. */
export interface Posteriors {
  /** Times the row's count, rows × nodes. */
  readonly weights: Float64Array;
  /** First node and the one after the last, row after row. */
  readonly ranges: Int32Array;
}

const NEGLIGIBLE = 1e-16;

function rangesOf(posteriors: Float64Array, nodes: number): Int32Array {
  const ranges = new Int32Array((2 * posteriors.length) / nodes);
  for (let row = 0; row < posteriors.length / nodes; row++) {
    let first = 0;
    let last = nodes;
    while (first < last && (posteriors[row * nodes + first] ?? 0) < NEGLIGIBLE) first += 1;
    while (last > first && (posteriors[row * nodes + last - 1] ?? 0) < NEGLIGIBLE) last -= 1;
    ranges[2 * row] = first;
    ranges[2 * row + 1] = last;
  }
  return ranges;
}

/**
 * Standard errors of the free items, in the order of the items, from the observed information matrix of all parameters
 * together: complete minus missing information (Louis 1982). Difficulty and guessing by the delta method.
 * @returns null for fixed items, and for all when the matrix has no inverse
 */
export function standardErrors(
  vector: ParameterVector,
  matrix: ResponseMatrix,
  expected: Expectation,
  options: MaximizationOptions,
): (StandardErrors | null)[] | null {
  const perItem = options.model === "3PL" ? 3 : 2;
  const size = perItem * matrix.items;
  const scores = scoresOf(vector, perItem, options);
  // The sum over the rows of the second derivatives of their marginal log-likelihoods, lower half.
  const curvature = new Float64Array(size * size);
  const posteriors = { weights: expected.posteriors, ranges: rangesOf(expected.posteriors, options.nodes.length) };
  addPairMoments(curvature, matrix, posteriors, scores);
  subtractOuterProducts(curvature, matrix, posteriors, scores);
  for (let item = 0; item < matrix.items; item++) addOwnMoments(curvature, vector, item, perItem, expected, options);
  const { place, free } = freeParameters(matrix.items, perItem, options);
  const information = new Float64Array(free * free);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [to, across] = [place[row] ?? -1, place[column] ?? -1];
      if (to < 0 || across < 0) continue;
      const at = row >= column ? row * size + column : column * size + row;
      information[to * free + across] = (information[to * free + across] ?? 0) - (curvature[at] ?? 0);
    }
  }
  subtractPriors(information, vector, perItem, place, free, options);
  const covariance = inverseOf(information, free);
  if (covariance === null) return null;
  return Array.from({ length: matrix.items }, (_, item) =>
    options.isFixed(item)
      ? null
      : errorsOf(vector, item, perItem, (a, b) => covarianceAt(covariance, free, place, a, b)),
  );
}

function scoresOf(vector: ParameterVector, perItem: number, { nodes, scaling }: MaximizationOptions): Scores {
  const count = nodes.length;
  const items = vector.length / PER_ITEM;
  const wrong = new Float64Array(items * perItem * count);
  const right = new Float64Array(items * perItem * count);
  for (let item = 0; item < items; item++) {
    const [a = 0, d = 0, logit = 0] = vector.subarray(PER_ITEM * item, PER_ITEM * (item + 1));
    const guessing = guessingOf(logit);
    for (let node = 0; node < count; node++) {
      const theta = nodes[node] ?? 0;
      const { rightByD, wrongByD, rightByC } = relatives(scaling * (a * theta + d), guessing, scaling);
      const at = item * perItem * count + node;
      right[at] = rightByD * theta;
      right[at + count] = rightByD;
      wrong[at] = -wrongByD * theta;
      wrong[at + count] = -wrongByD;
      if (perItem === 3) {
        right[at + 2 * count] = rightByC;
        wrong[at + 2 * count] = -guessing;
      }
    }
  }
  return { perItem, nodes: count, byCode: [wrong, right] };
}

/** Derivatives of P over P, and of P over Q, by the intercept and by logit c. */
function relatives(
  z: number,
  guessing: number,
  scaling: number,
): { rightByD: number; wrongByD: number; rightByC: number; up: number; down: number } {
  const up = logistic(z);
  const down = logistic(-z);
  return {
    rightByD: scaling * (1 - guessing) * shareOfKnowing(up, guessing) * down,
    wrongByD: scaling * up,
    rightByC: guessing === 0 ? 0 : (guessing * (1 - guessing) * down) / (guessing + (1 - guessing) * up),
    up,
    down,
  };
}

/** The moments of an item with itself: expected second derivatives of P over P, and of Q over Q. */
function addOwnMoments(
  curvature: Float64Array,
  vector: ParameterVector,
  item: number,
  perItem: number,
  { right, wrong }: Expectation,
  { nodes, scaling }: MaximizationOptions,
): void {
  const [a = 0, d = 0, logit = 0] = vector.subarray(PER_ITEM * item, PER_ITEM * (item + 1));
  const guessing = guessingOf(logit);
  const own = new Float64Array(9);
  for (let node = 0; node < nodes.length; node++) {
    const theta = nodes[node] ?? 0;
    const { rightByD, wrongByD, rightByC, up, down } = relatives(scaling * (a * theta + d), guessing, scaling);
    const rightAt = right[item * nodes.length + node] ?? 0;
    const wrongAt = wrong[item * nodes.length + node] ?? 0;
    const dd = scaling * (down - up) * (rightAt * rightByD - wrongAt * wrongByD);
    const dc = -scaling * up * (rightAt * rightByC - wrongAt * guessing);
    const cc = (1 - 2 * guessing) * (rightAt * rightByC - wrongAt * guessing);
    [dd * theta * theta, 0, 0, dd * theta, dd, 0, dc * theta, dc, cc].forEach((value, index) => {
      own[index] = (own[index] ?? 0) + value;
    });
  }
  const size = (vector.length / PER_ITEM) * perItem;
  for (let row = 0; row < perItem; row++) {
    for (let column = 0; column <= row; column++) {
      const at = (item * perItem + row) * size + item * perItem + column;
      curvature[at] = (curvature[at] ?? 0) + (own[3 * row + column] ?? 0);
    }
  }
}

const CHUNK = 256;

/** Subtracts the products of each row's expected scores. */
function subtractOuterProducts(
  curvature: Float64Array,
  matrix: ResponseMatrix,
  { weights, ranges }: Posteriors,
  { perItem, nodes, byCode }: Scores,
): void {
  const size = perItem * matrix.items;
  // Parameter by parameter, so that the products below run along memory.
  const chunk = new Float64Array(size * CHUNK);
  for (let start = 0; start < matrix.rows; start += CHUNK) {
    chunk.fill(0);
    for (let row = start; row < Math.min(start + CHUNK, matrix.rows); row++) {
      const root = Math.sqrt(matrix.counts?.[row] ?? 1);
      if (root === 0) continue;
      const first = ranges[2 * row] ?? 0;
      const length = (ranges[2 * row + 1] ?? 0) - first;
      for (let item = 0; item < matrix.items; item++) {
        const code = matrix.codes[row * matrix.items + item];
        if (code !== RIGHT && code !== WRONG) continue;
        const scores = byCode[code];
        for (let parameter = item * perItem; parameter < (item + 1) * perItem; parameter++) {
          const score = dot(scores, parameter * nodes + first, weights, row * nodes + first, length);
          chunk[parameter * CHUNK + row - start] = score / root;
        }
      }
    }
    for (let row = 0; row < size; row++) {
      for (let column = 0; column <= row; column++) {
        const at = row * size + column;
        curvature[at] = (curvature[at] ?? 0) - dot(chunk, row * CHUNK, chunk, column * CHUNK, CHUNK);
      }
    }
  }
}

function dot(left: Float64Array, from: number, right: Float64Array, to: number, length: number): number {
  let even = 0;
  let odd = 0;
  let index = 0;
  for (; index + 1 < length; index += 2) {
    even += (left[from + index] ?? 0) * (right[to + index] ?? 0);
    odd += (left[from + index + 1] ?? 0) * (right[to + index + 1] ?? 0);
  }
  if (index < length) even += (left[from + index] ?? 0) * (right[to + index] ?? 0);
  return even + odd;
}

/** Where each parameter stands in the matrix of free ones; −1 for what the model or the bank fixes. */
function freeParameters(
  items: number,
  perItem: number,
  { model, isFixed }: MaximizationOptions,
): { place: Int32Array; free: number } {
  const place = new Int32Array(items * perItem).fill(-1);
  let free = model === "1PL" ? 1 : 0;
  for (let item = 0; item < items; item++) {
    if (isFixed(item)) continue;
    if (model === "1PL") place[item * perItem] = 0;
    for (let parameter = model === "1PL" || model === "RASCH" ? 1 : 0; parameter < perItem; parameter++) {
      place[item * perItem + parameter] = free;
      free += 1;
    }
  }
  return { place, free };
}

function subtractPriors(
  information: Float64Array,
  vector: ParameterVector,
  perItem: number,
  place: Int32Array,
  free: number,
  { priors }: MaximizationOptions,
): void {
  const done = new Set<number>([-1]);
  place.forEach((to, parameter) => {
    if (done.has(to)) return;
    done.add(to);
    const kind = parameter % perItem;
    const value = vector[PER_ITEM * Math.floor(parameter / perItem) + kind] ?? 0;
    const density = kind === 0 ? discriminationPrior(priors, value) : kind === 2 ? guessingPrior(priors, value) : null;
    information[to * free + to] = (information[to * free + to] ?? 0) - (density?.curvature ?? 0);
  });
}

function covarianceAt(covariance: Float64Array, free: number, place: Int32Array, a: number, b: number): number {
  const [row, column] = [place[a] ?? -1, place[b] ?? -1];
  return row < 0 || column < 0 ? 0 : (covariance[row * free + column] ?? 0);
}

function errorsOf(
  vector: ParameterVector,
  item: number,
  perItem: number,
  covariance: (a: number, b: number) => number,
): StandardErrors {
  const [a = 0, d = 0, logit = 0] = vector.subarray(PER_ITEM * item, PER_ITEM * (item + 1));
  const guessing = guessingOf(logit);
  const at = item * perItem;
  const [byA, byD] = [d / a ** 2, -1 / a];
  const variance =
    byA ** 2 * covariance(at, at) + byD ** 2 * covariance(at + 1, at + 1) + 2 * byA * byD * covariance(at, at + 1);
  return {
    discrimination: Math.sqrt(covariance(at, at)),
    difficulty: Math.sqrt(variance),
    guessing: perItem === 3 ? guessing * (1 - guessing) * Math.sqrt(covariance(at + 2, at + 2)) : 0,
  };
}
