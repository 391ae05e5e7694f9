import { describe, expect, it } from "vitest";
import { isWellFormed, newApiKey, prefixOf } from "./api-key-secret.js";
import { isGood } from "./api-key.rules.js";

describe("000-61: an API key", () => {
  it("says what it is and carries its own checksum", () => {
    const keys = Array.from({ length: 200 }, () => newApiKey("LIVE"));
    for (const key of keys) {
      expect(key).toMatch(/^lnt_live_[0-9A-Za-z]{22}_[0-9A-Za-z]{6}$/);
      expect(isWellFormed(key)).toBe(true);
    }
    expect(new Set(keys).size).toBe(200);
    expect(prefixOf(newApiKey("TEST"))).toMatch(/^lnt_test_[0-9A-Za-z]{4}$/);
  });

  it("with one other character is none", () => {
    const key = newApiKey("TEST");
    for (let index = 9; index < 31; index += 1) {
      const other = key[index] === "a" ? "b" : "a";
      expect(isWellFormed(key.slice(0, index) + other + key.slice(index + 1))).toBe(false);
    }
    for (const text of ["", "lnt_live_", key.toUpperCase(), `${key} `, key.replace("test", "live")])
      expect(isWellFormed(text)).toBe(false);
  });

  it("is good until it is revoked or expires, the one before it until the grace ends", () => {
    const now = new Date("2026-11-20T00:00:00Z");
    const [before, after] = [new Date(now.getTime() - 1), new Date(now.getTime() + 1)];
    const key = { expiresAt: null, revokedAt: null, previousExpiresAt: null };
    expect(isGood(key, false, now)).toBe(true);
    expect(isGood({ ...key, expiresAt: now }, false, now)).toBe(false);
    expect(isGood({ ...key, expiresAt: after }, false, now)).toBe(true);
    expect(isGood({ ...key, revokedAt: before }, false, now)).toBe(false);
    expect(isGood({ ...key, previousExpiresAt: after }, true, now)).toBe(true);
    expect(isGood({ ...key, previousExpiresAt: now }, true, now)).toBe(false);
    expect(isGood({ ...key, previousExpiresAt: after, expiresAt: before }, true, now)).toBe(false);
  });
});
