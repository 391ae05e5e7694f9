import { InvalidInputError } from "./model.js";

/** Codes of a scored response. A missing one says nothing about the ability. */
export const WRONG = 0;
export const RIGHT = 1;
export const MISSING = 2;

/** What to make of a blank: "wrong" counts it as a wrong answer, "ignore" leaves it out. */
export type BlankPolicy = "wrong" | "ignore";

export interface Policies {
  /** Seen and left blank. */
  readonly omitted: BlankPolicy;
  /** Behind the last item that the student saw. */
  readonly notReached: BlankPolicy;
}

/** Scored responses of many papers to the same items, paper after paper. */
export interface ResponseMatrix {
  readonly rows: number;
  readonly items: number;
  /** rows × items codes. */
  readonly codes: Uint8Array;
  /** How many students gave each row; 1 each when absent. */
  readonly counts?: Float64Array;
}

/**
 * Scores papers written as one symbol per item: 1 right, 0 wrong, o omitted, n not reached.
 * @param counts how many students gave each paper
 * @throws InvalidInputError when there is no paper, one has another length, or a symbol is unknown
 */
export function scorePapers(
  papers: readonly string[],
  items: number,
  policies: Policies,
  counts?: readonly number[],
): ResponseMatrix {
  if (papers.length === 0) throw new InvalidInputError("There are no papers: give at least one.");
  const codes = new Uint8Array(papers.length * items);
  papers.forEach((paper, row) => {
    if (paper.length !== items) {
      throw new InvalidInputError(
        `Paper ${row + 1} has ${paper.length} symbols, but there are ${items} items: write one symbol for each item.`,
      );
    }
    for (let item = 0; item < items; item++) {
      const code = scoreSymbol(paper[item], policies);
      if (code === undefined) {
        throw new InvalidInputError(
          `Paper ${row + 1} has the unknown symbol ${JSON.stringify(paper[item])} at item ${item + 1}: write 1 right, 0 wrong, o omitted or n not reached.`,
        );
      }
      codes[row * items + item] = code;
    }
  });
  return { rows: papers.length, items, codes, ...(counts === undefined ? {} : { counts: Float64Array.from(counts) }) };
}

function scoreSymbol(symbol: string | undefined, { omitted, notReached }: Policies): number | undefined {
  switch (symbol) {
    case "1":
      return RIGHT;
    case "0":
      return WRONG;
    case "o":
      return omitted === "wrong" ? WRONG : MISSING;
    case "n":
      return notReached === "wrong" ? WRONG : MISSING;
    default:
      return undefined;
  }
}

/** The codes of one paper. */
export function rowOf({ codes, items }: ResponseMatrix, row: number): Uint8Array {
  return codes.subarray(row * items, (row + 1) * items);
}

export function hasMissing(codes: Uint8Array): boolean {
  return codes.includes(MISSING);
}
