/**
 * An item of the three-parameter logistic model: P(θ) = c + (1 − c) / (1 + e^(−D·a(θ − b))) (Birnbaum 1968).
 * c = 0 is the two-parameter model; equal a on top of it the one-parameter model.
 */
export interface ItemParameters {
  /** a, not 0; above 0 for an item that measures what the others do. */
  readonly discrimination: number;
  /** b, on the scale of the ability. */
  readonly difficulty: number;
  /** c, the chance of a right answer without any ability, in [0, 1). */
  readonly guessing: number;
}

/** Items as columns, with the constant D of their metric: 1 (logistic) or 1.702 (normal). */
export interface ItemBank {
  readonly size: number;
  /** D·a of each item. */
  readonly slope: Float64Array;
  readonly difficulty: Float64Array;
  readonly guessing: Float64Array;
}

/** Input that no estimate can be made from; the message is one sentence for the person who gave it. */
export class InvalidInputError extends Error {
  override readonly name = "InvalidInputError";
}

const LARGEST = 100;

/**
 * @param scaling D, > 0
 * @throws InvalidInputError when there is no item, or a parameter is not a number the model has a curve for
 */
export function createBank(items: readonly ItemParameters[], scaling = 1): ItemBank {
  if (items.length === 0) throw new InvalidInputError("There are no items: give at least one.");
  if (!(scaling > 0 && scaling <= LARGEST)) {
    throw new InvalidInputError(`D must be above 0 and at most ${LARGEST}, usually 1 or 1.702.`);
  }
  items.forEach(({ discrimination, difficulty, guessing }, index) => {
    const name = `of item ${index + 1} must be`;
    if (!(Math.abs(discrimination) <= LARGEST) || discrimination === 0) {
      throw new InvalidInputError(`The discrimination a ${name} a number other than 0, at most ${LARGEST} in size.`);
    }
    if (!(Math.abs(difficulty) <= LARGEST)) {
      throw new InvalidInputError(`The difficulty b ${name} a number between -${LARGEST} and ${LARGEST}.`);
    }
    if (!(guessing >= 0 && guessing < 1)) {
      throw new InvalidInputError(`The guessing parameter c ${name} a number from 0 to below 1.`);
    }
  });
  return {
    size: items.length,
    slope: Float64Array.from(items, (item) => scaling * item.discrimination),
    difficulty: Float64Array.from(items, (item) => item.difficulty),
    guessing: Float64Array.from(items, (item) => item.guessing),
  };
}

/** ln(1 + e^x), exact at both ends. */
function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** ln P at the logit z = D·a(θ − b). */
export function logRight(z: number, guessing: number): number {
  return guessing === 0 ? -softplus(-z) : Math.log(guessing + (1 - guessing) * logistic(z));
}

/** ln Q = ln(1 − P) at the logit z = D·a(θ − b). */
export function logWrong(z: number, guessing: number): number {
  return Math.log1p(-guessing) - softplus(z);
}

/** ln P and ln Q of every item at every node, item by item. */
export interface LogTables {
  readonly right: Float64Array;
  readonly wrong: Float64Array;
}

export function logTables(bank: ItemBank, nodes: Float64Array): LogTables {
  const right = new Float64Array(bank.size * nodes.length);
  const wrong = new Float64Array(right.length);
  for (let item = 0; item < bank.size; item++) {
    const guessing = bank.guessing[item] ?? 0;
    for (let node = 0; node < nodes.length; node++) {
      const z = (bank.slope[item] ?? 0) * ((nodes[node] ?? 0) - (bank.difficulty[item] ?? 0));
      right[item * nodes.length + node] = logRight(z, guessing);
      wrong[item * nodes.length + node] = logWrong(z, guessing);
    }
  }
  return { right, wrong };
}
