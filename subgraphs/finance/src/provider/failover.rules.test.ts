import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Failover, nextStep, QUERY_AFTER_MS, record, SETTLED_AFTER_MS } from "./failover.rules.js";
import { type PaymentStatus, type ProviderName, PROVIDERS, type StatusAnswer } from "./provider.js";

const found = (status: PaymentStatus): StatusAnswer => ({
  outcome: "FOUND",
  snapshot: { status, amountMinor: 1n, currency: "IDR", paymentRef: null, refunds: [] },
});
const sent: Failover = record(
  { candidates: ["midtrans", "xendit"], attempts: [] },
  { kind: "SENT", provider: "midtrans" },
  0,
);
const unknown = record(sent, { kind: "UNKNOWN" }, 0);

describe("failover (000-17, 003-28, C-01)", () => {
  it("tries the next provider after a definite refusal", () => {
    expect(nextStep(record(sent, { kind: "REFUSED" }, 1))).toEqual({ do: "CREATE", provider: "xendit" });
  });

  it("asks the first provider after a timeout, and after a crash that left no report", () => {
    const step = { do: "QUERY", provider: "midtrans", atMs: QUERY_AFTER_MS[0] };
    expect(nextStep(unknown)).toEqual(step);
    expect(nextStep(sent)).toEqual(step);
  });

  it.each<PaymentStatus>(["pending", "requires_action", "authorized", "paid", "attempt_failed"])(
    "uses the payment that turns out to exist (%s)",
    (status) => {
      const step = nextStep(record(unknown, { kind: "ANSWERED", answer: found(status) }, 2_000));
      expect(step).toEqual({ do: "USE", provider: "midtrans" });
    },
  );

  it.each<PaymentStatus>(["failed", "cancelled", "expired"])("goes on when the payment is dead (%s)", (status) => {
    const step = nextStep(record(unknown, { kind: "ANSWERED", answer: found(status) }, 2_000));
    expect(step).toEqual({ do: "CREATE", provider: "xendit" });
  });

  it("believes an absence only when the request can no longer be on its way", () => {
    const early = record(unknown, { kind: "ANSWERED", answer: { outcome: "ABSENT" } }, SETTLED_AFTER_MS - 1);
    expect(nextStep(early)).toMatchObject({ do: "QUERY", provider: "midtrans" });
    const late = record(early, { kind: "ANSWERED", answer: { outcome: "ABSENT" } }, SETTLED_AFTER_MS);
    expect(nextStep(late)).toEqual({ do: "CREATE", provider: "xendit" });
  });

  it("leaves the payment open when the provider cannot tell, or never answers", () => {
    const mute = record(unknown, { kind: "ANSWERED", answer: { outcome: "CANNOT_TELL" } }, 2_000);
    expect(nextStep(mute)).toEqual({ do: "LEAVE_OPEN", provider: "midtrans" });
    const silent = QUERY_AFTER_MS.reduce((state) => record(state, { kind: "UNKNOWN" }, 1), unknown);
    expect(nextStep(silent)).toEqual({ do: "LEAVE_OPEN", provider: "midtrans" });
  });

  it("gives up when everybody has refused", () => {
    const second = record(record(sent, { kind: "REFUSED" }, 1), { kind: "SENT", provider: "xendit" }, 2);
    expect(nextStep(record(second, { kind: "REFUSED" }, 3))).toEqual({ do: "GIVE_UP" });
  });

  it("refuses to try a provider out of turn", () => {
    expect(() => record(unknown, { kind: "SENT", provider: "xendit" }, 1)).toThrow(RangeError);
  });

  /** A provider as it may be: the request may arrive late or never, the answer may get lost, questions may fail. */
  const fate = fc.record({
    create: fc.constantFrom("CREATED", "REFUSED", "LOST", "LATE"),
    arrivesAfterMs: fc.integer({ min: 0, max: SETTLED_AFTER_MS - 1 }),
    queryFails: fc.array(fc.boolean(), { minLength: QUERY_AFTER_MS.length, maxLength: QUERY_AFTER_MS.length }),
    becomes: fc.constantFrom<PaymentStatus>("pending", "paid", "failed", "expired"),
    mute: fc.boolean(),
    crashes: fc.boolean(),
  });
  const fates = fc.record({ midtrans: fate, xendit: fate, razorpay: fate, cashfree: fate });

  it("never leaves two live payments behind, whatever the providers do", () => {
    fc.assert(
      fc.property(fates, fc.shuffledSubarray([...PROVIDERS], { minLength: 1 }), (world, candidates) => {
        const live = new Map<ProviderName, number>();
        let failover: Failover = { candidates, attempts: [] };
        let nowMs = 0;
        for (let count = 0; count < 60; count++) {
          const step = nextStep(failover);
          if (step.do !== "CREATE" && step.do !== "QUERY") break;
          const { create, arrivesAfterMs, queryFails, becomes, mute, crashes } = world[step.provider];
          if (step.do === "CREATE") {
            failover = record(failover, { kind: "SENT", provider: step.provider }, nowMs);
            if (create === "CREATED") live.set(step.provider, nowMs);
            if (create === "LATE") live.set(step.provider, nowMs + arrivesAfterMs);
            const kind = create === "CREATED" || create === "REFUSED" ? create : "UNKNOWN";
            if (!crashes) failover = record(failover, { kind }, nowMs);
          } else {
            nowMs = Math.max(nowMs, step.atMs);
            const queries = failover.attempts.at(-1)?.queries ?? 0;
            const there = (live.get(step.provider) ?? Number.POSITIVE_INFINITY) <= nowMs;
            const answer = mute
              ? { outcome: "CANNOT_TELL" as const }
              : there
                ? found(becomes)
                : { outcome: "ABSENT" as const };
            const report =
              queryFails[queries] === true ? { kind: "UNKNOWN" as const } : { kind: "ANSWERED" as const, answer };
            failover = record(failover, report, nowMs);
            if (there && !mute && queryFails[queries] !== true && (becomes === "failed" || becomes === "expired"))
              live.delete(step.provider);
          }
          expect(live.size).toBeLessThanOrEqual(1);
        }
        expect(["USE", "LEAVE_OPEN", "GIVE_UP"]).toContain(nextStep(failover).do);
      }),
      { numRuns: 3000 },
    );
  });
});
