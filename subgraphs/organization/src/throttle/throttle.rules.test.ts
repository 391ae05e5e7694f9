import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FORGIVEN_AFTER_MS, type ThrottleState, afterFailure, waitMs } from "./throttle.rules.js";

const START = new Date("2026-11-20T00:00:00.000Z");
const at = (ms: number): Date => new Date(START.getTime() + ms);

/** Fails `count` times, each as soon as it is allowed. */
function failing(count: number, free = 5): { state: ThrottleState | null; now: Date; waits: number[] } {
  let state: ThrottleState | null = null;
  let now = START;
  const waits: number[] = [];
  for (let index = 0; index < count; index += 1) {
    now = new Date(now.getTime() + waitMs(state, now));
    state = afterFailure(state, now, free);
    waits.push(waitMs(state, now));
  }
  return { state, now, waits };
}

describe("backing off (003-24)", () => {
  it("costs nothing four times, then 1 s, 2 s, 4 s, …, and never more than 15 min", () => {
    const { waits } = failing(17);
    expect(waits.slice(0, 9)).toEqual([0, 0, 0, 0, 1000, 2000, 4000, 8000, 16_000]);
    expect(waits.slice(-3)).toEqual([900_000, 900_000, 900_000]);
  });

  it("lets nobody try more than 120 times on a day, however they time it", () => {
    let state: ThrottleState | null = null;
    let now = START;
    let tries = 0;
    while (now < at(24 * 60 * 60 * 1000)) {
      state = afterFailure(state, now, 5);
      tries += 1;
      now = new Date(now.getTime() + Math.max(1, waitMs(state, now)));
    }
    expect(tries).toBeLessThan(120);
  });

  it("forgives after an hour without failure", () => {
    const { state, now } = failing(12);
    const later = new Date(now.getTime() + FORGIVEN_AFTER_MS);
    expect(afterFailure(state, later, 5)).toEqual({ failures: 1, lastFailedAt: later, blockedUntil: later });
    expect(afterFailure(state, new Date(later.getTime() - 1), 5).failures).toBe(13);
  });

  it("never shortens the wait by failing once more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (count, free) => {
        const { waits } = failing(count, free);
        expect(waits).toEqual(waits.toSorted((first, second) => first - second));
      }),
    );
  });
});
