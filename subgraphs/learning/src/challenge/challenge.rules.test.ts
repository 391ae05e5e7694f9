import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assertMove, placed } from "./challenge.rules.js";

describe("000-33: the places of a challenge", () => {
  const results = fc.array(fc.option(fc.integer({ min: 0, max: 5 })), { minLength: 1, maxLength: 12 });

  it("equals share a place, all in the first place win, and nobody wins with nothing", () => {
    fc.assert(
      fc.property(results, (values) => {
        const places = placed(values.map((result, index) => ({ userId: String(index), result })));
        const best = Math.max(0, ...values.map((value) => value ?? 0));
        for (const { result, rank, isWinner } of places) {
          expect(rank).toBe(result === null ? null : 1 + values.filter((other) => (other ?? -1) > result).length);
          expect(isWinner).toBe(result !== null && result > 0 && result === best);
        }
      }),
    );
  });

  it("moves only as the table says", () => {
    expect(() => assertMove("INVITING", "ACTIVE")).not.toThrow();
    expect(() => assertMove("ACTIVE", "ENDED")).not.toThrow();
    for (const [from, to] of [
      ["ACTIVE", "CANCELLED"],
      ["ENDED", "ACTIVE"],
      ["CANCELLED", "ACTIVE"],
      ["INVITING", "ENDED"],
    ] as const)
      expect(() => assertMove(from, to)).toThrow("not possible");
  });
});
