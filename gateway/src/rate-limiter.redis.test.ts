import { createLogger } from "@lentera/kit";
import { type RedisForTests, startRedis } from "@lentera/kit/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RateLimiter, overRedis } from "./rate-limiter.js";
import { describeRateLimiter } from "./testing/rate-limiter.contract.js";

let redis: RedisForTests;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const connect = (): RateLimiter => overRedis(redis.url, createLogger("silent"));

describeRateLimiter("over Redis", connect);

it("001-41: several gateways share a bucket", async () => {
  const limiters = [connect(), connect()];
  const key = crypto.randomUUID();
  const charges = await Promise.all(
    limiters.flatMap((limiter) => Array.from({ length: 10 }, () => limiter.charge(key, 10, 100))),
  );
  expect(charges.filter(({ isAllowed }) => isAllowed)).toHaveLength(10);
  await Promise.all(limiters.map((limiter) => limiter.close()));
});
