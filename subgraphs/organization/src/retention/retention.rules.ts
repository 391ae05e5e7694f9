const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * For how many days what has ended is still kept (001-44). A day at least, so that nothing is removed under the eyes of
 * whoever still uses it; an ended session for as long as somebody may ask who was signed in where.
 */
export const KEPT_DAYS = { secret: 1, endedSession: 90 } as const;

/** @returns the moment before which something must have ended to be removed now */
export function endedBefore(kind: keyof typeof KEPT_DAYS, now: Date): Date {
  return new Date(now.getTime() - KEPT_DAYS[kind] * DAY_MS);
}
