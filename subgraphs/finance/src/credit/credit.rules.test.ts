import { expect, it } from "vitest";
import { isRate, priceOf } from "./credit.rules.js";

it.each([
  [1n, "450", 450n],
  [3n, "0.3333", 1n],
  [1000n, "25.5", 25_500n],
  [7n, "12.3456", 87n],
  [1_000_000_000n, "999999.9999", 999_999_999_900_000n],
])("003-07: %s credits at %s rupiah cost %s rupiah, never rounded down", (count, rate, price) => {
  expect(priceOf(count, rate)).toBe(price);
});

it.each([
  ["450", true],
  ["0.0001", true],
  ["0", false],
  ["1.00001", false],
  ["-1", false],
])("says that %s is a rate: %s", (rate, expected) => {
  expect(isRate(rate)).toBe(expected);
});
