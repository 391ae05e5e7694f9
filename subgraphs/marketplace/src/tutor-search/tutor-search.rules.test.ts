import { expect, it } from "vitest";
import { criteriaOf, isSortValue, wordsOf } from "./tutor-search.rules.js";

it.each([
  ["Matematika SMA", ["matematika", "sma"]],
  ["  Café-Ñandú! & | :* ' ", ["cafe", "nandu"]],
  ["!!! ???", []],
  ["a b c d e f g h i j", ["a", "b", "c", "d", "e", "f", "g", "h"]],
])("reads %j as words", (search, words) => {
  expect(wordsOf(search)).toEqual(words);
});

it("compares rates in rupiah unless told otherwise, and asks for no currency when none is compared", () => {
  expect(criteriaOf({}, "RECOMMENDED").currency).toBeNull();
  expect(criteriaOf({}, "PRICE_ASC").currency).toBe("IDR");
  expect(criteriaOf({ minimumRate: "50000" }, "EXPERIENCE")).toMatchObject({
    currency: "IDR",
    minimumRateMinor: 50_000n,
  });
  expect(criteriaOf({ maximumRate: "10.5", currency: "INR" }, "PRICE_DESC")).toMatchObject({
    currency: "INR",
    maximumRateMinor: 1050n,
  });
  expect(() => criteriaOf({ minimumRate: "0.5" }, "RECOMMENDED")).toThrow(
    expect.objectContaining({ code: "VALIDATION_ERROR" }),
  );
});

it("looks for a subject at a level, a subject, or a level", () => {
  expect(criteriaOf({ subject: "fisika", level: "SMA" }, "RECOMMENDED").offering).toBe("fisika/SMA");
  expect(criteriaOf({ subject: "fisika" }, "RECOMMENDED").offering).toBe("fisika");
  expect(criteriaOf({ level: "SMA" }, "RECOMMENDED").offering).toBe("/SMA");
});

it("takes cursors of the same order only", () => {
  expect(isSortValue("4.300000000000001", "RECOMMENDED")).toBe(true);
  expect(isSortValue("100000", "RECOMMENDED")).toBe(false);
  expect(isSortValue("100000", "PRICE_ASC")).toBe(true);
  expect(isSortValue("4.3", "EXPERIENCE")).toBe(false);
  expect(isSortValue("1; drop table tutor_profiles", "EXPERIENCE")).toBe(false);
});
