import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runCommand } from "./cli-commands.js";
import { scoring } from "./testing/scoring.js";

const run = (command: string | undefined, input: unknown) =>
  runCommand(command, () => Promise.resolve(typeof input === "string" ? input : JSON.stringify(input)));
const items = [
  { a: 1.2, b: 0, c: 0.2 },
  { a: 0.8, b: -1, c: 0.1 },
];

interface Scored {
  results: { ability: number | null; standardError: number | null; status: string; information: number | null }[];
}

describe("npm run -s irt -- score", () => {
  const cases = scoring.cases.filter(({ bank }) => bank !== "B1000_3PL");
  it.each(["EAP", "MAP", "MLE", "WLE"] as const)("%s of every reference paper", async (method) => {
    for (const one of cases) {
      const { a, b, c } = scoring.banks[one.bank]!;
      const input = {
        D: one.D,
        items: a.map((value, index) => ({ a: value, b: b[index], c: c[index] })),
        method,
        quadrature: { nodes: 61, min: -6, max: 6 },
        responses: [one.responses],
        omitted: one.omitted,
        notReached: one.notReached,
      };
      const { results } = (await run("score", input)) as Scored;
      const wanted = { EAP: one.grids["rect61_6"]![0], MAP: one.map[0], MLE: one.mle.theta, WLE: one.wle.theta }[
        method
      ];
      const { ability, status } = results[0]!;
      expect(status === "undefined").toBe(wanted === null);
      expect(Math.abs((ability ?? 0) - (wanted ?? 0))).toBeLessThan(method === "EAP" ? 1e-9 : 1e-6);
    }
  });

  it("scores all right, all wrong, blank and 1,000 items", async () => {
    const { results } = (await run("score", {
      items,
      method: "MLE",
      responses: ["11", "00", "nn"],
      notReached: "ignore",
    })) as Scored;
    expect(results.map(({ status }) => status)).toEqual(["at_upper_bound", "at_lower_bound", "undefined"]);
    const many = Array.from({ length: 1000 }, (_, index) => items[index % 2]!);
    const long = (await run("score", { items: many, responses: ["10".repeat(500)] })) as Scored;
    expect(Number.isFinite(long.results[0]?.ability)).toBe(true);
  });
});

describe("npm run -s irt -- calibrate", () => {
  it("calibrates patterns with counts as the headline values of LSAT7 say", async () => {
    const { datasets } = JSON.parse(
      readFileSync(new URL("fixtures/calibration-cases.json", import.meta.url), "utf8"),
    ) as { datasets: Record<string, { patterns: unknown }> };
    const result = (await run("calibrate", {
      model: "2PL",
      D: 1,
      prior: "none",
      patterns: datasets["LSAT7"]!.patterns,
    })) as {
      items: { a: number; b: number; se: { a: number; b: number } }[];
      logLikelihood: number;
      converged: boolean;
    };
    expect(result.items[2]!.a).toBeCloseTo(1.707478, 4);
    expect(result.items[2]!.b).toBeCloseTo(-1.057236, 4);
    expect(result.items[0]!.se.a).toBeCloseTo(0.177195, 4);
    expect(result.logLikelihood).toBeCloseTo(-2658.805114, 4);
    expect(result.converged).toBe(true);
  });
});

describe("npm run -s irt -- cat", () => {
  it("names items by id, or by index where they have none", async () => {
    const named = items.map((item, index) => ({ ...item, id: `I${index}` }));
    const steps = [expect.objectContaining({ item: "I0" }), expect.objectContaining({ item: "I1" })];
    expect(await run("cat", { items: named, responses: "10", length: 2 })).toEqual({ steps });
    expect(await run("cat", { items, responses: "10", length: 1 })).toMatchObject({ steps: [{ item: 0 }] });
  });
});

describe("bad input is refused in one sentence", () => {
  it.each([
    [undefined, {}, "Say what to do"],
    ["grade", {}, "Say what to do"],
    ["score", "{", "not valid JSON"],
    ["score", "[]", "The input is not as it must be: expected object, received array."],
    ["score", '{"items":[{"a":1e999,"b":0}],"responses":["1"]}', '"items.0.a" is not as it must be'],
    ["score", { items: [{ a: 0, b: 0 }], responses: ["1"] }, "The discrimination a of item 1"],
    ["score", { items: [{ a: 1, b: 0, c: 1 }], responses: ["1"] }, "The guessing parameter c of item 1"],
    ["score", { items: [{ a: 1, b: 1e9 }], responses: ["1"] }, "The difficulty b of item 1"],
    ["score", { items: [], responses: ["1"] }, "There are no items"],
    ["score", { items, responses: [] }, "There are no papers"],
    ["score", { items, responses: [""] }, "Paper 1 has 0 symbols, but there are 2 items"],
    ["score", { items, responses: ["1x"] }, 'Paper 1 has the unknown symbol "x" at item 2'],
    ["score", { items, responses: ["11"], D: 0 }, "D must be above 0"],
    ["score", { items, responses: ["11"], quadrature: { nodes: 1, min: -6, max: 6 } }, "between 2 and"],
    ["score", { items, responses: ["11"], quadrature: { nodes: 61, min: 6, max: -6 } }, "to a larger finite max"],
    ["score", { items, responses: ["11"], quadrature: { nodes: 61, min: 90, max: 99 } }, "must cover the population"],
    ["score", { items, responses: ["11"], method: "GUESS" }, '"method" is not as it must be'],
    ["calibrate", { model: "2PL", responses: ["11", "11"] }, "Everybody answered item 1 right"],
    ["calibrate", { model: "2PL", responses: ["10", "1"] }, "Paper 2 has 1 symbols"],
    ["calibrate", { model: "2PL", responses: [""] }, "The papers are empty"],
    ["calibrate", { model: "2PL" }, "give either responses or patterns"],
    ["cat", { items, responses: "10", length: 3 }, "there are only 2 items"],
    ["cat", { items, responses: "1o", length: 2 }, "needs 0 or 1"],
    [
      "cat",
      { items: items.map((item) => ({ ...item, id: "I" })), responses: "10", length: 2 },
      'Two items have the id "I"',
    ],
  ])("%s %j", async (command, input, message) => {
    await expect(run(command, input)).rejects.toThrow(message);
  });
});
