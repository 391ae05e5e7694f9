/** A group of that many or fewer says too much about each of its members. */
export const SMALLEST_HIDDEN_GROUP = 5;

export function isSuppressed(size: number): boolean {
  return size <= SMALLEST_HIDDEN_GROUP;
}

/** How often each score occurs. */
export type Histogram = readonly { readonly score: number; readonly count: number }[];

export interface Comparison {
  readonly groupSize: number | null;
  /** 0 to 100: who is below, and half of who is equal (the mid-rank percentile). */
  readonly percentile: number | null;
  readonly groupAverage: number | null;
}

/** A score among others; nothing at all about a group of 5 or fewer. */
export function compare(score: number, group: Histogram): Comparison {
  const size = group.reduce((total, { count }) => total + count, 0);
  if (isSuppressed(size)) return { groupSize: null, percentile: null, groupAverage: null };
  const place = group.reduce((total, one) => {
    if (one.score === Math.round(score)) return total + one.count / 2;
    return one.score < score ? total + one.count : total;
  }, 0);
  return { groupSize: size, percentile: (100 * place) / size, groupAverage: averageOf(group) };
}

/** @returns null for nobody */
export function averageOf(group: Histogram): number | null {
  const size = group.reduce((total, { count }) => total + count, 0);
  return size === 0 ? null : group.reduce((total, { score, count }) => total + score * count, 0) / size;
}
