import { getLocale } from "./locale.js";

const TAGS = { id: "id-ID", en: "en-GB" } as const;

function memo<Options, Formatter>(create: (tag: string, options: Options) => Formatter) {
  const formatters = new Map<string, Formatter>();
  return (options: Options): Formatter => {
    const tag = TAGS[getLocale()];
    const key = tag + JSON.stringify(options);
    const formatter = formatters.get(key) ?? create(tag, options);
    formatters.set(key, formatter);
    return formatter;
  };
}

const numbers = memo((tag, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options));
const dates = memo((tag, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options));
const relative = memo((tag, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(tag, options));

/** A whole number with the reader's thousands separator: 12.480 in Indonesian. */
export function formatNumber(value: number): string {
  return numbers({ maximumFractionDigits: 0 }).format(value);
}

/** A whole number that always shows its sign: +12, −4, 0. */
export function formatChange(value: number): string {
  return numbers({ maximumFractionDigits: 0, signDisplay: "exceptZero" }).format(value).replace("-", "−");
}

/** A share between 0 and 1 as whole percents. */
export function formatPercent(share: number): string {
  return numbers({ style: "percent", maximumFractionDigits: 0 }).format(share);
}

/** A change as whole percents that always shows its sign: +12 %. */
export function formatPercentChange(share: number): string {
  const formatter = numbers({ style: "percent", maximumFractionDigits: 0, signDisplay: "exceptZero" });
  return formatter.format(share).replace("-", "−");
}

/** A day with its month: 12 Mei. */
export function formatDay(date: Date): string {
  return dates({ day: "numeric", month: "short" }).format(date);
}

/** A day with month and year: 12 Mei 2026. */
export function formatDate(date: Date): string {
  return dates({ day: "numeric", month: "short", year: "numeric" }).format(date);
}

/** A day with its weekday, in full: Selasa, 12 Mei 2026. */
export function formatLongDate(date: Date): string {
  return dates({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(date);
}

/** The time of day in the reader's zone: 14.05 in Indonesian. */
export function formatTime(date: Date): string {
  return dates({ hour: "2-digit", minute: "2-digit" }).format(date);
}

const UNITS = [
  { unit: "year", milliseconds: 31_556_952_000 },
  { unit: "month", milliseconds: 2_629_746_000 },
  { unit: "week", milliseconds: 604_800_000 },
  { unit: "day", milliseconds: 86_400_000 },
  { unit: "hour", milliseconds: 3_600_000 },
  { unit: "minute", milliseconds: 60_000 },
] as const;

/** How long ago or ahead in the largest whole unit: "2 jam yang lalu". Under a minute it says "now". */
export function formatRelative(date: Date, now: Date): string {
  const distance = date.getTime() - now.getTime();
  const fitting = UNITS.find(({ milliseconds }) => Math.abs(distance) >= milliseconds);
  const formatter = relative({ numeric: "auto" });
  if (!fitting) return formatter.format(0, "second");
  return formatter.format(Math.trunc(distance / fitting.milliseconds), fitting.unit);
}
