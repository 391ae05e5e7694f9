import { type ItemBank, logRight, logWrong, logistic } from "./model.js";
import { MISSING, RIGHT } from "./responses.js";

/** A paper's log-likelihood at one ability, with what estimates are found from. */
export interface LikelihoodPoint {
  readonly logLikelihood: number;
  /** d ln L / dθ. */
  readonly gradient: number;
  /** d² ln L / dθ². */
  readonly curvature: number;
  /** Fisher's information I = Σ P′² / (PQ) of the answered items. */
  readonly information: number;
  /** Warm's J = Σ P′P″ / (PQ) (1989, eq. 7). */
  readonly bias: number;
}

/** Of the answered items only; an item without a response adds nothing to any of the sums. */
export function likelihoodAt(bank: ItemBank, codes: Uint8Array, theta: number): LikelihoodPoint {
  let logLikelihood = 0;
  let gradient = 0;
  let curvature = 0;
  let information = 0;
  let bias = 0;
  for (let item = 0; item < bank.size; item++) {
    const code = codes[item] ?? MISSING;
    if (code === MISSING) continue;
    const slope = bank.slope[item] ?? 0;
    const guessing = bank.guessing[item] ?? 0;
    const z = slope * (theta - (bank.difficulty[item] ?? 0));
    const up = logistic(z);
    const down = logistic(-z);
    const share = shareOfKnowing(up, guessing);
    const itemInformation = slope * slope * (1 - guessing) * share * up * down;
    information += itemInformation;
    bias += itemInformation * slope * (down - up);
    if (code === RIGHT) {
      const relative = slope * (1 - guessing) * share * down;
      logLikelihood += logRight(z, guessing);
      gradient += relative;
      curvature += relative * (slope * (down - up) - relative);
    } else {
      logLikelihood += logWrong(z, guessing);
      gradient -= slope * up;
      curvature -= slope * slope * up * down;
    }
  }
  return { logLikelihood, gradient, curvature, information, bias };
}

/** L / P: how much of the chance of a right answer is knowing. */
export function shareOfKnowing(logisticPart: number, guessing: number): number {
  return guessing === 0 ? 1 : logisticPart / (guessing + (1 - guessing) * logisticPart);
}

/** Fisher's information of one item. */
export function itemInformation(bank: ItemBank, item: number, theta: number): number {
  const slope = bank.slope[item] ?? 0;
  const guessing = bank.guessing[item] ?? 0;
  const z = slope * (theta - (bank.difficulty[item] ?? 0));
  const up = logistic(z);
  return slope * slope * (1 - guessing) * shareOfKnowing(up, guessing) * up * logistic(-z);
}

/** Fisher's information of all items together. */
export function testInformation(bank: ItemBank, theta: number): number {
  let sum = 0;
  for (let item = 0; item < bank.size; item++) sum += itemInformation(bank, item, theta);
  return sum;
}

/** P of one item. */
export function probability(bank: ItemBank, item: number, theta: number): number {
  const guessing = bank.guessing[item] ?? 0;
  return guessing + (1 - guessing) * logistic((bank.slope[item] ?? 0) * (theta - (bank.difficulty[item] ?? 0)));
}

/** The test characteristic curve: the number of right answers to expect. */
export function expectedRawScore(bank: ItemBank, theta: number): number {
  let sum = 0;
  for (let item = 0; item < bank.size; item++) sum += probability(bank, item, theta);
  return sum;
}
