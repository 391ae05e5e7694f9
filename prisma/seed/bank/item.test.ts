import { describe, expect, it } from "vitest";
import { buildBank, fixed, fractions, math, num, numeric, plus, rupiah, tex, verbal, type BankItem } from "./item.js";
import { mathematicsItems } from "./mathematics.js";
import { quantitativeItems } from "./quantitative.js";
import { reasoningItems } from "./reasoning.js";

describe("number formats", () => {
  it("writes numbers the Indonesian way", () => {
    expect(num(1234567.5)).toBe("1.234.567,5");
    expect(num(-1000)).toBe("-1.000");
    expect(num(0.25)).toBe("0,25");
    expect(num(1000.05)).toBe("1.000,05");
    expect(tex(2.5)).toBe("2{,}5");
    expect(math(-3)).toBe("$-3$");
    expect(rupiah(12500)).toBe("Rp12.500");
    expect(plus(-4)).toBe("- 4");
  });
});

describe("choices", () => {
  it("keeps only distractors that look like an answer", () => {
    const choices = numeric(10, num, {
      same: 10,
      half: 10.5,
      negative: -3,
      zero: 0,
      far: 500,
      good: 12,
      again: 12,
      nan: Number.NaN,
    });
    expect(choices).toMatchObject({ wrong: [{ value: 12, text: "12" }] });
  });

  it("reduces fractions and drops equal ones", () => {
    const choices = fractions([2, 4], { equal: [3, 6], other: [2, 6], impossible: [7, 6] });
    expect(choices).toMatchObject({ key: { text: "$\\frac{1}{2}$" }, wrong: [{ text: "$\\frac{1}{3}$" }] });
  });

  it("refuses a generator that never offers four distractors", () => {
    const make = () => ({
      topic: "t",
      stem: "s",
      explanation: "e",
      level: "APPLY" as const,
      choices: verbal("a", ["b", "c", "a", "b"]),
    });
    expect(() => buildBank("PU", [{ name: "poor", hardness: 0, variants: 1, make }])).toThrow(/poor/);
  });

  it("always offers the distractor named first", () => {
    const errors = { typical: 12, a: 9, b: 8, c: 7, d: 6 };
    const make = (_: unknown, i: number) => ({
      topic: "t",
      stem: `s${i}`,
      explanation: "e",
      level: "APPLY" as const,
      choices: numeric(10, num, errors),
    });
    for (const item of buildBank("PU", [{ name: "typical", hardness: 0, variants: 10, make }])) {
      expect(item.options.map(({ text }) => text)).toContain("12");
    }
  });

  it("leaves a fixed order as it is", () => {
    const texts = ["1", "2", "3", "4", "5"];
    const make = () => ({
      topic: "t",
      stem: "s",
      explanation: "e",
      level: "APPLY" as const,
      choices: fixed(texts, "4"),
    });
    const [item] = buildBank("PU", [{ name: "fixed", hardness: 0, variants: 1, make }]);
    expect(item?.options.map(({ text }) => text)).toEqual(texts);
    expect(item?.correct).toBe("D");
  });
});

const banks: readonly (readonly [code: string, make: () => BankItem[], least: number])[] = [
  ["PU", reasoningItems, 75],
  ["PK", quantitativeItems, 50],
  ["PM", mathematicsItems, 60],
];
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe.each(banks)("bank %s", (code, make, least) => {
  const items = make();

  it("is large enough and the same on every call", () => {
    expect(items.length).toBeGreaterThanOrEqual(least);
    expect(make()).toEqual(items);
  });

  it("has unique codes and stems", () => {
    expect(new Set(items.map((item) => item.code)).size).toBe(items.length);
    expect(new Set(items.map((item) => item.stem)).size).toBe(items.length);
    for (const item of items) expect(item.code).toMatch(new RegExp(`^${code}-\\d{4}$`));
  });

  it("offers five distinct options A to E and one key", () => {
    for (const item of items) {
      expect(item.options.map(({ key }) => key)).toEqual(["A", "B", "C", "D", "E"]);
      expect(new Set(item.options.map(({ text }) => text.trim().toLowerCase())).size, item.code).toBe(5);
      expect(item.options.filter(({ key }) => key === item.correct)).toHaveLength(1);
    }
  });

  it("spreads the keys about evenly", () => {
    for (const key of ["A", "B", "C", "D", "E"]) {
      const share = items.filter((item) => item.correct === key).length / items.length;
      expect(share, key).toBeGreaterThan(0.15);
      expect(share, key).toBeLessThan(0.25);
    }
  });

  it("assigns parameters in range, with difficulty about standard normal", () => {
    for (const { parameters: p } of items) {
      expect(p.discrimination).toBeGreaterThanOrEqual(0.6);
      expect(p.discrimination).toBeLessThanOrEqual(2.4);
      expect(Math.abs(p.difficulty)).toBeLessThanOrEqual(2.5);
      expect(p.guessing).toBeGreaterThanOrEqual(0.1);
      expect(p.guessing).toBeLessThanOrEqual(0.25);
    }
    const difficulty = items.map((item) => item.parameters.difficulty);
    const centre = mean(difficulty);
    expect(Math.abs(centre)).toBeLessThan(0.25);
    expect(Math.sqrt(mean(difficulty.map((b) => (b - centre) ** 2)))).toBeGreaterThan(0.8);
    expect(Math.sqrt(mean(difficulty.map((b) => (b - centre) ** 2)))).toBeLessThan(1.2);
  });

  it("is complete, in Indonesian, with balanced formulas and no broken values", () => {
    for (const item of items) {
      expect(item.subtest).toBe(code);
      expect(item.language).toBe("id");
      expect(item.topic).toMatch(/^[^/]+\/[^/]+$/);
      const texts = [item.stem, item.explanation, item.passage?.text ?? "", ...item.options.map(({ text }) => text)];
      for (const text of texts) {
        expect(text, item.code).not.toMatch(
          /undefined|NaN|Infinity|\[object|\+ -|- -|\+ 0\b|\d\.\d{1,2}(?!\d)(?!\s*:)(?=%| kg| GB)/,
        );
        expect((text.match(/\$/g) ?? []).length % 2, `${item.code}: ${text}`).toBe(0);
      }
      expect(item.explanation.length).toBeGreaterThan(10);
    }
  });

  it("shares one passage object among the items of a situation", () => {
    const byCode = new Map<string, BankItem["passage"]>();
    for (const { passage } of items) {
      if (!passage) continue;
      expect(byCode.get(passage.code) ?? passage).toBe(passage);
      byCode.set(passage.code, passage);
    }
  });
});
