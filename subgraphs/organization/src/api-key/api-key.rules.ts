export const MAXIMUM_GRACE_HOURS = 72;
/** The last use of a key is written down at most this often. */
export const LAST_USE_PRECISION_MS = 60_000;

export interface ApiKeyFacts {
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly previousExpiresAt: Date | null;
}

/** Whether a key lets its bearer in; `isPrevious` when the secret is the one before the last reroll. */
export function isGood(key: ApiKeyFacts, isPrevious: boolean, now: Date): boolean {
  if (key.revokedAt !== null) return false;
  if (key.expiresAt !== null && key.expiresAt <= now) return false;
  return !isPrevious || (key.previousExpiresAt !== null && key.previousExpiresAt > now);
}
