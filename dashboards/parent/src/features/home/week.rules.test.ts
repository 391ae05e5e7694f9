import { describe, expect, it } from "vitest";
import { extremes, weekFacts, type WeekAttempt } from "./week.rules.js";

const wednesday = new Date(2026, 4, 13, 10, 0);
const at = (year: number, month: number, day: number, hour = 12) => new Date(year, month - 1, day, hour);

function attempt(submittedAt: Date | undefined, scaled?: number, standardError = 10): WeekAttempt {
  return { submittedAt, score: scaled === undefined ? undefined : { scaled, standardError }, subtests: [] };
}

describe("weekFacts", () => {
  it("starts the week on Monday at midnight", () => {
    const sundayNight = at(2026, 5, 10, 23);
    const mondayMidnight = at(2026, 5, 11, 0);
    const facts = weekFacts([attempt(mondayMidnight), attempt(sundayNight)], wednesday);
    expect(facts).toMatchObject({ finished: 1, finishedLastWeek: 1 });
  });

  it("does not count what still runs or is older than a week", () => {
    const facts = weekFacts([attempt(undefined), attempt(at(2026, 5, 3))], wednesday);
    expect(facts).toMatchObject({ finished: 0, finishedLastWeek: 0 });
  });

  it("calls a difference steady while chance explains it", () => {
    // Two errors of 10 give a difference's error of 14.1 points: 27 lies within 1.96 of them, 28 beyond.
    const change = (now: number) => weekFacts([attempt(wednesday, now), attempt(wednesday, 500)], wednesday).change;
    expect(change(527)).toEqual({ kind: "steady", points: 27 });
    expect(change(528)).toEqual({ kind: "up", points: 28 });
    expect(change(472)).toEqual({ kind: "down", points: -28 });
  });

  it("compares the two latest attempts that have a score", () => {
    const facts = weekFacts([attempt(wednesday), attempt(wednesday, 600, 1), attempt(wednesday, 500, 1)], wednesday);
    expect(facts.change).toEqual({ kind: "up", points: 100 });
  });

  it("says when there is nothing to compare", () => {
    expect(weekFacts([], wednesday).change).toEqual({ kind: "none" });
    expect(weekFacts([attempt(wednesday, 512)], wednesday).change).toEqual({ kind: "first", score: 512 });
  });
});

describe("extremes", () => {
  it("finds the strongest and the weakest, and nothing in a single result", () => {
    const results = [520, 610, 480].map((scaled) => ({ scaled }));
    expect(extremes(results)).toEqual({ strongest: { scaled: 610 }, weakest: { scaled: 480 } });
    expect(extremes(results.slice(0, 1))).toBeUndefined();
  });
});
