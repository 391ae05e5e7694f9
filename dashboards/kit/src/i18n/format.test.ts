import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as format from "./format.js";

const stored = new Map<string, string>();

beforeEach(() => {
  vi.stubGlobal("localStorage", { getItem: (key: string) => stored.get(key) ?? null });
});
afterEach(() => {
  stored.clear();
  vi.unstubAllGlobals();
});

const speak = (locale: string) => stored.set("lentera.locale", locale);
const now = new Date(2026, 4, 12, 14, 5);
const before = (milliseconds: number) => new Date(now.getTime() - milliseconds);
const HOUR = 3_600_000;

describe("in Indonesian, which is the default", () => {
  it("writes numbers and changes", () => {
    expect(format.formatNumber(12_480.4)).toBe("12.480");
    expect([12, -4, 0].map(format.formatChange)).toEqual(["+12", "−4", "0"]);
    expect([0.125, -0.5].map(format.formatPercentChange)).toEqual(["+13%", "−50%"]);
    expect(format.formatPercent(0.875)).toBe("88%");
  });

  it("writes dates and times", () => {
    expect(format.formatDate(now)).toBe("12 Mei 2026");
    expect(format.formatLongDate(now)).toBe("Selasa, 12 Mei 2026");
    expect(format.formatTime(now)).toBe("14.05");
  });

  it("says how long ago in the largest whole unit", () => {
    const said = [30_000, 59 * 60_000, 2 * HOUR, 25 * HOUR, 15 * 24 * HOUR, -2 * HOUR].map((past) =>
      format.formatRelative(before(past), now),
    );
    expect(said).toEqual([
      "sekarang",
      "59 menit yang lalu",
      "2 jam yang lalu",
      "kemarin",
      "2 minggu yang lalu",
      "dalam 2 jam",
    ]);
  });
});

describe("in English", () => {
  it("writes numbers, dates and distances the English way", () => {
    speak("en");
    expect(format.formatNumber(12_480)).toBe("12,480");
    expect(format.formatDay(now)).toBe("12 May");
    expect(format.formatTime(now)).toBe("14:05");
    expect(format.formatRelative(before(2 * HOUR), now)).toBe("2 hours ago");
  });
});
