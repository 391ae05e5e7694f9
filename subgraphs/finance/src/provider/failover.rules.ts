import type { PaymentStatus, ProviderName, StatusAnswer } from "./provider.js";

/**
 * Trying providers one after the other without charging twice (C-01). Only a definite failure opens the way to the next one:
 *
 * ```
 * SENT ─→ LIVE                     created, or found: the payer uses this one
 *      ─→ REFUSED                  certainly not done ─→ next provider
 *      ─→ UNKNOWN ─→ LIVE          found
 *                 ─→ DEAD          found failed, cancelled or expired ─→ next provider
 *                 ─→ ABSENT        not there, after the time that a slow request may take ─→ next provider
 *                 ─→ UNKNOWN       asked too often, or it cannot tell: left open for the poller, no other provider
 * ```
 */
export interface Attempt {
  readonly provider: ProviderName;
  readonly state: "SENT" | "UNKNOWN" | "LIVE" | "REFUSED" | "ABSENT" | "DEAD";
  /** Epoch milliseconds. */
  readonly sentAtMs: number;
  readonly queries: number;
  /** It cannot be asked by our reference. */
  readonly mute: boolean;
}

export interface Failover {
  /** In the order in which they are to be tried. */
  readonly candidates: readonly ProviderName[];
  readonly attempts: readonly Attempt[];
}

export type FailoverStep =
  | { readonly do: "CREATE"; readonly provider: ProviderName }
  | { readonly do: "QUERY"; readonly provider: ProviderName; readonly atMs: number }
  | { readonly do: "USE"; readonly provider: ProviderName }
  /** Nobody knows: keep the payment open, let the poller and the webhooks settle it, ask the payer to wait. */
  | { readonly do: "LEAVE_OPEN"; readonly provider: ProviderName }
  | { readonly do: "GIVE_UP" };

/** What came of the last step. */
export type FailoverReport =
  | { readonly kind: "SENT"; readonly provider: ProviderName }
  | { readonly kind: "CREATED" | "REFUSED" | "UNKNOWN" }
  | { readonly kind: "ANSWERED"; readonly answer: StatusAnswer };

/** An answer "no such payment" counts only this long after the request: until then it may still be on its way. */
export const SETTLED_AFTER_MS = 60_000;
/** When to ask, counted from the request; the last ones are beyond `SETTLED_AFTER_MS`. */
export const QUERY_AFTER_MS = [2_000, 10_000, 30_000, 61_000, 120_000, 300_000] as const;

const DEAD: ReadonlySet<PaymentStatus> = new Set(["failed", "cancelled", "expired"]);

/** What to do next. A request without a report (the process died) is asked about like one without an answer. */
export function nextStep({ candidates, attempts }: Failover): FailoverStep {
  const last = attempts.at(-1);
  if (last?.state === "LIVE") return { do: "USE", provider: last.provider };
  if (last?.state === "SENT" || last?.state === "UNKNOWN") {
    const delayMs = QUERY_AFTER_MS[last.queries];
    if (last.mute || delayMs === undefined) return { do: "LEAVE_OPEN", provider: last.provider };
    return { do: "QUERY", provider: last.provider, atMs: last.sentAtMs + delayMs };
  }
  const next = candidates.find((name) => !attempts.some(({ provider }) => provider === name));
  return next === undefined ? { do: "GIVE_UP" } : { do: "CREATE", provider: next };
}

/**
 * The machine after a report. SENT is recorded before the request goes out.
 * @throws RangeError for a report that does not belong to the present step
 */
export function record(failover: Failover, report: FailoverReport, nowMs: number): Failover {
  const { attempts } = failover;
  if (report.kind === "SENT") {
    const step = nextStep(failover);
    if (step.do !== "CREATE" || step.provider !== report.provider)
      throw new RangeError(`${report.provider} must not be tried now.`);
    const attempt: Attempt = { provider: report.provider, state: "SENT", sentAtMs: nowMs, queries: 0, mute: false };
    return { ...failover, attempts: [...attempts, attempt] };
  }
  const last = attempts.at(-1);
  if (last === undefined || (last.state !== "SENT" && last.state !== "UNKNOWN"))
    throw new RangeError("No request waits for a report.");
  const reported =
    report.kind === "ANSWERED"
      ? afterAnswer(last, report.answer, nowMs)
      : report.kind === "UNKNOWN"
        ? { ...last, state: "UNKNOWN" as const, queries: last.state === "UNKNOWN" ? last.queries + 1 : 0 }
        : { ...last, state: report.kind === "CREATED" ? ("LIVE" as const) : ("REFUSED" as const) };
  return { ...failover, attempts: [...attempts.slice(0, -1), reported] };
}

function afterAnswer(attempt: Attempt, answer: StatusAnswer, nowMs: number): Attempt {
  const asked = { ...attempt, queries: attempt.queries + 1 };
  switch (answer.outcome) {
    case "FOUND":
      return { ...asked, state: DEAD.has(answer.snapshot.status) ? "DEAD" : "LIVE" };
    case "NOT_STARTED":
      return { ...asked, state: "LIVE" };
    case "CANNOT_TELL":
      return { ...asked, state: "UNKNOWN", mute: true };
    case "ABSENT":
      return { ...asked, state: nowMs - attempt.sentAtMs >= SETTLED_AFTER_MS ? "ABSENT" : "UNKNOWN" };
  }
}
