import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CLOCK_TOLERANCE_MS,
  FINISH_GRACE_MS,
  PACKAGE_LIFE_MS,
  type TimedSitting,
  clockOffset,
  correctTime,
  judgeSitting,
} from "./offline.rules.js";
import { byUrgency } from "./sync/sync.rules.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const issuedAt = new Date("2026-11-20T03:00:00Z");
const expiresAt = new Date(issuedAt.getTime() + PACKAGE_LIFE_MS);
const after = (ms: number): Date => new Date(issuedAt.getTime() + ms);

/** An honest sitting of 30 minutes that began an hour after the download and was delivered a day later. */
function honest(over: Partial<TimedSitting> = {}): TimedSitting {
  return {
    issuedAt,
    expiresAt,
    startedAt: after(HOUR),
    finishedAt: after(HOUR + 25 * MINUTE),
    elapsedMs: 25 * MINUTE,
    offsetAtIssueMs: 0,
    offsetAtSyncMs: 0,
    receivedAt: after(24 * HOUR),
    durationMs: 30 * MINUTE,
    closesAt: null,
    ...over,
  };
}

/** Honest sittings as they really happen: any wrong clock, any slow network, any time within the life of the package. */
const honestly = fc
  .record({
    wrongMs: fc.integer({ min: -3 * 365 * 24 * HOUR, max: 3 * 365 * 24 * HOUR }),
    latencyMs: fc.integer({ min: 0, max: 60_000 }),
    startMs: fc.integer({ min: 0, max: PACKAGE_LIFE_MS - HOUR }),
    elapsedMs: fc.integer({ min: 0, max: 30 * MINUTE }),
    waitMs: fc.integer({ min: 0, max: 30 * 24 * HOUR }),
  })
  .map(({ wrongMs, latencyMs, startMs, elapsedMs, waitMs }) => {
    const device = (ms: number): Date => after(ms + wrongMs);
    const receivedAt = after(startMs + elapsedMs + waitMs + latencyMs);
    return honest({
      startedAt: device(startMs),
      finishedAt: device(startMs + elapsedMs),
      elapsedMs,
      offsetAtIssueMs: -wrongMs,
      offsetAtSyncMs: clockOffset(device(startMs + elapsedMs + waitMs), receivedAt),
      receivedAt,
    });
  });

