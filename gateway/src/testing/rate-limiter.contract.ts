import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RateLimiter } from "../rate-limiter.js";

/** What every adapter of RateLimiter keeps. */
export function describeRateLimiter(name: string, connect: () => RateLimiter): void {
  describe(`001-41: leaky buckets ${name}`, () => {
    let limiter: RateLimiter;
    let key: string;
    beforeEach(() => {
      limiter = connect();
      key = crypto.randomUUID();
    });
    afterEach(() => limiter.close());

    it("take their limit at once and nothing more, whoever comes at the same time", async () => {
      const charges = await Promise.all(Array.from({ length: 150 }, () => limiter.charge(key, 10, 1000)));
      const allowed = charges.filter(({ isAllowed }) => isAllowed).length;
      expect(allowed).toBeGreaterThanOrEqual(100);
      // A bucket of 1,000 a minute takes one more charge of 10 each 0.6 s.
      expect(allowed).toBeLessThanOrEqual(104);
      const refused = charges.find(({ isAllowed }) => !isAllowed);
      expect(refused?.retryAfterMs).toBeGreaterThan(0);
      expect(refused?.retryAfterMs).toBeLessThanOrEqual(601);
      expect(refused?.remaining).toBeLessThan(10);
      expect(refused?.resetAfterMs).toBeGreaterThan(55_000);
    });

    it("are apart", async () => {
      expect((await limiter.charge(key, 100, 100)).isAllowed).toBe(true);
      expect((await limiter.charge(key, 100, 100)).isAllowed).toBe(false);
      expect((await limiter.charge(`${key} other`, 100, 100)).isAllowed).toBe(true);
    });

    it("are not filled by what they refuse, and take back what is given back, but never below empty", async () => {
      expect((await limiter.charge(key, 80, 100)).remaining).toBe(20);
      expect((await limiter.charge(key, 50, 100)).isAllowed).toBe(false);
      const { remaining } = await limiter.charge(key, -60, 100);
      expect(remaining).toBeGreaterThanOrEqual(80);
      expect((await limiter.charge(key, -1000, 100)).remaining).toBe(100);
      expect((await limiter.charge(key, 101, 100)).isAllowed).toBe(false);
    });

    it("leak evenly", async () => {
      // 60,000 a minute is 1 a millisecond.
      expect((await limiter.charge(key, 60_000, 60_000)).isAllowed).toBe(true);
      const refused = await limiter.charge(key, 50, 60_000);
      expect([refused.isAllowed, refused.retryAfterMs <= 50]).toEqual([false, true]);
      await expect.poll(async () => (await limiter.charge(key, 50, 60_000)).isAllowed, { interval: 10 }).toBe(true);
    });
  });
}
