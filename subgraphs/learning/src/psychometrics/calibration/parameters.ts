import { InvalidInputError, type ItemBank, type ItemParameters, logistic } from "../model.js";
import { type ResponseMatrix, RIGHT, WRONG } from "../responses.js";

export type Model = "RASCH" | "1PL" | "2PL" | "3PL";

/**
 * The parameters that calibration moves: for each item a, the intercept d = −a·b, and logit c, where the logit of an
 * answer is D(aθ + d).
 */
export const PER_ITEM = 3;
export type ParameterVector = Float64Array;

/** logit c of an item without guessing; e^−40 is no chance at all. */
const NO_GUESSING = -40;

function vectorOf({ discrimination, difficulty, guessing }: ItemParameters): [number, number, number] {
  return [
    discrimination,
    -discrimination * difficulty,
    guessing === 0 ? NO_GUESSING : Math.log(guessing / (1 - guessing)),
  ];
}

export function guessingOf(logit: number): number {
  return logit <= NO_GUESSING ? 0 : logistic(logit);
}

export function itemOf(vector: ParameterVector, item: number): ItemParameters {
  const discrimination = vector[PER_ITEM * item] ?? 0;
  return {
    discrimination,
    difficulty: -(vector[PER_ITEM * item + 1] ?? 0) / discrimination,
    guessing: guessingOf(vector[PER_ITEM * item + 2] ?? 0),
  };
}

/** Without the checks of `createBank`: on the way to the estimates a slope may be any. */
export function bankOf(vector: ParameterVector, scaling: number): ItemBank {
  const size = vector.length / PER_ITEM;
  const items = Array.from({ length: size }, (_, item) => itemOf(vector, item));
  return {
    size,
    slope: Float64Array.from(items, (item) => scaling * item.discrimination),
    difficulty: Float64Array.from(items, (item) => item.difficulty),
    guessing: Float64Array.from(items, (item) => item.guessing),
  };
}

/**
 * Where to start from: a = 1, c = 0.2 and the intercept that gives the item's share of right answers.
 * @throws InvalidInputError for an item that nobody answered, all answered right or all wrong: it has no finite difficulty
 */
export function startingVector(
  matrix: ResponseMatrix,
  model: Model,
  scaling: number,
  fixed: ReadonlyMap<number, ItemParameters>,
): ParameterVector {
  const vector = new Float64Array(PER_ITEM * matrix.items);
  for (let item = 0; item < matrix.items; item++) {
    const anchor = fixed.get(item);
    vector.set(anchor === undefined ? startOf(matrix, item, model, scaling) : vectorOf(anchor), PER_ITEM * item);
  }
  return vector;
}

function startOf(matrix: ResponseMatrix, item: number, model: Model, scaling: number): [number, number, number] {
  let right = 0;
  let answered = 0;
  for (let row = 0; row < matrix.rows; row++) {
    const code = matrix.codes[row * matrix.items + item];
    const times = matrix.counts?.[row] ?? 1;
    if (code === RIGHT) right += times;
    if (code === RIGHT || code === WRONG) answered += times;
  }
  if (answered === 0) throw new InvalidInputError(`Nobody answered item ${item + 1}: leave it out.`);
  if (right === 0 || right === answered) {
    const how = right === 0 ? "wrong" : "right";
    throw new InvalidInputError(
      `Everybody answered item ${item + 1} ${how}, so it has no finite difficulty: leave it out or add papers.`,
    );
  }
  const share = right / answered;
  const knowing = model === "3PL" ? Math.max(0.05, (share - 0.2) / 0.8) : share;
  const a = model === "RASCH" ? 1 : 1 / scaling;
  const intercept = (Math.log(knowing / (1 - knowing)) * Math.sqrt(1 + a ** 2 / 2.9)) / scaling;
  return [a, intercept, model === "3PL" ? Math.log(0.25) : NO_GUESSING];
}
