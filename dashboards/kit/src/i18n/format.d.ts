/** A whole number with the reader's thousands separator: 12.480 in Indonesian. */
export declare function formatNumber(value: number): string;
/** A whole number that always shows its sign: +12, −4, 0. */
export declare function formatChange(value: number): string;
/** A share between 0 and 1 as whole percents. */
export declare function formatPercent(share: number): string;
/** A change as whole percents that always shows its sign: +12 %. */
export declare function formatPercentChange(share: number): string;
/** A day with its month: 12 Mei. */
export declare function formatDay(date: Date): string;
/** A day with month and year: 12 Mei 2026. */
export declare function formatDate(date: Date): string;
/** A day with its weekday, in full: Selasa, 12 Mei 2026. */
export declare function formatLongDate(date: Date): string;
/** The time of day in the reader's zone: 14.05 in Indonesian. */
export declare function formatTime(date: Date): string;
/** How long ago or ahead in the largest whole unit: "2 jam yang lalu". Under a minute it says "now". */
export declare function formatRelative(date: Date, now: Date): string;
