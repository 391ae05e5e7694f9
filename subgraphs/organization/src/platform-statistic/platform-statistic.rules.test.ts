import { describe, expect, it } from "vitest";
import { lastFinishedDay, nextRun } from "./platform-statistic.rules.js";

describe("003-03, C-21: the day of the statistics is Jakarta's", () => {
  it("ends at 17:00 UTC", () => {
    expect(lastFinishedDay(new Date("2026-11-20T16:59:59.999Z"))).toBe("2026-11-19");
    expect(lastFinishedDay(new Date("2026-11-20T17:00:00.000Z"))).toBe("2026-11-20");
    expect(lastFinishedDay(new Date("2026-12-31T17:00:00.000Z"))).toBe("2026-12-31");
  });

  it("is counted ten minutes after it has ended", () => {
    expect(nextRun(new Date("2026-11-20T16:59:59.999Z")).toISOString()).toBe("2026-11-20T17:10:00.000Z");
    expect(nextRun(new Date("2026-11-20T17:00:00.000Z")).toISOString()).toBe("2026-11-21T17:10:00.000Z");
    expect(nextRun(new Date("2026-11-20T17:10:01.000Z")).toISOString()).toBe("2026-11-21T17:10:00.000Z");
  });
});
