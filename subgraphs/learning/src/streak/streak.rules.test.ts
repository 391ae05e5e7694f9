import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAXIMUM_FREEZES, type Study, afterStudy, endOfDay, localDay, streakAt, streakOf } from "./streak.rules.js";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const JAKARTA = "Asia/Jakarta";
const zones = fc.constantFrom(
  JAKARTA,
  "Asia/Jayapura",
  "Asia/Kolkata",
  "Pacific/Kiritimati",
  "Etc/GMT+12",
  "America/New_York",
  "Europe/London",
  "Pacific/Auckland",
);
/** Hours between one study and the next, and where. */
const journey = (maximumHours: number) =>
  fc.array(fc.record({ minutes: fc.integer({ min: 1, max: maximumHours * 60 }), zone: zones }), {
    minLength: 1,
    maxLength: 40,
  });
const travelled = (steps: readonly { minutes: number; zone: string }[]): Study[] => {
  let at = Date.parse("2026-03-01T00:00:00Z");
  return steps.map(({ minutes, zone }) => ({ at: new Date((at += minutes * 60_000)), zone }));
};
const inJakarta = (...times: string[]): Study[] =>
  times.map((time) => ({ at: new Date(`${time}+07:00`), zone: JAKARTA }));

describe("000-13, 000-33: streaks", () => {
  it("C-21: count days from midnight to midnight where the learner lives", () => {
    expect(streakOf(inJakarta("2026-03-01T23:59", "2026-03-02T00:01")).streak).toBe(2);
    expect(streakOf(inJakarta("2026-03-01T00:01", "2026-03-01T23:59")).streak).toBe(1);
    expect(localDay(new Date("2026-03-01T17:30:00Z"), JAKARTA)).toBe("2026-03-02");
    expect(endOfDay("2026-03-02", JAKARTA)).toEqual(new Date("2026-03-02T17:00:00Z"));
    expect(endOfDay("2026-03-08", "America/New_York")).toEqual(new Date("2026-03-09T04:00:00Z"));
  });

  it("earn a freeze every seven days, hold two, and use them for missed days only when there are enough", () => {
    const days = (count: number, from = 1): Study[] =>
      Array.from({ length: count }, (_, index) => ({
        at: new Date(Date.parse("2026-03-01T05:00:00Z") + (from - 1 + index) * DAY_MS),
        zone: JAKARTA,
      }));
    expect(streakOf(days(6)).freezes).toBe(0);
    expect(streakOf(days(7)).freezes).toBe(1);
    expect(streakOf(days(30)).freezes).toBe(MAXIMUM_FREEZES);
    expect(streakOf([...days(7), ...days(1, 9)])).toMatchObject({ streak: 8, freezes: 0 });
    expect(streakOf([...days(7), ...days(1, 10)])).toMatchObject({ streak: 1, longest: 7, freezes: 1 });
    expect(streakOf([...days(14), ...days(1, 17)])).toMatchObject({ streak: 15, freezes: 0 });
  });

  it("end for the reader as soon as they cannot be saved any more", () => {
    const state = streakOf(inJakarta("2026-03-01T12:00", "2026-03-02T12:00"));
    const seen = (time: string): number => streakAt(state, { at: new Date(`${time}+07:00`), zone: JAKARTA });
    expect([seen("2026-03-02T23:00"), seen("2026-03-03T23:59"), seen("2026-03-04T00:01")]).toEqual([2, 2, 0]);
  });

  it("moving between zones never gains a day: as many as somebody who stays can have at most", () => {
    fc.assert(
      fc.property(journey(30), (steps) => {
        const studies = travelled(steps);
        const elapsedMs = studies.at(-1)!.at.getTime() - studies[0]!.at.getTime();
        const withoutFreezes = studies.reduce(
          (state, study) => ({ ...afterStudy(state, study), freezes: 0 }),
          streakOf([]),
        );
        expect(withoutFreezes.longest).toBeLessThanOrEqual(Math.floor(elapsedMs / DAY_MS) + 2);
      }),
      { numRuns: 200 },
    );
  });

  it("setting the clock around the world within an hour counts at most two days", () => {
    const at = Date.parse("2026-03-01T11:59:00Z");
    const around = ["Etc/GMT+12", "Asia/Kolkata", "Pacific/Kiritimati", "Etc/GMT+12", "Pacific/Kiritimati"];
    const studies = around.map((zone, index) => ({ at: new Date(at + index * 10 * 60_000), zone }));
    expect(streakOf(studies).streak).toBeLessThanOrEqual(2);
  });

  it("moving between zones never ends the streak of who studies within every 24 hours", () => {
    fc.assert(
      fc.property(journey(24), (steps) => {
        let state = streakOf([]);
        for (const study of travelled(steps)) {
          const next = { ...afterStudy(state, study), freezes: 0 };
          expect(next.streak).toBeGreaterThanOrEqual(state.streak);
          state = next;
        }
      }),
      { numRuns: 300 },
    );
  });

  it("staying in a zone, the streak is the run of calendar days", () => {
    fc.assert(
      fc.property(journey(60), fc.constantFrom(JAKARTA, "Asia/Kolkata", "Asia/Jayapura"), (steps, zone) => {
        const studies = travelled(steps).map(({ at }) => ({ at, zone }));
        const days = [...new Set(studies.map(({ at }) => Date.parse(localDay(at, zone)) / DAY_MS))];
        const run = days.reduce((length, day, index) => (day === (days[index - 1] ?? day) + 1 ? length + 1 : 1), 0);
        const state = studies.reduce((before, study) => ({ ...afterStudy(before, study), freezes: 0 }), streakOf([]));
        expect(state.streak).toBe(run);
      }),
      { numRuns: 200 },
    );
  });
});
