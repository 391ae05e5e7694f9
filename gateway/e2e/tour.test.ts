import { describe, expect, inject, it } from "vitest";
import { runTour } from "../src/tour/journey.js";

describe("npm run tour", () => {
  it("finds everything as it should be, and again on the same day", async () => {
    for (let visit = 1; visit <= 2; visit++) {
      const lines: string[] = [];
      const exitCode = await runTour(inject("lenteraUrl"), (line) => lines.push(line));
      expect(lines.filter((line) => line.includes("✗"))).toEqual([]);
      expect(exitCode).toBe(0);
    }
  });

  it("says so, and gives 1, when something is wrong", async () => {
    const lines: string[] = [];
    expect(await runTour("http://127.0.0.1:1", (line) => lines.push(line))).toBe(1);
    expect(lines.at(-1)).toMatch(/^\n\d of \d stops went wrong\.$/);
  });
});
