/** How many days a chart may cover. */
export declare const RANGES: readonly [7, 30, 90];
export declare const DEFAULT_RANGE = 30;
export type Range = (typeof RANGES)[number];
/** Reads a range from the address bar; undefined for anything that is not offered. */
export declare function toRange(value: unknown): Range | undefined;
/** The days on screen and the equally many days before them. */
export declare function splitPeriods<Day>(days: readonly Day[], range: Range): {
    present: Day[];
    before: Day[];
};
/** How much `now` differs from `before`, as a share: 0.1 is 10 % more. Undefined against nothing. */
export declare function changeAgainst(before: number, now: number): number | undefined;
