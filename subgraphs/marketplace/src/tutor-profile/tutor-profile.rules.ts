/** With fewer published reviews than this a tutor is new. The listing in the database says the same. */
const ESTABLISHED_FROM = 3;

export function isNew(ratingCount: number): boolean {
  return ratingCount < ESTABLISHED_FROM;
}

/** The mean of the ratings with one decimal, from 1 to 5; null when there is none. */
export function meanRating(ratingSum: number, ratingCount: number): number | null {
  return ratingCount === 0 ? null : Math.round((ratingSum / ratingCount) * 10) / 10;
}
