import { InvalidInputError } from "./model.js";

/** Chosen option by paper and item; null for a blank, which counts as wrong. */
export type Choices = readonly (readonly (string | null)[])[];

export interface OptionAnalysis {
  /** null for the blanks. */
  readonly option: string | null;
  readonly isKey: boolean;
  readonly count: number;
  /** Of all papers. */
  readonly proportion: number;
  /** Mean score on the other items of those who chose it; null when nobody did. */
  readonly meanRestScore: number | null;
  /** Correlation of choosing it with the score on the other items; null without variation. A good distractor's is below 0. */
  readonly correlation: number | null;
}

export interface ItemAnalysis {
  /** Proportion right: the classical difficulty. */
  readonly facility: number;
  /** Point-biserial correlation with the whole score, the item included; null without variation. */
  readonly itemTotalCorrelation: number | null;
  /** With the score on the other items; null without variation. */
  readonly itemRestCorrelation: number | null;
  /** Cronbach's alpha of the other items; null for fewer than two of them. */
  readonly alphaIfDeleted: number | null;
  readonly options: readonly OptionAnalysis[];
}

export interface TestAnalysis {
  readonly papers: number;
  /** Cronbach's alpha (1951); null for fewer than two items or without variation. */
  readonly alpha: number | null;
  readonly meanScore: number;
  readonly scoreDeviation: number;
  readonly items: readonly ItemAnalysis[];
}

/**
 * Classical analysis of single-choice items with their distractors.
 * @param keys the right option of each item
 * @throws InvalidInputError for no papers, or a paper that is not as long as the key
 */
export function analyzeItems(choices: Choices, keys: readonly string[]): TestAnalysis {
  if (choices.length === 0) throw new InvalidInputError("There are no papers: give at least one.");
  const short = choices.findIndex((paper) => paper.length !== keys.length);
  if (short >= 0) {
    throw new InvalidInputError(`Paper ${short + 1} must have one choice for each of the ${keys.length} items.`);
  }
  const marks = keys.map((key, item) => choices.map((paper) => (paper[item] === key ? 1 : 0)));
  const totals = choices.map((_, row) => marks.reduce((sum, column) => sum + (column[row] ?? 0), 0));
  return {
    papers: choices.length,
    alpha: cronbachAlpha(marks, totals),
    meanScore: mean(totals),
    scoreDeviation: Math.sqrt(variance(totals)),
    items: marks.map((column, item) => {
      const rest = totals.map((total, row) => total - (column[row] ?? 0));
      return {
        facility: mean(column),
        itemTotalCorrelation: correlation(column, totals),
        itemRestCorrelation: correlation(column, rest),
        alphaIfDeleted: cronbachAlpha(marks.toSpliced(item, 1), rest),
        options: analyzeOptions(
          choices.map((paper) => paper[item] ?? null),
          keys[item] ?? "",
          rest,
        ),
      };
    }),
  };
}

/** The key first, then the distractors by name, then the blanks if there are any. */
function analyzeOptions(chosen: readonly (string | null)[], key: string, rest: readonly number[]): OptionAnalysis[] {
  const distractors = new Set(chosen.flatMap((option) => (option === null || option === key ? [] : [option])));
  const options = [
    key,
    ...[...distractors].toSorted((one, other) => (one < other ? -1 : 1)),
    ...(chosen.includes(null) ? [null] : []),
  ];
  return options.map((option) => {
    const has = chosen.map((choice) => (choice === option ? 1 : 0));
    const scores = rest.filter((_, row) => has[row] === 1);
    return {
      option,
      isKey: option === key,
      count: scores.length,
      proportion: scores.length / chosen.length,
      meanRestScore: scores.length === 0 ? null : mean(scores),
      correlation: correlation(has, rest),
    };
  });
}

function cronbachAlpha(marks: readonly (readonly number[])[], totals: readonly number[]): number | null {
  const whole = variance(totals);
  if (marks.length < 2 || !(whole > 0)) return null;
  const parts = marks.reduce((sum, column) => sum + variance(column), 0);
  return (marks.length / (marks.length - 1)) * (1 - parts / whole);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of the sample: divided by n − 1. */
function variance(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(1, values.length - 1);
}

function correlation(left: readonly number[], right: readonly number[]): number | null {
  const [leftMean, rightMean] = [mean(left), mean(right)];
  let [product, leftSquares, rightSquares] = [0, 0, 0];
  left.forEach((value, row) => {
    const [x, y] = [value - leftMean, (right[row] ?? 0) - rightMean];
    product += x * y;
    leftSquares += x * x;
    rightSquares += y * y;
  });
  return leftSquares > 0 && rightSquares > 0 ? product / Math.sqrt(leftSquares * rightSquares) : null;
}
