import fc from "fast-check";
import { expect, it } from "vitest";
import { latestPeriods } from "./guardian-report.rules.js";

it("C-21: a week and a month are over at midnight in the guardian's zone", () => {
  // Sunday 1 March 2026, 23:59:59 in Jakarta, and a second later
  const before = latestPeriods(new Date("2026-03-01T16:59:59Z"), "Asia/Jakarta");
  const after = latestPeriods(new Date("2026-03-01T17:00:00Z"), "Asia/Jakarta");
  expect(before[0]).toMatchObject({ kind: "WEEKLY", startsOn: "2026-02-16", endsOn: "2026-02-22" });
  expect(after[0]).toMatchObject({
    startsOn: "2026-02-23",
    endsOn: "2026-03-01",
    from: new Date("2026-02-22T17:00:00Z"),
    to: new Date("2026-03-01T17:00:00Z"),
  });
  expect(after[1]).toMatchObject({ kind: "MONTHLY", startsOn: "2026-02-01", endsOn: "2026-02-28" });
  expect(latestPeriods(new Date("2026-03-01T17:00:00Z"), "Asia/Kolkata")[0]).toEqual({
    ...before[0],
    from: new Date("2026-02-15T18:30:00Z"),
    to: new Date("2026-02-22T18:30:00Z"),
  });
});

it("000-46: periods follow each other without a gap, whatever the instant and the zone", () => {
  const zone = fc.constantFrom("Asia/Jakarta", "Asia/Kolkata", "Asia/Jayapura", "Europe/Berlin", "America/New_York");
  const instant = fc.date({ min: new Date("2024-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(instant, zone, (now, of) => {
      for (const period of latestPeriods(now, of)) {
        expect(period.to.getTime()).toBeLessThanOrEqual(now.getTime());
        const [one, other] = latestPeriods(period.to, of);
        expect(period.kind === "WEEKLY" ? one : other).toEqual(period);
        const previous = latestPeriods(new Date(period.to.getTime() - 1), of).find(({ kind }) => kind === period.kind)!;
        expect(previous.to).toEqual(period.from);
      }
    }),
    { numRuns: 100 },
  );
});
