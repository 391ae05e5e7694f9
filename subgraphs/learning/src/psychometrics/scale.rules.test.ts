import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { toScaledScore } from "./scale.js";

const { rows } = JSON.parse(readFileSync(new URL("fixtures/scaling-cases.json", import.meta.url), "utf8")) as {
  rows: [number, number][];
};

describe("the scale 200 to 1000", () => {
  const scale = { mean: 500, deviation: 100, minimum: 200, maximum: 1000 };

  it.each(rows)("ability %d is %d points", (ability, points) => {
    expect(toScaledScore({ ability, standardError: 0.3 }, scale).scaled).toBe(points);
  });

  it("gives the error and the 95 % interval in points", () => {
    expect(toScaledScore({ ability: 0, standardError: 0.3 }, scale)).toEqual({
      scaled: 500,
      standardError: 30,
      intervalLow: 441.2,
      intervalHigh: 558.8,
    });
  });
});
