import { InvalidInputError } from "./model.js";

/** Answers to one item of two groups whose other scores are equal. */
export interface Stratum {
  readonly referenceRight: number;
  readonly referenceWrong: number;
  readonly focalRight: number;
  readonly focalWrong: number;
}

export interface DifferentialFunctioning {
  /** Common odds ratio; above 1 the item favours the reference group (Mantel & Haenszel 1959). */
  readonly oddsRatio: number;
  /** Standard error of its logarithm (Robins, Breslow & Greenland 1986). */
  readonly logOddsError: number;
  /** One degree of freedom; 3.84 is significant at 5 %. */
  readonly chiSquare: number;
  /** −2.35 ln of the odds ratio, on the delta scale of difficulty; below 0 the item is harder for the focal group. */
  readonly delta: number;
  /** A negligible, B moderate, C large (Zieky 1993). */
  readonly category: "A" | "B" | "C";
}

const CRITICAL_CHI_SQUARE = 3.841458821;
const CRITICAL_ONE_SIDED = 1.644853627;
const DELTA = 2.35;

/**
 * Mantel-Haenszel test of one item over strata of equal score. A half is always taken off the difference of observed and
 * expected right answers, as difR does, also where it is smaller than that.
 * @throws InvalidInputError when no stratum compares the groups, or the odds ratio is 0 or infinite
 */
export function mantelHaenszel(strata: readonly Stratum[]): DifferentialFunctioning {
  let [difference, variance] = [0, 0];
  let [favours, against] = [0, 0];
  let [together, mixed, apart] = [0, 0, 0];
  for (const { referenceRight: a, referenceWrong: b, focalRight: c, focalWrong: d } of strata) {
    const total = a + b + c + d;
    if (a + b === 0 || c + d === 0) continue;
    difference += a - ((a + b) * (a + c)) / total;
    variance += ((a + b) * (c + d) * (a + c) * (b + d)) / (total * total * (total - 1));
    const [r, s] = [(a * d) / total, (b * c) / total];
    const [p, q] = [(a + d) / total, (b + c) / total];
    favours += r;
    against += s;
    together += p * r;
    mixed += p * s + q * r;
    apart += q * s;
  }
  if (!(favours > 0 && against > 0 && variance > 0)) {
    throw new InvalidInputError("The groups cannot be compared on this item: add papers of equal score from both.");
  }
  const oddsRatio = favours / against;
  const logOddsError = Math.sqrt(
    together / (2 * favours ** 2) + mixed / (2 * favours * against) + apart / (2 * against ** 2),
  );
  const chiSquare = (Math.abs(difference) - 0.5) ** 2 / variance;
  const delta = -DELTA * Math.log(oddsRatio);
  return { oddsRatio, logOddsError, chiSquare, delta, category: categoryOf(delta, chiSquare, DELTA * logOddsError) };
}

function categoryOf(delta: number, chiSquare: number, deltaError: number): "A" | "B" | "C" {
  const size = Math.abs(delta);
  if (size < 1 || chiSquare < CRITICAL_CHI_SQUARE) return "A";
  return size >= 1.5 && (size - 1) / deltaError > CRITICAL_ONE_SIDED ? "C" : "B";
}

/** One student: right (1) or wrong (0) on each item, and whether the student is of the focal group. */
export interface GroupedPaper {
  readonly marks: readonly number[];
  readonly isFocal: boolean;
}

/** Strata of one item by the whole score, the item itself included (Holland & Thayer 1988). */
export function stratify(papers: readonly GroupedPaper[], item: number): Stratum[] {
  const byScore = Map.groupBy(papers, ({ marks }) => marks.reduce((sum, mark) => sum + mark, 0));
  const count = (group: readonly GroupedPaper[], isFocal: boolean, mark: number) =>
    group.filter((paper) => paper.isFocal === isFocal && paper.marks[item] === mark).length;
  return [...byScore.values()].map((group) => ({
    referenceRight: count(group, false, 1),
    referenceWrong: count(group, false, 0),
    focalRight: count(group, true, 1),
    focalWrong: count(group, true, 0),
  }));
}
