import { expect, it } from "vitest";
import { BoundedCache } from "./bounded-cache.js";

it("forgets what was not used for longest once the entries weigh too much", () => {
  const cache = new BoundedCache<number>(10);
  cache.set("a", 1, 4);
  cache.set("b", 2, 4);
  expect(cache.get("a")).toBe(1);
  cache.set("c", 3, 4);
  expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3]);
});

it("counts the weight of a replaced entry once", () => {
  const cache = new BoundedCache<number>(10);
  cache.set("a", 1, 6);
  cache.set("a", 2, 6);
  cache.set("b", 3, 4);
  expect([cache.get("a"), cache.get("b")]).toEqual([2, 3]);
});

it("does not take an entry that is too heavy, nor give up others for it", () => {
  const cache = new BoundedCache<number>(10);
  cache.set("a", 1, 5);
  cache.set("b", 2, 11);
  expect([cache.get("a"), cache.get("b")]).toEqual([1, undefined]);
});