describe("C-02: judging a sitting by its time", () => {
  it("accepts every honest one, however wrong the device's clock is and however slow its network", () => {
    fc.assert(
      fc.property(honestly, (sitting) => {
        expect(judgeSitting(sitting)).toEqual({ verdict: "ACCEPTED", reasons: [] });
      }),
      { numRuns: 500 },
    );
  });

  it("never scores more time than the tryout allows, whatever the clocks say", () => {
    fc.assert(
      fc.property(honestly, fc.integer({ min: 1, max: 24 * HOUR }), (sitting, overMs) => {
        const elapsedMs = sitting.durationMs + FINISH_GRACE_MS + overMs;
        const { verdict, reasons } = judgeSitting({ ...sitting, elapsedMs });
        expect(verdict).toBe("REJECTED");
        expect(reasons).toContain("TIME_EXCEEDED");
      }),
      { numRuns: 300 },
    );
  });

  it("does not depend on what a constantly wrong clock shows", () => {
    fc.assert(
      fc.property(
        honestly,
        fc.integer({ min: -HOUR * 1e4, max: HOUR * 1e4 }),
        fc.nat(40 * MINUTE),
        (sitting, by, elapsedMs) => {
          const told = { ...sitting, elapsedMs };
          const shifted = {
            ...told,
            startedAt: new Date(told.startedAt.getTime() + by),
            finishedAt: new Date(told.finishedAt.getTime() + by),
            offsetAtIssueMs: told.offsetAtIssueMs - by,
            offsetAtSyncMs: told.offsetAtSyncMs - by,
          };
          expect(judgeSitting(shifted)).toEqual(judgeSitting(told));
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each<[string, Partial<TimedSitting>, string, string[]]>([
    [
      "just within the grace",
      { elapsedMs: 30 * MINUTE + FINISH_GRACE_MS, finishedAt: after(HOUR + 30.5 * MINUTE) },
      "ACCEPTED",
      [],
    ],
    [
      "just beyond it",
      { elapsedMs: 30 * MINUTE + FINISH_GRACE_MS + 1, finishedAt: after(HOUR + 30.5 * MINUTE) },
      "REJECTED",
      ["TIME_EXCEEDED"],
    ],
    [
      "more time than there was",
      { receivedAt: after(10 * MINUTE), startedAt: after(0), finishedAt: after(25 * MINUTE) },
      "REJECTED",
      ["IMPOSSIBLE_TIME"],
    ],
    [
      "begun before the download",
      { startedAt: after(-HOUR), finishedAt: after(-HOUR + 25 * MINUTE) },
      "REJECTED",
      ["OUTSIDE_PACKAGE"],
    ],
    [
      "ended after the package did",
      {
        startedAt: after(PACKAGE_LIFE_MS),
        finishedAt: after(PACKAGE_LIFE_MS + 25 * MINUTE),
        receivedAt: after(PACKAGE_LIFE_MS + HOUR),
      },
      "REJECTED",
      ["OUTSIDE_PACKAGE"],
    ],
    ["ended after the tryout closed", { closesAt: after(HOUR) }, "REJECTED", ["AFTER_CLOSE", "DELIVERED_AFTER_CLOSE"]],
    ["delivered after it closed", { closesAt: after(2 * HOUR) }, "FLAGGED", ["DELIVERED_AFTER_CLOSE"]],
    ["on a clock that was set meanwhile", { offsetAtIssueMs: CLOCK_TOLERANCE_MS + 1 }, "FLAGGED", ["CLOCK_CHANGED"]],
    ["on a device that slept, or was set", { finishedAt: after(HOUR + 28 * MINUTE) }, "FLAGGED", ["CLOCKS_DISAGREE"]],
  ])("%s", (_name, over, verdict, reasons) => {
    expect(judgeSitting(honest(over))).toEqual({ verdict, reasons });
  });
});

describe("C-02: correcting a time by the offset of the clocks", () => {
  it("never leaves the time that is possible, and moves nothing by more than the tolerance", () => {
    const ms = fc.integer({ min: -10 * 24 * HOUR, max: 20 * 24 * HOUR });
    fc.assert(
      fc.property(ms, ms, fc.integer({ min: 0, max: 20 * 24 * HOUR }), (deviceMs, offsetMs, receivedMs) => {
        const receivedAt = after(receivedMs);
        const corrected = correctTime(after(deviceMs), { issuedAt, expiresAt, offsetMs, receivedAt });
        const meant = deviceMs + offsetMs;
        const latest = Math.min(receivedMs, PACKAGE_LIFE_MS);
        const isPossible = meant >= -CLOCK_TOLERANCE_MS && meant <= latest + CLOCK_TOLERANCE_MS;
        const got = corrected === undefined ? undefined : corrected.getTime() - issuedAt.getTime();
        expect(got === undefined).toBe(!isPossible);
        expect(got === undefined || (got >= 0 && got <= latest)).toBe(true);
        expect(got === undefined || Math.abs(got - meant) <= CLOCK_TOLERANCE_MS).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("000-03: the order of work", () => {
  it("is by priority, then age, then id, whatever the order of arrival", () => {
    const item = fc.record({
      priority: fc.constantFrom("HIGH" as const, "MEDIUM" as const, "LOW" as const),
      createdAt: fc.nat(3).map((second) => new Date(second * 1000)),
      clientId: fc.uuid(),
    });
    const place = { HIGH: "0", MEDIUM: "1", LOW: "2" };
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), (items) => {
        const keys = items
          .toSorted(byUrgency)
          .map(({ priority, createdAt, clientId }) => `${place[priority]}${createdAt.toISOString()}${clientId}`);
        expect(keys).toEqual(keys.toSorted());
      }),
      { numRuns: 200 },
    );
  });
});
