import { expect, it } from "vitest";
import { calendarTicks } from "./ticks.js";

const days = (ticks: Date[]) => ticks.map((tick) => [tick.getFullYear(), tick.getMonth() + 1, tick.getDate()]);

it("labels the Mondays of a short span", () => {
  expect(days(calendarTicks(new Date(2026, 4, 6), new Date(2026, 4, 20)))).toEqual([
    [2026, 5, 11],
    [2026, 5, 18],
  ]);
});

it("labels the first days of the months of a long span", () => {
  expect(days(calendarTicks(new Date(2026, 9, 15), new Date(2027, 0, 15)))).toEqual([
    [2026, 11, 1],
    [2026, 12, 1],
    [2027, 1, 1],
  ]);
});
