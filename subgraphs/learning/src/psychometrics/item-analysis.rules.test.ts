import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { analyzeItems } from "./item-analysis.js";

const { datasets } = JSON.parse(readFileSync(new URL("fixtures/calibration-cases.json", import.meta.url), "utf8")) as {
  datasets: Record<
    string,
    {
      patterns: [string, number][];
      descriptive: Record<"alpha" | "biserial_total_incl" | "biserial_total_excl" | "pvalue", number[]>;
    }
  >;
};

describe("classical item analysis", () => {
  it.each(["LSAT6", "LSAT7"])("agrees with ltm on %s", (name) => {
    const { patterns, descriptive } = datasets[name]!;
    const papers = patterns.flatMap(([paper, count]) => Array.from({ length: count }, () => [...paper]));
    const analysis = analyzeItems(papers, ["1", "1", "1", "1", "1"]);
    expect(analysis.papers).toBe(1000);
    expect(analysis.alpha).toBeCloseTo(descriptive.alpha[0]!, 9);
    analysis.items.forEach((item, index) => {
      expect(item.facility).toBeCloseTo(descriptive.pvalue[index]!, 9);
      expect(item.itemTotalCorrelation).toBeCloseTo(descriptive.biserial_total_incl[index]!, 9);
      expect(item.itemRestCorrelation).toBeCloseTo(descriptive.biserial_total_excl[index]!, 9);
      expect(item.alphaIfDeleted).toBeCloseTo(descriptive.alpha[index + 1]!, 9);
    });
  });

  it("says who chose what: the key, the distractors, the blanks", () => {
    const papers = [
      ["A", "B", "C"],
      ["A", "B", "D"],
      ["C", "B", "D"],
      [null, "A", "A"],
    ];
    const [first] = analyzeItems(papers, ["A", "B", "C"]).items;
    expect(first?.options).toMatchObject([
      { option: "A", isKey: true, count: 2, proportion: 0.5, meanRestScore: 1.5 },
      { option: "C", isKey: false, count: 1, proportion: 0.25, meanRestScore: 1 },
      { option: null, isKey: false, count: 1, proportion: 0.25, meanRestScore: 0 },
    ]);
    expect(first?.options[0]?.correlation).toBeCloseTo(1 / Math.sqrt(2), 12);
    expect(first?.options[2]?.correlation).toBeLessThan(0);
  });

  it("has no correlation where everybody answered alike", () => {
    const { alpha, items } = analyzeItems([["A"], ["A"]], ["A"]);
    expect(alpha).toBeNull();
    expect(items[0]).toMatchObject({ facility: 1, itemTotalCorrelation: null, alphaIfDeleted: null });
  });

  it("refuses no papers and papers of another length", () => {
    expect(() => analyzeItems([], ["A"])).toThrow("There are no papers");
    expect(() => analyzeItems([["A"], ["A", "B"]], ["A"])).toThrow("Paper 2 must have one choice");
  });
});
