import { describe, expect, it } from "vitest";
import { generalKnowledgeItems } from "./general-knowledge.js";
import type { BankItem } from "./item.js";
import { literacyEnglishItems } from "./literacy-english.js";
import { literacyIndonesianItems } from "./literacy-indonesian.js";
import { readingWritingItems } from "./reading-writing.js";
import { passage } from "./written-item.js";

const FILES = [
  { subtest: "PPU", language: "id", build: generalKnowledgeItems, minimum: 42, passages: 6, words: null },
  { subtest: "PBM", language: "id", build: readingWritingItems, minimum: 42, passages: 7, words: null },
  { subtest: "LBI", language: "id", build: literacyIndonesianItems, minimum: 62, passages: 11, words: [120, 220] },
  { subtest: "LBE", language: "en", build: literacyEnglishItems, minimum: 42, passages: 8, words: [120, 200] },
] as const;

const LEVELS = ["REMEMBER", "UNDERSTAND", "APPLY", "ANALYZE", "EVALUATE", "CREATE"];

function keyText(item: BankItem): string {
  return item.options.find((option) => option.key === item.correct)?.text ?? "";
}

function countBy<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardDeviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

describe.each(FILES)("$subtest bank", ({ subtest, language, build, minimum, passages, words }) => {
  const items = build();

  it("has enough items and numbers them consecutively", () => {
    expect(items.length).toBeGreaterThanOrEqual(minimum);
    expect(items.map((item) => item.code)).toEqual(
      items.map((_, index) => `${subtest}-${String(index + 1).padStart(4, "0")}`),
    );
    for (const item of items) {
      expect(item.subtest).toBe(subtest);
      expect(item.language).toBe(language);
    }
  });

  it("gives every item five distinct options with the key among them", () => {
    for (const item of items) {
      expect(
        item.options.map((option) => option.key),
        item.code,
      ).toEqual(["A", "B", "C", "D", "E"]);
      const texts = item.options.map((option) => option.text.trim().toLowerCase());
      expect(new Set(texts).size, item.code).toBe(5);
      expect(
        texts.every((text) => text.length > 0),
        item.code,
      ).toBe(true);
      expect(keyText(item), item.code).not.toBe("");
    }
  });

  it("gives every item a stem, an explanation, a topic path and a known level", () => {
    for (const item of items) {
      expect(item.stem.length, item.code).toBeGreaterThan(15);
      expect(item.explanation.length, item.code).toBeGreaterThan(20);
      expect(item.topic, item.code).toMatch(/^[^/]+\/[^/]+$/u);
      expect(LEVELS, item.code).toContain(item.cognitiveLevel);
      // The texts are shown as plain text, so no markup may leak into them.
      const shown = [item.stem, item.explanation, ...item.options.map((option) => option.text)];
      expect(shown.join("\n"), item.code).not.toMatch(/\*|_{2,}|<\w/u);
    }
  });

  it("does not repeat a stem for the same passage", () => {
    const stems = items.map((item) => `${item.passage?.code ?? "-"}\n${item.stem}`);
    expect(new Set(stems).size).toBe(items.length);
  });

  it("keeps the 3PL parameters within their ranges", () => {
    for (const item of items) {
      const { discrimination, difficulty, guessing } = item.parameters;
      expect(discrimination, item.code).toBeGreaterThanOrEqual(0.7);
      expect(discrimination, item.code).toBeLessThanOrEqual(1.5);
      expect(Math.abs(difficulty), item.code).toBeLessThanOrEqual(2.5);
      expect(guessing, item.code).toBeGreaterThanOrEqual(0.15);
      expect(guessing, item.code).toBeLessThanOrEqual(0.22);
    }
    const difficulties = items.map((item) => item.parameters.difficulty);
    expect(Math.abs(mean(difficulties))).toBeLessThan(0.25);
    expect(standardDeviation(difficulties)).toBeGreaterThan(0.7);
    expect(standardDeviation(difficulties)).toBeLessThan(1.2);
    expect(Math.abs(mean(items.map((item) => item.parameters.discrimination)) - 1.1)).toBeLessThan(0.1);
  });

  it("spreads the keys evenly over A to E", () => {
    const counts = countBy(items.map((item) => item.correct));
    expect(counts.size).toBe(5);
    for (const [key, count] of counts) {
      expect(count / items.length, key).toBeLessThanOrEqual(0.3);
      expect(count / items.length, key).toBeGreaterThanOrEqual(0.1);
    }
  });

  it("does not give the key away by its length", () => {
    const rank = { longest: 0, shortest: 0 };
    for (const item of items) {
      const others = item.options.filter((option) => option.key !== item.correct).map((option) => option.text.length);
      const length = keyText(item).length;
      rank.longest += length > Math.max(...others) ? 1 : 0;
      rank.shortest += length < Math.min(...others) ? 1 : 0;
    }
    expect(rank.longest / items.length).toBeLessThan(0.35);
    expect(rank.shortest / items.length).toBeLessThan(0.35);
  });

  it("uses every passage for at least three items and shares one object per code", () => {
    const used = items.flatMap((item) => (item.passage === undefined ? [] : [item.passage]));
    const counts = countBy(used);
    expect(counts.size).toBeGreaterThanOrEqual(passages);
    expect(new Set([...counts.keys()].map((text) => text.code)).size).toBe(counts.size);
    for (const [text, count] of counts) {
      expect(count, text.code).toBeGreaterThanOrEqual(3);
      expect(text.code).toMatch(new RegExp(`^${subtest}-T\\d{2}$`, "u"));
      expect(text.text, text.code).not.toMatch(/ {2}|^\s|\s$/u);
    }
  });

  it("keeps the passages within the intended length", () => {
    if (words === null) return;
    for (const text of new Set(items.map((item) => item.passage))) {
      if (text === undefined) continue;
      const length = text.text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
      expect(length, text.code).toBeGreaterThanOrEqual(words[0]);
      expect(length, text.code).toBeLessThanOrEqual(words[1]);
    }
  });

  it("quotes only words and sentence numbers that occur in the passage", () => {
    for (const item of items) {
      if (item.passage === undefined) continue;
      for (const match of item.stem.matchAll(/\((\d)\)/gu)) {
        expect(item.passage.text, item.code).toContain(match[0]);
      }
      const quoted = /(?:kata|kalimat|frasa|the word|the phrase) “([^”…]+)”/iu.exec(item.stem)?.[1];
      if (quoted === undefined || item.topic.includes("Penyisipan")) continue;
      expect(item.passage.text.toLowerCase(), item.code).toContain(quoted.toLowerCase());
    }
  });

  it("is deterministic", () => {
    expect(build()).toEqual(items);
  });
});

describe("all written banks", () => {
  it("never reuse a code", () => {
    const codes = FILES.flatMap(({ build }) => build().map((item) => item.code));
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe("passage", () => {
  it("folds source lines into paragraphs but keeps table rows and list entries apart", () => {
    const text = passage(
      "X-T01",
      "Judul",
      "Satu\n  dua.\n\n  | a | b |\n  | 1 | 2 |\n\n  Daftar:\n  - p\n  q\n  - r",
    ).text;
    expect(text).toBe("Satu dua.\n\n| a | b |\n| 1 | 2 |\n\nDaftar:\n- p q\n- r");
  });
});
