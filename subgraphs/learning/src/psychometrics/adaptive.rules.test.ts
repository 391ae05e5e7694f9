import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mostInformativeItem, replayAdaptiveTest } from "./adaptive.js";
import { itemInformation } from "./likelihood.js";
import { type Quadrature, normalGrid } from "./quadrature.js";
import { bankFrom } from "./testing/scoring.js";

interface Fixture {
  bank: { item_ids: string[]; a: number[]; b: number[]; c: number[] };
  table: { D: number; theta: number; administered: string[]; best: string; best_info: number }[];
  trajectories: {
    id: string;
    D: number;
    length: number;
    responses: string;
    runs: Record<string, [item: string, ability: number, deviation: number][]>;
  }[];
}
const fixture = JSON.parse(readFileSync(new URL("fixtures/adaptive-cases.json", import.meta.url), "utf8")) as Fixture;
const ids = fixture.bank.item_ids;
const GRIDS: Record<string, Quadrature> = {
  eap_exact: normalGrid({ nodes: 2401, min: -12, max: 12 }),
  eap_rect121_6: normalGrid({ nodes: 121, min: -6, max: 6 }),
  eap_catR_trap33_4: normalGrid({ nodes: 33, min: -4, max: 4, rule: "trapezoid" }),
};

describe("adaptive tests by maximum information", () => {
  it.each(fixture.table)("at ability $theta (D = $D) after $administered.length items it is $best", (row) => {
    const bank = bankFrom(fixture.bank, row.D);
    const best = mostInformativeItem(bank, row.theta, (item) => !row.administered.includes(ids[item]!));
    expect(ids[best!]).toBe(row.best);
    expect(Math.abs(itemInformation(bank, best!, row.theta) / row.best_info - 1)).toBeLessThan(1e-9);
  });

  const runs = fixture.trajectories.flatMap((trajectory) =>
    Object.entries(trajectory.runs).map(([grid, steps]) => ({ ...trajectory, grid, steps })),
  );
  it.each(runs)("$id replays on $grid", ({ D, length, responses, grid, steps }) => {
    const answers = Uint8Array.from(responses, Number);
    const replayed = replayAdaptiveTest(bankFrom(fixture.bank, D), answers, length, GRIDS[grid]);
    expect(replayed.map(({ item }) => ids[item])).toEqual(steps.map(([item]) => item));
    replayed.forEach(({ ability, standardError }, index) => {
      expect(Math.abs(ability - steps[index]![1])).toBeLessThan(1e-9);
      expect(Math.abs(standardError - steps[index]![2])).toBeLessThan(1e-9);
    });
  });

  it("takes the first of equal items, and none when none is eligible", () => {
    const bank = bankFrom({ a: [1, 1], b: [0, 0], c: [0, 0] }, 1);
    expect(mostInformativeItem(bank, 0, () => true)).toBe(0);
    expect(mostInformativeItem(bank, 0, () => false)).toBeNull();
  });
});
