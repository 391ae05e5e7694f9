import { isSuppressed } from "./peer.rules.js";
import { Z95, changeOf, sum } from "./trend.rules.js";

/** A score of one student. */
export interface ClassScore {
  readonly studentId: string;
  readonly at: Date;
  readonly scaled: number;
  readonly standardError: number;
}

export interface Mean {
  readonly value: number;
  /** Of the mean, as a sample of such students. */
  readonly standardError: number;
  /** Of the values themselves. */
  readonly deviation: number;
  readonly count: number;
}

/** @returns null for 5 values or fewer, which would say too much about each */
export function meanOf(values: readonly number[]): Mean | null {
  if (isSuppressed(values.length)) return null;
  const value = sum(values, (one) => one) / values.length;
  const deviation = Math.sqrt(sum(values, (one) => (one - value) ** 2) / (values.length - 1));
  return { value, deviation, standardError: deviation / Math.sqrt(values.length), count: values.length };
}

/** The latest score of each student since then, and before it. @param scores oldest first within a student */
export function latestOf<Score extends ClassScore>(
  scores: readonly Score[],
  since: Date,
): { readonly latest: Score | undefined; readonly before: Score | undefined }[] {
  return [...Map.groupBy(scores, ({ studentId }) => studentId).values()].map((own) => ({
    latest: own.findLast(({ at }) => at >= since),
    before: own.findLast(({ at }) => at < since),
  }));
}

export interface Improvement {
  /** (mean now − mean before) / mean before. */
  readonly rate: number;
  readonly points: number;
  /** Of `points`: of the mean difference of paired scores. */
  readonly standardError: number;
  readonly isDistinguishable: boolean;
}

/** How those who have scores in both periods have changed. @returns null when they are 5 or fewer */
export function improvementOf(
  pairs: readonly { readonly before: number; readonly latest: number }[],
): Improvement | null {
  const [difference, before] = [
    meanOf(pairs.map((pair) => pair.latest - pair.before)),
    meanOf(pairs.map((pair) => pair.before)),
  ];
  if (difference === null || before === null || before.value === 0) return null;
  const { value: points, standardError } = difference;
  return {
    rate: points / before.value,
    points,
    standardError,
    isDistinguishable: Math.abs(points) > Z95 * standardError,
  };
}

export enum RiskReason {
  NO_ACTIVITY = "NO_ACTIVITY",
  DECLINING = "DECLINING",
  FAR_BELOW_CLASS = "FAR_BELOW_CLASS",
}

export interface Risk {
  readonly reason: RiskReason;
  readonly value: number | null;
  readonly threshold: number;
}

/** So many standard deviations below the class. */
const FAR_BELOW = -1.5;

export interface RiskFacts {
  readonly days: number;
  /** Null: never sat anything. */
  readonly daysSinceLast: number | null;
  /** The latest two scores of each examination. */
  readonly pairs: readonly { readonly before: ClassScore; readonly latest: ClassScore }[];
  /** The latest score of each examination in the period, with what the class has. */
  readonly standings: readonly { readonly scaled: number; readonly mean: Mean | null }[];
}

/** Every rule that fires, with its number and threshold: a list without reasons would only label people. */
export function risksOf({ days, daysSinceLast, pairs, standings }: RiskFacts): Risk[] {
  const risks: Risk[] = [];
  if (daysSinceLast === null || daysSinceLast > days)
    risks.push({ reason: RiskReason.NO_ACTIVITY, value: daysSinceLast, threshold: days });
  const [fall] = pairs
    .map(({ before, latest }) => changeOf(before, latest))
    .filter(({ difference, isDistinguishable }) => isDistinguishable && difference < 0)
    .toSorted((one, other) => one.difference - other.difference);
  if (fall !== undefined)
    risks.push({ reason: RiskReason.DECLINING, value: fall.difference, threshold: -Z95 * fall.standardError });
  const lowest = Math.min(
    ...standings.flatMap(({ scaled, mean }) =>
      mean === null || mean.deviation === 0 ? [] : (scaled - mean.value) / mean.deviation,
    ),
  );
  if (lowest <= FAR_BELOW) risks.push({ reason: RiskReason.FAR_BELOW_CLASS, value: lowest, threshold: FAR_BELOW });
  return risks;
}
