/** How many days a chart may cover. */
export const RANGES = [7, 30, 90] as const;
export const DEFAULT_RANGE = 30;
export type Range = (typeof RANGES)[number];

/** Reads a range from the address bar; undefined for anything that is not offered. */
export function toRange(value: unknown): Range | undefined {
  return RANGES.find((range) => range === Number(value));
}

/** The days on screen and the equally many days before them. */
export function splitPeriods<Day>(days: readonly Day[], range: Range): { present: Day[]; before: Day[] } {
  return { present: days.slice(-range), before: days.slice(-2 * range, -range) };
}

/** How much `now` differs from `before`, as a share: 0.1 is 10 % more. Undefined against nothing. */
export function changeAgainst(before: number, now: number): number | undefined {
  return before === 0 ? undefined : (now - before) / before;
}
