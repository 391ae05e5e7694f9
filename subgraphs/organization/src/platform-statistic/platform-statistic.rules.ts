const ZONE_OFFSET_MS = 7 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** When the day that has just ended is counted: what was under way at midnight is committed by then. */
const DELAY_MS = 10 * 60 * 1000;

/** The last day that is over in Jakarta (UTC+7 all year), as `YYYY-MM-DD`. */
export function lastFinishedDay(now: Date): string {
  return new Date(now.getTime() + ZONE_OFFSET_MS - DAY_MS).toISOString().slice(0, 10);
}

/** Ten minutes after the next midnight in Jakarta. */
export function nextRun(now: Date): Date {
  const midnight = Math.ceil((now.getTime() + ZONE_OFFSET_MS + 1) / DAY_MS) * DAY_MS - ZONE_OFFSET_MS;
  return new Date(midnight + DELAY_MS);
}
