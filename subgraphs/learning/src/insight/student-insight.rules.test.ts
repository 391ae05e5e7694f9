import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MarkedAnswer, RecommendationRule, topicMasteries, weakTopics } from "./mastery.rules.js";
import { compare } from "./peer.rules.js";
import { bestHourOf, habitsOf } from "./time.rules.js";
import { changeOf, combine, fitTrend } from "./trend.rules.js";

const DAY_MS = 86_400_000;
const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1) + n * DAY_MS);
const answer = (parts: Partial<MarkedAnswer> = {}): MarkedAnswer => ({
  discrimination: 1,
  difficulty: 0,
  guessing: 0,
  subtest: "PU",
  topic: "Logika",
  isRight: true,
  answeredAt: day(0),
  elapsedMs: 60_000,
  ability: 0,
  groupMs: 60_000,
  ...parts,
});
const times = <T>(n: number, make: (index: number) => T): T[] => Array.from({ length: n }, (_, index) => make(index));

describe("a trend", () => {
  it("000-41: of exact points is their line, and its error is that of the measurements", () => {
    const trend = fitTrend([0, 10, 20].map((n) => ({ at: day(n), scaled: 500 + n, standardError: 30 })))!;
    expect(trend.pointsPer30Days).toBeCloseTo(30);
    // Var(slope) = SE² / Σ(t − t̄)² = 900 / 200
    expect(trend.standardError).toBeCloseTo(30 * Math.sqrt(900 / 200));
    expect(trend.bands.map(({ fitted }) => Math.round(fitted))).toEqual([500, 510, 520]);
    // at the middle the line is as sure as the mean of three
    expect(trend.bands[1]!.high - 510).toBeCloseTo(1.96 * (30 / Math.sqrt(3)));
  });

  it("000-41: has a band around its line, narrowest in the middle, whatever the scores", () => {
    const score = fc.record({ n: fc.integer({ min: 0, max: 300 }), scaled: fc.integer({ min: 200, max: 1000 }) });
    fc.assert(
      fc.property(fc.uniqueArray(score, { minLength: 3, maxLength: 12, selector: ({ n }) => n }), (scores) => {
        const sorted = scores.toSorted((one, other) => one.n - other.n);
        const trend = fitTrend(sorted.map(({ n, scaled }) => ({ at: day(n), scaled, standardError: 40 })))!;
        const widths = trend.bands.map(({ low, high }) => high - low);
        for (const [index, { fitted, low, high }] of trend.bands.entries()) {
          expect(low).toBeLessThan(fitted);
          expect(high).toBeGreaterThan(fitted);
          expect(widths[index]!).toBeLessThanOrEqual(Math.max(widths[0]!, widths.at(-1)!) + 1e-9);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("000-41: needs three scores at more than one time", () => {
    const at = (n: number) => ({ at: day(n), scaled: 500, standardError: 30 });
    expect(fitTrend([at(0), at(1)])).toBeNull();
    expect(fitTrend([at(0), at(0), at(0)])).toBeNull();
  });
});

it("000-41: a change within 1.96 standard errors of the difference is not yet distinguishable", () => {
  const score = (scaled: number) => ({ scaled, standardError: 30 });
  expect(changeOf(score(500), score(583))).toMatchObject({ difference: 83, isDistinguishable: false });
  expect(changeOf(score(500), score(584))).toMatchObject({ difference: 84, isDistinguishable: true });
  expect(changeOf(score(584), score(500))).toMatchObject({ difference: -84, isDistinguishable: true });
});

it("000-41: what is combined is surer than its parts and lies among them", () => {
  const both = combine([
    { scaled: 500, standardError: 30 },
    { scaled: 600, standardError: 40 },
  ]);
  expect(both.scaled).toBeCloseTo((500 / 900 + 600 / 1600) / (1 / 900 + 1 / 1600));
  expect(both.standardError).toBeCloseTo(24);
});

describe("mastery of a topic", () => {
  it("000-41: is drawn towards what the ability lets expect, by four answers", () => {
    const [topic] = topicMasteries(times(6, (index) => answer({ isRight: index < 3 })));
    expect(topic).toMatchObject({ answered: 6, correct: 3, expected: 0.5, mastery: 0.5, deviation: 0 });
    const [lucky] = topicMasteries([answer(), answer()]);
    expect(lucky!.mastery).toBeCloseTo(4 / 6);
  });

  it("000-41: stays a share within its interval, and rises with every right answer", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.nat(39),
        fc.double({ min: -4, max: 4, noNaN: true }),
        (n, k, ability) => {
          const of = (right: number) =>
            topicMasteries(times(n, (index) => answer({ isRight: index < right, ability })))[0]!;
          const [one, more] = [of(Math.min(k, n - 1)), of(Math.min(k, n - 1) + 1)];
          expect(one.low).toBeGreaterThanOrEqual(0);
          expect(one.high).toBeLessThanOrEqual(1);
          expect(one.low).toBeLessThanOrEqual(one.mastery);
          expect(one.high).toBeGreaterThanOrEqual(one.mastery);
          expect(more.mastery).toBeGreaterThan(one.mastery);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("a recommendation", () => {
  const topic = (name: string, parts: (index: number) => Partial<MarkedAnswer>) =>
    times(10, (index) => answer({ topic: name, ...parts(index) }));

  it("000-41: names the weightiest rule that fired and the number that made it", () => {
    const weak = weakTopics(
      topicMasteries([
        ...topic("sure", () => ({})),
        ...topic("below", (index) => ({ isRight: index < 2, ability: 1 })),
        ...topic("rushed", (index) => ({ isRight: index >= 4, elapsedMs: index < 4 ? 10_000 : 60_000 })),
        ...topic("slow", (index) => ({ isRight: index < 6, elapsedMs: 120_000 })),
        ...topic("low", (index) => ({ isRight: index < 1, ability: -2 })),
      ]),
    );
    expect(weak.map(({ topic: { topic: name }, rule }) => [name, rule])).toEqual([
      ["below", RecommendationRule.BELOW_OWN_LEVEL],
      ["low", RecommendationRule.LOW_MASTERY],
      ["rushed", RecommendationRule.RUSHED],
      ["slow", RecommendationRule.SLOW],
    ]);
    expect(weak[2]!.evidence).toEqual({ name: "rushedShare", value: 0.4, threshold: 0.3 });
    expect(weak[3]!.evidence).toEqual({ name: "paceRatio", value: 2, threshold: 1.5 });
  });

  it("000-41: is not made of four answers", () => {
    expect(weakTopics(topicMasteries(times(4, () => answer({ isRight: false, ability: 2 }))))).toEqual([]);
  });
});

describe("habits", () => {
  it("C-21: belong to the days and hours of the learner's zone", () => {
    const study = (iso: string, minutes: number) => ({
      from: new Date(iso),
      to: new Date(new Date(iso).getTime() + minutes * 60_000),
    });
    const studies = [study("2026-03-01T16:30:00Z", 30), study("2026-03-01T17:30:00Z", 60)];
    const jakarta = habitsOf(studies, "Asia/Jakarta");
    expect(jakarta).toMatchObject({ minutes: 90, activeDays: 2, sessionCount: 2 });
    expect(jakarta.minutesByHour[23]).toBe(30);
    expect(jakarta.minutesByHour[0]).toBe(60);
    const kolkata = habitsOf(studies, "Asia/Kolkata");
    expect(kolkata).toMatchObject({ activeDays: 1 });
    expect(kolkata.minutesByHour[22]).toBe(30);
    expect(kolkata.minutesByHour[23]).toBe(60);
  });

  it("000-41: have a best hour by what is above expectation, in the learner's zone, from 20 answers on", () => {
    const at = (hour: number) => new Date(Date.UTC(2026, 2, 1, hour));
    const easyMorning = times(40, () => answer({ answeredAt: at(1), difficulty: -3, isRight: true }));
    const hardEvening = times(40, (index) => answer({ answeredAt: at(12), difficulty: 1, isRight: index < 24 }));
    const few = times(19, () => answer({ answeredAt: at(5), difficulty: 3 }));
    expect(bestHourOf([...easyMorning, ...hardEvening, ...few], "Asia/Jakarta")).toMatchObject({
      hour: 19,
      answered: 40,
      isDistinguishable: true,
    });
    expect(bestHourOf(few, "Asia/Jakarta")).toBeNull();
  });
});

describe("a comparison with peers", () => {
  it("000-42: tells nothing of 5, and the mid-rank percentile of 6", () => {
    const group = (...scores: number[]) => scores.map((score) => ({ score, count: 1 }));
    expect(compare(500, group(500, 400, 410, 420, 430))).toEqual({
      groupSize: null,
      percentile: null,
      groupAverage: null,
    });
    const six = compare(500, group(500, 400, 410, 420, 430, 600));
    expect(six).toMatchObject({ groupSize: 6, groupAverage: 460 });
    expect(six.percentile).toBeCloseTo((100 * 4.5) / 6);
  });
});
