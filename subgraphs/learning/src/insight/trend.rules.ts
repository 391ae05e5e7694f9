/** One score as it was measured. */
export interface Measurement {
  readonly at: Date;
  /** Points of the scale. */
  readonly scaled: number;
  /** Of `scaled`, in points. */
  readonly standardError: number;
}

export interface Band {
  readonly fitted: number;
  readonly low: number;
  readonly high: number;
}

export interface Trend {
  /** The line and its 95 % band at each measurement, in their order. */
  readonly bands: readonly Band[];
  readonly pointsPer30Days: number;
  /** Of `pointsPer30Days`. */
  readonly standardError: number;
}

export interface Change {
  readonly difference: number;
  readonly standardError: number;
  /** False: the difference is not larger than what two sittings of an unchanged person can differ by. */
  readonly isDistinguishable: boolean;
}

/** Half the width of a 95 % interval, in standard errors. */
export const Z95 = 1.96;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Two points make no trend: their line has no error that could be told. */
const FEWEST = 3;
/** A raw score of nothing or everything has a standard error of 0; nobody is that sure. */
const SMALLEST_ERROR = 1;

/**
 * A straight line by weighted least squares, each score with the weight 1/SE² (Aitken 1935). When the scores scatter more
 * than their standard errors say, the errors of the line grow by the Birge ratio √(χ²/(n − 2)) (Birge 1932), never shrink.
 * @returns null for fewer than 3 scores or scores of a single instant
 */
export function fitTrend(measurements: readonly Measurement[]): Trend | null {
  if (measurements.length < FEWEST) return null;
  const start = measurements[0]?.at.getTime() ?? 0;
  const points = measurements.map(({ at, scaled, standardError }) => ({
    day: (at.getTime() - start) / DAY_MS,
    scaled,
    weight: 1 / Math.max(SMALLEST_ERROR, standardError) ** 2,
  }));
  const total = sum(points, ({ weight }) => weight);
  const meanDay = sum(points, ({ weight, day }) => weight * day) / total;
  const mean = sum(points, ({ weight, scaled }) => weight * scaled) / total;
  const spread = sum(points, ({ weight, day }) => weight * (day - meanDay) ** 2);
  if (spread < 1e-12) return null;
  const slope = sum(points, ({ weight, day, scaled }) => weight * (day - meanDay) * (scaled - mean)) / spread;
  const at = (day: number): number => mean + slope * (day - meanDay);
  const chiSquare = sum(points, ({ weight, day, scaled }) => weight * (scaled - at(day)) ** 2);
  const excess = Math.max(1, chiSquare / (points.length - 2));
  return {
    bands: points.map(({ day }) => {
      const margin = Z95 * Math.sqrt(excess * (1 / total + (day - meanDay) ** 2 / spread));
      return { fitted: at(day), low: at(day) - margin, high: at(day) + margin };
    }),
    pointsPer30Days: 30 * slope,
    standardError: 30 * Math.sqrt(excess / spread),
  };
}

/** How the later of two scores differs, against √(SE₁² + SE₂²), the standard error of their difference. */
export function changeOf(
  before: Pick<Measurement, "scaled" | "standardError">,
  after: Pick<Measurement, "scaled" | "standardError">,
): Change {
  const difference = after.scaled - before.scaled;
  const standardError = Math.hypot(before.standardError, after.standardError);
  return { difference, standardError, isDistinguishable: Math.abs(difference) > Z95 * standardError };
}

/** The mean of measurements of one thing, each with the weight 1/SE². @throws for none */
export function combine(measurements: readonly Omit<Measurement, "at">[]): Omit<Measurement, "at"> {
  const weighed = measurements.map(({ scaled, standardError }) => ({
    scaled,
    weight: 1 / Math.max(SMALLEST_ERROR, standardError) ** 2,
  }));
  const total = sum(weighed, ({ weight }) => weight);
  if (total === 0) throw new RangeError("There is nothing to combine.");
  return { scaled: sum(weighed, ({ weight, scaled }) => weight * scaled) / total, standardError: 1 / Math.sqrt(total) };
}

export function sum<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0);
}

/** @returns null for none */
export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
