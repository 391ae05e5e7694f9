/** What is remembered of the recent failures against one account or from one network address. */
export interface ThrottleState {
  readonly failures: number;
  readonly lastFailedAt: Date;
  readonly blockedUntil: Date;
}

/** Failures that cost nothing. An address can be a whole school's, so it may fail more often than one account. */
export const FREE_FAILURES = { account: 5, address: 30 } as const;

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15 * 60 * 1000;
/** A failure is forgiven when nothing failed for this long; longer than the longest wait, or waiting would reset it. */
export const FORGIVEN_AFTER_MS = 60 * 60 * 1000;

/** @returns how long to wait before the next attempt in milliseconds, 0 when none is needed */
export function waitMs(state: ThrottleState | null, now: Date): number {
  return state === null ? 0 : Math.max(0, state.blockedUntil.getTime() - now.getTime());
}

/**
 * One failure more. The wait doubles from 1 s with each failure from the last free one on, up to 15 min.
 * @param free how many failures cost nothing
 */
export function afterFailure(state: ThrottleState | null, now: Date, free: number): ThrottleState {
  const isForgiven = state === null || now.getTime() - state.lastFailedAt.getTime() >= FORGIVEN_AFTER_MS;
  const failures = isForgiven ? 1 : state.failures + 1;
  const wait = failures < free ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - free));
  return { failures, lastFailedAt: now, blockedUntil: new Date(now.getTime() + wait) };
}
