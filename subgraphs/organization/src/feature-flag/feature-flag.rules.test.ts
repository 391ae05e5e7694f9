import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketOf } from "./bucket.js";
import { type FlagFacts, type FlagSubject, isOn, variantOf } from "./feature-flag.rules.js";

const flag = (over: Partial<FlagFacts> = {}): FlagFacts => ({
  key: "new-home",
  isEnabled: true,
  rolloutPercent: 100,
  bucketing: "USER",
  roles: [],
  plans: [],
  organizationIds: [],
  variants: [],
  ...over,
});
const subject = (over: Partial<FlagSubject> = {}): FlagSubject => ({
  userId: randomUUID(),
  organizationId: null,
  role: "STUDENT",
  plan: null,
  ...over,
});
const key = fc.stringMatching(/^[a-z][a-z0-9-]{1,20}$/);
const percent = fc.integer({ min: 0, max: 100 });

/** 20,000 people: the standard deviation of a share is at most 0.36 points, so 1.8 points are five of them. */
const PEOPLE = Array.from({ length: 20_000 }, (_, index) => subject({ userId: `person-${index}` }));
const TOLERANCE = 0.018;
const share = (of: (person: FlagSubject) => boolean): number => PEOPLE.filter(of).length / PEOPLE.length;

describe("001-50: gradual rollout", () => {
  it("reaches the share that was asked for, whatever the flag is called", () => {
    fc.assert(
      fc.property(key, percent, (key, rolloutPercent) => {
        const reached = share((person) => isOn(flag({ key, rolloutPercent }), person));
        expect(Math.abs(reached - rolloutPercent / 100)).toBeLessThan(TOLERANCE);
      }),
      { numRuns: 30 },
    );
  });

  it("takes the feature from nobody when the percentage grows", () => {
    fc.assert(
      fc.property(key, percent, percent, fc.uuid(), (key, a, b, userId) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const before = isOn(flag({ key, rolloutPercent: low }), subject({ userId }));
        const after = isOn(flag({ key, rolloutPercent: high }), subject({ userId }));
        expect(before && !after).toBe(false);
      }),
    );
  });

  it("is nobody at 0 and everybody at 100", () => {
    fc.assert(
      fc.property(key, fc.uuid(), (key, userId) => {
        expect(isOn(flag({ key, rolloutPercent: 0 }), subject({ userId }))).toBe(false);
        expect(isOn(flag({ key, rolloutPercent: 100 }), subject({ userId }))).toBe(true);
      }),
    );
  });

  it("chooses other people for another flag", () => {
    const both = share((person) => ["one", "two"].every((key) => isOn(flag({ key, rolloutPercent: 50 }), person)));
    expect(Math.abs(both - 0.25)).toBeLessThan(TOLERANCE);
  });

  it("by organization gives all of its people the same answer, and nobody without one the feature", () => {
    fc.assert(
      fc.property(fc.uuid(), percent, (organizationId, rolloutPercent) => {
        const rollout = flag({ bucketing: "ORGANIZATION", rolloutPercent });
        const answers = PEOPLE.slice(0, 20).map((person) => isOn(rollout, { ...person, organizationId }));
        expect(new Set(answers).size).toBe(1);
        expect(isOn(rollout, subject())).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  it("places SHA-256 of flag and subject in 10,000 buckets", () => {
    // printf 'new-home:person-0' | sha256sum, the first 12 digits as a number, modulo 10,000
    expect(bucketOf("new-home", "person-0")).toBe(4181);
  });
});

describe("001-50: targeting", () => {
  it("wants every list that is not empty to name the subject", () => {
    const organizationId = randomUUID();
    const targeted = flag({ roles: ["TEACHER"], plans: ["PREMIUM"], organizationIds: [organizationId] });
    const fits = subject({ role: "TEACHER", plan: "PREMIUM", organizationId });
    expect(isOn(targeted, fits)).toBe(true);
    expect(isOn(targeted, { ...fits, role: "STUDENT" })).toBe(false);
    expect(isOn(targeted, { ...fits, role: null })).toBe(false);
    expect(isOn(targeted, { ...fits, plan: "BASIC" })).toBe(false);
    expect(isOn(targeted, { ...fits, organizationId: randomUUID() })).toBe(false);
  });

  it("has a kill switch that beats everything", () => {
    expect(share((person) => isOn(flag({ isEnabled: false }), person))).toBe(0);
  });
});

describe("001-50: A/B variants", () => {
  const variants = [
    { name: "a", weight: 1 },
    { name: "b", weight: 3 },
  ];

  it("are shared out by weight, independently of who has the feature", () => {
    const withB = (people: readonly FlagSubject[], over: Partial<FlagFacts>): number =>
      people.filter((person) => variantOf(flag({ variants, ...over }), person) === "b").length / people.length;
    expect(Math.abs(withB(PEOPLE, {}) - 0.75)).toBeLessThan(TOLERANCE);
    const early = PEOPLE.filter((person) => isOn(flag({ rolloutPercent: 25 }), person));
    expect(Math.abs(withB(early, {}) - 0.75)).toBeLessThan(2 * TOLERANCE);
  });

  it("stay the same for a person at every percentage, and are none without an experiment", () => {
    fc.assert(
      fc.property(fc.uuid(), percent, (userId, rolloutPercent) => {
        const person = subject({ userId });
        expect(variantOf(flag({ variants, rolloutPercent }), person)).toBe(variantOf(flag({ variants }), person));
        expect(variantOf(flag(), person)).toBeNull();
      }),
    );
  });
});
