import { describe, expect, it } from "vitest";
import { ACHIEVEMENTS } from "./achievement.catalogue.js";
import { METRICS, progressOf, readCatalogue } from "./achievement.rules.js";

const words = { id: "Nama", en: "Name" };
const tier = { tier: "GOLD", criteria: { metric: "XP", atLeast: 10 } };
const valid = { code: "CODE", name: words, description: words, tiers: [tier] };
const metrics = { XP: 5, TRYOUTS: 10, PRACTICES: 0, LONGEST_STREAK: 3, CHALLENGES_WON: 0 };

describe("000-33: achievements", () => {
  it.each([
    ["an unknown metric", [{ ...valid, tiers: [{ tier: "GOLD", criteria: { metric: "MONEY", atLeast: 1 } }] }]],
    ["nothing to reach", [{ ...valid, tiers: [{ tier: "GOLD", criteria: { metric: "XP", atLeast: 0 } }] }]],
    [
      "an operator that is not in the language",
      [{ ...valid, tiers: [{ tier: "GOLD", criteria: { not: tier.criteria } }] }],
    ],
    ["no words in a language", [{ ...valid, name: { id: "Nama" } }]],
    ["no tier", [{ ...valid, tiers: [] }]],
    ["a tier twice", [{ ...valid, tiers: [tier, tier] }]],
    ["a code twice", [valid, valid]],
  ])("are refused when they are read, with %s", (_what, catalogue) => {
    expect(() => readCatalogue(catalogue)).toThrow(/^Achievement/);
  });

  it("are all reachable, and in both languages", () => {
    const everything = Object.fromEntries(METRICS.map((metric) => [metric, 1e6]));
    for (const { tiers } of readCatalogue([valid, ...ACHIEVEMENTS]))
      for (const { criteria } of tiers) expect(progressOf(criteria, { ...metrics, ...everything })).toBe(1);
  });

  it("show progress: of all the least, of any the most", () => {
    const [half, whole] = [
      { metric: "XP", atLeast: 10 },
      { metric: "TRYOUTS", atLeast: 5 },
    ] as const;
    expect(progressOf(half, metrics)).toBe(0.5);
    expect(progressOf({ all: [half, whole] }, metrics)).toBe(0.5);
    expect(progressOf({ any: [half, whole] }, metrics)).toBe(1);
  });
});
