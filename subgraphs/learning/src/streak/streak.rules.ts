/**
 * Streaks: days on which somebody studied, one after the other, on their own calendar.
 *
 * A day that counted ends at midnight where it was lived; the first study after that counts another day. A missed day uses
 * up a freeze when there are enough for all that were missed, and ends the streak otherwise. Every seventh day of a streak
 * earns a freeze, and two can be held.
 *
 * Moving between time zones: a day that counts ends at the earliest 24 hours after the one before it, so that flying (or
 * setting a clock) east never gains a day; and as missed only counts what is missing both on the calendar and in whole 24 hours
 * of real time, so that neither the day that is skipped flying east nor the long one flying west ends a streak.
 */
export interface Streak {
  readonly streak: number;
  readonly longest: number;
  readonly freezes: number;
  /** The latest local day of study, `YYYY-MM-DD`; null for none. */
  readonly lastDay: string | null;
  /** From then on another day can count. */
  readonly dayEndsAt: Date | null;
}

export interface Study {
  readonly at: Date;
  /** IANA, where the learner is. */
  readonly zone: string;
}

export const NO_STREAK: Streak = { streak: 0, longest: 0, freezes: 0, lastDay: null, dayEndsAt: null };
export const MAXIMUM_FREEZES = 2;
const DAYS_PER_FREEZE = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The streak after somebody studied, no earlier than the last time. */
export function afterStudy(before: Streak, { at, zone }: Study): Streak {
  const day = localDay(at, zone);
  const { lastDay, dayEndsAt } = before;
  if (lastDay === null || dayEndsAt === null)
    return { ...before, streak: 1, longest: Math.max(1, before.longest), lastDay: day, dayEndsAt: endOfDay(day, zone) };
  const latest = day > lastDay ? day : lastDay;
  if (at < dayEndsAt) return { ...before, lastDay: latest };
  if (day <= lastDay) return { ...before, dayEndsAt: endOfDay(day, zone) };
  const missed = missedDays(before, { at, zone });
  const isKept = missed <= before.freezes;
  const streak = isKept ? before.streak + 1 : 1;
  const left = isKept ? before.freezes - missed : before.freezes;
  const earned = streak % DAYS_PER_FREEZE === 0 ? 1 : 0;
  const earliestEnd = dayEndsAt.getTime() + DAY_MS * (missed + 1);
  return {
    streak,
    longest: Math.max(before.longest, streak),
    freezes: Math.min(MAXIMUM_FREEZES, left + earned),
    lastDay: day,
    dayEndsAt: new Date(Math.max(endOfDay(day, zone).getTime(), earliestEnd)),
  };
}

/** The streak of all days of study. @param studies in the order in which they happened */
export function streakOf(studies: readonly Study[]): Streak {
  return studies.reduce(afterStudy, NO_STREAK);
}

/** What is left of a streak at a moment: 0 when more days were missed than freezes are held. */
export function streakAt(state: Streak, now: Study): number {
  return missedDays(state, now) > state.freezes ? 0 : state.streak;
}

function missedDays({ lastDay, dayEndsAt }: Streak, { at, zone }: Study): number {
  if (lastDay === null || dayEndsAt === null || at < dayEndsAt) return 0;
  const onCalendar = (Date.parse(localDay(at, zone)) - Date.parse(lastDay)) / DAY_MS - 1;
  const inRealTime = Math.floor((at.getTime() - dayEndsAt.getTime()) / DAY_MS);
  return Math.max(0, Math.min(onCalendar, inRealTime));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a zone as if it were UTC, to the second. */
function wallClockMs(at: Date, zone: string): number {
  const known = formats.get(zone);
  const format =
    known ??
    new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  if (known === undefined) formats.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The calendar day of an instant in a zone, `YYYY-MM-DD`. */
export function localDay(at: Date, zone: string): string {
  return new Date(wallClockMs(at, zone)).toISOString().slice(0, 10);
}

/** The instant at which a calendar day is over in a zone. */
export function endOfDay(day: string, zone: string): Date {
  const midnight = Date.parse(day) + DAY_MS;
  const offsetAt = (instant: number): number => wallClockMs(new Date(instant), zone) - instant;
  // once more, as the offset may change between the first guess and midnight
  const guess = midnight - offsetAt(midnight);
  return new Date(midnight - offsetAt(guess));
}
