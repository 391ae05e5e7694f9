import { describe, expect, it } from "vitest";
import { createRandom, hashString } from "./random.js";

const draws = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe("createRandom", () => {
  it("repeats the same sequence for the same seed and differs for another", () => {
    const [a, b, c] = [createRandom("x"), createRandom("x"), createRandom("y")];
    const first = draws(50, a.next);
    expect(draws(50, b.next)).toEqual(first);
    expect(draws(50, c.next)).not.toEqual(first);
  });

  it("forks depend on the label only, not on what was drawn before", () => {
    const [a, b] = [createRandom("x"), createRandom("x")];
    draws(7, b.next);
    expect(draws(5, a.fork("one").next)).toEqual(draws(5, b.fork("one").next));
    expect(a.fork("one").next()).not.toBe(a.fork("two").next());
  });

  it("gives numbers in [0, 1) with mean near one half", () => {
    const values = draws(20_000, createRandom("uniform").next);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(mean(values)).toBeCloseTo(0.5, 1);
  });

  it("gives whole numbers over the full range, ends included, about equally often", () => {
    const random = createRandom("integer");
    const counts = new Map<number, number>();
    for (const value of draws(6000, () => random.integer(-1, 4))) counts.set(value, (counts.get(value) ?? 0) + 1);
    expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual([-1, 0, 1, 2, 3, 4]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it("rejects an impossible range and an empty list", () => {
    const random = createRandom("bad");
    expect(() => random.integer(2, 1)).toThrow(RangeError);
    expect(() => random.integer(0.5, 2)).toThrow(RangeError);
    expect(() => random.pick([])).toThrow(RangeError);
  });

  it("shuffles a copy into every order about equally often", () => {
    const random = createRandom("shuffle");
    const list = [1, 2, 3];
    const counts = new Map<string, number>();
    for (const order of draws(6000, () => random.shuffle(list).join("")))
      counts.set(order, (counts.get(order) ?? 0) + 1);
    expect(list).toEqual([1, 2, 3]);
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it("draws normal numbers with the mean and deviation asked for", () => {
    const random = createRandom("normal");
    const values = draws(20_000, () => random.normal(3, 2));
    const centre = mean(values);
    expect(centre).toBeCloseTo(3, 1);
    expect(Math.sqrt(mean(values.map((v) => (v - centre) ** 2)))).toBeCloseTo(2, 1);
  });

  it("is true with the given probability", () => {
    const random = createRandom("chance");
    expect(mean(draws(20_000, () => Number(random.chance(0.2))))).toBeCloseTo(0.2, 1);
    expect(random.chance(0)).toBe(false);
    expect(random.chance(1)).toBe(true);
  });

  it("hashes strings as FNV-1a does", () => {
    expect(hashString("")).toBe(0x811c9dc5);
    expect(hashString("a")).toBe(0xe40c292c);
    expect(hashString("foobar")).toBe(0xbf9cf968);
  });
});
