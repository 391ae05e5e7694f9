import { describe, expect, it } from "vitest";
import { decimalNumber, minorFromDecimal, minorFromInteger, parseExact } from "./json.js";
import { equalSecrets } from "./signature.js";

describe("comparing secrets", () => {
  it.each([
    ["abc", "abc", true],
    ["abc", "abd", false],
    ["ab", "abc", false],
    ["é", "e", false],
    ["", "abc", false],
    ["", "", false],
  ])("%j and %j: %s", (given, expected, equal) => {
    expect(equalSecrets(given, expected)).toBe(equal);
  });
});

describe("amounts on the wire", () => {
  it("keeps every number as it was written", () => {
    const written = '{"amount":170.00,"id":12345678901234567890,"list":[1.10],"flag":true,"none":null}';
    const read = { amount: "170.00", id: "12345678901234567890", list: ["1.10"], flag: true, none: null };
    expect(parseExact(written)).toEqual(read);
    expect(parseExact("{")).toBeUndefined();
  });

  it.each([
    ["150000.00", "IDR", 150_000n],
    ["150000", "IDR", 150_000n],
    ["170.00", "INR", 17_000n],
    ["1.1", "INR", 110n],
    ["150000.50", "IDR", undefined],
    ["1.105", "INR", undefined],
    ["-1", "INR", undefined],
    ["1e3", "INR", undefined],
    ["9999999999999999", "INR", undefined],
    ["1", "XAU", undefined],
  ])("%s %s is %s in minor units", (amount, currency, minor) => {
    expect(minorFromDecimal(amount, currency)).toBe(minor);
  });

  it.each([
    ["118000", 118_000n],
    ["1180.00", undefined],
    ["-5", undefined],
  ])("%s paise are %s", (amount, minor) => {
    expect(minorFromInteger(amount)).toBe(minor);
  });

  it("writes minor units as the number in major units", () => {
    expect([decimalNumber(17_005n, "INR"), decimalNumber(150_000n, "IDR")]).toEqual([170.05, 150_000]);
  });
});
