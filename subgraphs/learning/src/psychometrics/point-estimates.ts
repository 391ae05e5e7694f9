import { type LikelihoodPoint, likelihoodAt } from "./likelihood.js";
import type { ItemBank } from "./model.js";
import { MISSING } from "./responses.js";

export type EstimateStatus = "ok" | "at_lower_bound" | "at_upper_bound" | "undefined" | "ambiguous";

export interface PointEstimate {
  /** null when a paper says nothing. */
  readonly ability: number | null;
  readonly standardError: number | null;
  readonly status: EstimateStatus;
  /** Fisher's information of the answered items at the ability; null without an ability. */
  readonly information: number | null;
}

export interface ModalEstimate extends PointEstimate {
  /** From the observed instead of the expected information: 1 / √(1 − d² ln L / dθ²). */
  readonly observedStandardError: number;
}

/** Estimates without a population stay within [−6, 6]. */
const ABILITY_BOUND = 6;
/** A mode pulled to the population's mean is closer than this for any paper of up to a thousand items. */
const MODE_BOUND = 12;

const UNDEFINED: PointEstimate = { ability: null, standardError: null, status: "undefined", information: null };

/**
 * Maximum likelihood on [−6, 6]. The global maximum: a likelihood under the three-parameter model can have several, so
 * all of them are found and compared, with both ends. The standard error is 1/√I.
 */
export function estimateMle(bank: ItemBank, codes: Uint8Array): PointEstimate {
  if (isBlank(codes)) return UNDEFINED;
  const at = (theta: number) => likelihoodAt(bank, codes, theta);
  const ability = highest(
    [-ABILITY_BOUND, ABILITY_BOUND, ...maxima(bank, ABILITY_BOUND, (theta) => at(theta).gradient)],
    (theta) => at(theta).logLikelihood,
  );
  return withError(ability, at(ability), statusAt(ability));
}

/** Maximum a posteriori under the standard normal population. The standard error is 1/√(I + 1). */
export function estimateMap(bank: ItemBank, codes: Uint8Array): ModalEstimate {
  const at = (theta: number) => likelihoodAt(bank, codes, theta);
  const falling = maxima(bank, MODE_BOUND, (theta) => at(theta).gradient - theta);
  const ability = highest(falling, (theta) => at(theta).logLikelihood - theta ** 2 / 2);
  const { information, curvature } = at(ability);
  return {
    ability,
    standardError: 1 / Math.sqrt(information + 1),
    observedStandardError: 1 / Math.sqrt(1 - curvature),
    status: "ok",
    information,
  };
}

/**
 * Warm's weighted likelihood (1989): the root that d ln L / dθ + J / (2I) falls through on [−6, 6]. The
 * three-parameter model can have none or several: the status is then "ambiguous" and the ability the root where the integral of that function is
 * largest, or the end to which it points. The standard error is 1/√I.
 */
export function estimateWle(bank: ItemBank, codes: Uint8Array): PointEstimate {
  if (isBlank(codes)) return UNDEFINED;
  const at = (theta: number) => likelihoodAt(bank, codes, theta);
  const estimating = (theta: number) => weighted(at(theta));
  const falling = maxima(bank, ABILITY_BOUND, estimating);
  const [first] = falling;
  if (first === undefined) {
    const end = estimating(0) < 0 ? -ABILITY_BOUND : ABILITY_BOUND;
    return withError(end, at(end), "ambiguous");
  }
  if (falling.length === 1) return withError(first, at(first), "ok");
  const ability = highest(falling, (theta) => integral(estimating, -ABILITY_BOUND, theta));
  return withError(ability, at(ability), "ambiguous");
}

function weighted({ gradient, bias, information }: LikelihoodPoint): number {
  return gradient + (information > 0 ? bias / (2 * information) : 0);
}

function withError(ability: number, { information }: LikelihoodPoint, status: EstimateStatus): PointEstimate {
  return { ability, standardError: 1 / Math.sqrt(information), status, information };
}

function statusAt(ability: number): EstimateStatus {
  if (ability <= -ABILITY_BOUND) return "at_lower_bound";
  return ability >= ABILITY_BOUND ? "at_upper_bound" : "ok";
}

function isBlank(codes: Uint8Array): boolean {
  return codes.every((code) => code === MISSING);
}

function highest(candidates: readonly number[], value: (theta: number) => number): number {
  return candidates.reduce(
    (best, candidate) => (value(candidate) > value(best) ? candidate : best),
    candidates[0] ?? 0,
  );
}

/**
 * Where a function's integral has its local maxima on [−bound, bound]: the roots that it falls through. Steps are short
 * against the width of the steepest item's curve.
 */
function maxima(bank: ItemBank, bound: number, value: (theta: number) => number): number[] {
  const steepest = bank.slope.reduce((largest, slope) => Math.max(largest, Math.abs(slope)), 0);
  const steps = Math.min(10_000, Math.ceil((2 * bound) / Math.min(0.1, 0.3 / steepest)));
  const found: number[] = [];
  let before = value(-bound);
  for (let step = 1; step <= steps; step++) {
    const high = -bound + (2 * bound * step) / steps;
    const after = value(high);
    if (before > 0 && after <= 0) found.push(root(value, -bound + (2 * bound * (step - 1)) / steps, high));
    before = after;
  }
  return found;
}

/** The root between two values of unlike sign, by the Illinois variant of false position (Dowell & Jarratt 1971). */
function root(value: (theta: number) => number, from: number, to: number): number {
  let low = from;
  let high = to;
  let valueLow = value(low);
  let valueHigh = value(high);
  let lastSide = 0;
  for (let step = 0; step < 200 && valueHigh !== 0 && high - low > 1e-13; step++) {
    const middle = (low * valueHigh - high * valueLow) / (valueHigh - valueLow);
    const valueMiddle = value(middle);
    if (valueMiddle === 0 || middle === low || middle === high) return middle;
    if (Math.sign(valueMiddle) === Math.sign(valueHigh)) {
      if (lastSide === 1) valueLow /= 2;
      [high, valueHigh, lastSide] = [middle, valueMiddle, 1];
    } else {
      if (lastSide === -1) valueHigh /= 2;
      [low, valueLow, lastSide] = [middle, valueMiddle, -1];
    }
  }
  return Math.abs(valueHigh) < Math.abs(valueLow) ? high : low;
}

/** By Simpson's rule. */
function integral(value: (theta: number) => number, from: number, to: number): number {
  const steps = 600;
  const width = (to - from) / steps;
  let sum = value(from) + value(to);
  for (let step = 1; step < steps; step++) sum += (step % 2 === 1 ? 4 : 2) * value(from + step * width);
  return (sum * width) / 3;
}
