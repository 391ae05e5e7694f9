/** Times that offline work is judged by. The decision behind each stands in docs/decisions/0012-offline-papers-and-chains.md. */

const MINUTE_MS = 60_000;

/** Life of a package, by the server's clock. */
export const PACKAGE_LIFE_MS = 7 * 24 * 60 * MINUTE_MS;

/** How far two clocks may be apart before anybody draws a conclusion: slow networks and clocks that drift. */
export const CLOCK_TOLERANCE_MS = 2 * MINUTE_MS;

/** How long an answer may come after time was up, as online. */
export const FINISH_GRACE_MS = 30_000;

/** The server's clock minus the device's, from one message that says what the device's clock showed when it was sent. */
export function clockOffset(deviceTime: Date, receivedAt: Date): number {
  return receivedAt.getTime() - deviceTime.getTime();
}

/** When a package is alive. */
export interface SignedWindow {
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/**
 * When something happened by the server's clock. What the device's clock puts a little outside the time that is possible
 * (before the package, after its receipt or its end) is moved to its edge; undefined for what is further outside.
 */
export function correctTime(
  deviceTime: Date,
  facts: SignedWindow & { readonly offsetMs: number; readonly receivedAt: Date },
): Date | undefined {
  const corrected = deviceTime.getTime() + facts.offsetMs;
  const earliest = facts.issuedAt.getTime();
  const latest = Math.min(facts.expiresAt.getTime(), Math.max(earliest, facts.receivedAt.getTime()));
  const isPossible = corrected >= earliest - CLOCK_TOLERANCE_MS && corrected <= latest + CLOCK_TOLERANCE_MS;
  return isPossible ? new Date(Math.min(Math.max(corrected, earliest), latest)) : undefined;
}

/** Everything that is known about the time of a finished sitting. */
export interface TimedSitting extends SignedWindow {
  /** By the device's clock. */
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** From start to finish by the clock that nobody can set. */
  readonly elapsedMs: number;
  /** The server's clock minus the device's, when the package was issued and when the finish was received. */
  readonly offsetAtIssueMs: number;
  readonly offsetAtSyncMs: number;
  /** When the server received the finish. */
  readonly receivedAt: Date;
  readonly durationMs: number;
  /** When the tryout closes for everybody; null for never. */
  readonly closesAt: Date | null;
}

export type SittingReason =
  /** Of a rejection: more time than the tryout allows. */
  | "TIME_EXCEEDED"
  /** … more time than there was between the download and the finish's arrival. */
  | "IMPOSSIBLE_TIME"
  /** … not within the life of the package. */
  | "OUTSIDE_PACKAGE"
  /** … finished after the tryout closed. */
  | "AFTER_CLOSE"
  /** … the tryout is sat once, and was. */
  | "ALREADY_SAT"
  /** Of a flag: the device's clock was set between download and delivery. */
  | "CLOCK_CHANGED"
  /** … the device's clock and the elapsed time disagree: it was set, or the device slept. */
  | "CLOCKS_DISAGREE"
  /** … finished in time, but delivered after the tryout closed and its answers may have been known. */
  | "DELIVERED_AFTER_CLOSE";

export interface Judgement {
  readonly verdict: "ACCEPTED" | "FLAGGED" | "REJECTED";
  readonly reasons: readonly SittingReason[];
}

/**
 * Accepts, flags or rejects a sitting by its time. Only a constant error of the device's clock makes no difference: what
 * counts is the time that the server saw pass and the elapsed time. Flagged sittings are scored and shown to staff.
 */
export function judgeSitting(sitting: TimedSitting): Judgement {
  const { elapsedMs, offsetAtSyncMs, receivedAt, issuedAt, expiresAt, closesAt } = sitting;
  const startedAt = sitting.startedAt.getTime() + offsetAtSyncMs;
  const finishedAt = sitting.finishedAt.getTime() + offsetAtSyncMs;
  const spanMs = sitting.finishedAt.getTime() - sitting.startedAt.getTime();
  const against: [SittingReason, boolean][] = [
    ["TIME_EXCEEDED", elapsedMs > sitting.durationMs + FINISH_GRACE_MS],
    ["IMPOSSIBLE_TIME", issuedAt.getTime() + elapsedMs > receivedAt.getTime() + CLOCK_TOLERANCE_MS],
    [
      "OUTSIDE_PACKAGE",
      startedAt < issuedAt.getTime() - CLOCK_TOLERANCE_MS || finishedAt > expiresAt.getTime() + CLOCK_TOLERANCE_MS,
    ],
    ["AFTER_CLOSE", closesAt !== null && finishedAt > closesAt.getTime() + CLOCK_TOLERANCE_MS],
  ];
  const doubts: [SittingReason, boolean][] = [
    ["CLOCK_CHANGED", Math.abs(offsetAtSyncMs - sitting.offsetAtIssueMs) > CLOCK_TOLERANCE_MS],
    ["CLOCKS_DISAGREE", Math.abs(spanMs - elapsedMs) > CLOCK_TOLERANCE_MS],
    ["DELIVERED_AFTER_CLOSE", closesAt !== null && receivedAt.getTime() > closesAt.getTime() + CLOCK_TOLERANCE_MS],
  ];
  const reasonsOf = (list: [SittingReason, boolean][]) => list.filter(([, holds]) => holds).map(([reason]) => reason);
  const rejections = reasonsOf(against);
  const flags = reasonsOf(doubts);
  if (rejections.length > 0) return { verdict: "REJECTED", reasons: [...rejections, ...flags] };
  return { verdict: flags.length > 0 ? "FLAGGED" : "ACCEPTED", reasons: flags };
}
