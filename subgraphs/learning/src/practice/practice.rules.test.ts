import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Exposure,
  LEAST_ITEMS,
  type PoolItem,
  createPool,
  eligibility,
  estimateAfter,
  isPilotPosition,
  nextItem,
  stopReason,
} from "./practice.rules.js";

/** A small generator of random numbers that is the same everywhere (mulberry32). */
function uniformFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.trunc(state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const TOPICS = ["Aljabar", "Geometri", "Peluang", "Logika"];
function poolOf(size: number, random: () => number): PoolItem[] {
  return Array.from({ length: size }, (_, index) => ({
    id: `item ${index}`,
    topic: TOPICS[index % TOPICS.length]!,
    discrimination: 0.6 + 1.4 * random(),
    difficulty: -2.5 + 5 * random(),
    guessing: 0.2 * random(),
  }));
}
const NOBODY = { ineligible: new Set<string>() };

/** Gives a whole session to somebody of a known ability. */
function sit(
  pool: ReturnType<typeof createPool>,
  options: { trueAbility: number; length: number; ineligible?: Set<string>; random: () => number },
): PoolItem[] {
  const answers: { item: PoolItem; isRight: boolean }[] = [];
  const given = new Set<string>();
  while (answers.length < options.length) {
    const { ability } = estimateAfter(answers);
    const item = nextItem(pool, { ability, given, ineligible: options.ineligible ?? NOBODY.ineligible });
    if (item === null) break;
    given.add(item.id);
    const { discrimination: a, difficulty: b, guessing: c } = item;
    const probability = c + (1 - c) / (1 + Math.exp(-a * (options.trueAbility - b)));
    answers.push({ item, isRight: options.random() < probability });
  }
  return answers.map(({ item }) => item);
}

describe("000-33: adaptive practice", () => {
  it("gives no item in more than the cap's share of sessions, where without it one is in all of them", () => {
    const random = uniformFrom(7);
    const pool = createPool(poolOf(120, random));
    const [sessions, length, cap] = [2000, 8, 0.25];
    const simulate = (isCapped: boolean): number => {
      const exposures = new Map<string, Exposure>(pool.items.map(({ id }) => [id, { ineligible: 0, given: 0 }]));
      for (let session = 0; session < sessions; session++) {
        const ineligible = new Set(
          pool.items
            .filter(({ id }) => isCapped && random() >= eligibility(session, exposures.get(id)!, cap))
            .map(({ id }) => id),
        );
        const trueAbility = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
        const given = new Set(sit(pool, { trueAbility, length, ineligible, random }).map(({ id }) => id));
        for (const { id } of pool.items) {
          const before = exposures.get(id)!;
          exposures.set(id, {
            ineligible: before.ineligible + (ineligible.has(id) ? 1 : 0),
            given: before.given + (given.has(id) ? 1 : 0),
          });
        }
      }
      return Math.max(...[...exposures.values()].map(({ given }) => given)) / sessions;
    };
    expect(simulate(true)).toBeLessThanOrEqual(cap + 3 * Math.sqrt((cap * (1 - cap)) / 2000)); // what chance adds
    expect(simulate(false)).toBe(1);
  });

  it("keeps every topic within one item of its share, and gives no item twice", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 24 }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (seed, length, trueAbility) => {
          const random = uniformFrom(seed);
          const weights = new Map(TOPICS.map((topic) => [topic, 1 + Math.floor(3 * random())]));
          const pool = createPool(poolOf(120, random), (topic) => weights.get(topic)!);
          const items = sit(pool, { trueAbility, length, random });
          expect(new Set(items.map(({ id }) => id)).size).toBe(length);
          for (const [topic, share] of pool.shares) {
            const count = items.filter((item) => item.topic === topic).length;
            expect(Math.abs(count - share * length)).toBeLessThanOrEqual(1.5);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("stops at the length at the latest, and before when the estimate is precise or certain enough, never before 5 items", () => {
    fc.assert(
      fc.property(
        fc.record({
          maximumItems: fc.integer({ min: 5, max: 50 }),
          targetError: fc.option(fc.double({ min: 0.2, max: 0.6, noNaN: true })),
          cut: fc.option(fc.double({ min: -2, max: 2, noNaN: true })),
        }),
        fc.integer({ min: 0, max: 60 }),
        fc.record({
          ability: fc.double({ min: -4, max: 4, noNaN: true }),
          standardError: fc.double({ min: 0.1, max: 1, noNaN: true }),
        }),
        (rules, scored, estimate) => {
          const reason = stopReason(rules, scored, estimate);
          const isPrecise = rules.targetError !== null && estimate.standardError <= rules.targetError;
          const low = estimate.ability - 1.959964 * estimate.standardError;
          const high = estimate.ability + 1.959964 * estimate.standardError;
          const isClassified = rules.cut !== null && (rules.cut < low || rules.cut > high);
          const mustStop = scored >= rules.maximumItems || (scored >= LEAST_ITEMS && (isPrecise || isClassified));
          expect(reason !== null).toBe(mustStop);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("gives one pilot item in every five, not always at the same place", () => {
    const random = uniformFrom(3);
    const draws = Array.from({ length: 20 }, random);
    const places = Array.from({ length: 20 }, (_, block) =>
      [1, 2, 3, 4, 5].filter((place) => isPilotPosition(block * 5 + place, (of) => draws[of]!)),
    );
    expect(places.every((inBlock) => inBlock.length === 1)).toBe(true);
    expect(new Set(places.flat()).size).toBeGreaterThan(2);
  });

  it("goes on when every item is ineligible, and ends when every item was given", () => {
    const pool = createPool(poolOf(8, uniformFrom(1)));
    const all = new Set(pool.items.map(({ id }) => id));
    expect(nextItem(pool, { ability: 0, given: new Set(), ineligible: all })).not.toBeNull();
    expect(nextItem(pool, { ability: 0, given: all, ineligible: new Set() })).toBeNull();
  });
});
