import { Redis } from "ioredis";
import type { Logger } from "@lentera/kit";
import { z } from "zod";
import { BoundedCache } from "./bounded-cache.js";

/** A leaky bucket after a charge. */
export interface Charge {
  readonly isAllowed: boolean;
  /** What the bucket still takes. */
  readonly remaining: number;
  /** Until as much as was refused fits; 0 for what was allowed. */
  readonly retryAfterMs: number;
  /** Until the bucket is empty. */
  readonly resetAfterMs: number;
}

/**
 * Leaky buckets: each holds `limit` points and leaks `limit` points a minute. A refused charge changes nothing; a negative
 * one gives back. Two adapters, one contract (rate-limiter.contract.ts).
 */
export interface RateLimiter {
  charge(key: string, points: number, limit: number): Promise<Charge>;
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;
/** Buckets that one process remembers; the fullest clients are those that come most often. */
const REMEMBERED_BUCKETS = 100_000;
/** A Redis that takes longer is taken for absent. */
const REDIS_TIMEOUT_MS = 250;

/** For one process. `now` in milliseconds since 1970. */
export function inMemory(now: () => number = Date.now): RateLimiter {
  const buckets = new BoundedCache<{ level: number; at: number }>(REMEMBERED_BUCKETS);
  return {
    charge: async (key, points, limit) => {
      const at = now();
      const bucket = buckets.get(key) ?? { level: 0, at };
      const leaked = Math.max(0, bucket.level - ((at - bucket.at) * limit) / MINUTE_MS);
      const isAllowed = points <= 0 || leaked + points <= limit;
      const level = isAllowed ? Math.max(0, leaked + points) : leaked;
      buckets.set(key, { level, at }, 1);
      return chargeFrom(isAllowed, level, points, limit);
    },
    close: async () => undefined,
  };
}

/** The same in one step, by Redis's own clock, so that gateways with different clocks agree. */
const CHARGE = `
local time = redis.call("TIME")
local now = time[1] * 1000 + time[2] / 1000
local points, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local known = redis.call("HMGET", KEYS[1], "level", "at")
local level = math.max(0, (tonumber(known[1]) or 0) - (now - (tonumber(known[2]) or now)) * limit / ${MINUTE_MS})
local allowed = 0
if points <= 0 or level + points <= limit then
  allowed = 1
  level = math.max(0, level + points)
end
redis.call("HSET", KEYS[1], "level", tostring(level), "at", string.format("%.3f", now))
redis.call("PEXPIRE", KEYS[1], ${2 * MINUTE_MS})
return { allowed, tostring(level) }`;
const reply = z.tuple([z.number(), z.coerce.number()]);

/** For any number of gateways. While Redis does not answer, each counts for itself. */
export function overRedis(url: string, logger: Logger): RateLimiter {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 0,
    commandTimeout: REDIS_TIMEOUT_MS,
    keyPrefix: "lentera:bucket:",
  });
  let isAway = false;
  redis.on("close", () => (isAway = true)).on("ready", () => (isAway = false));
  redis.on("error", (error) => logger.warn({ err: error }, "rate limits over Redis failed"));
  const own = inMemory();
  return {
    charge: async (key, points, limit) => {
      if (isAway) return own.charge(key, points, limit);
      try {
        const [allowed, level] = reply.parse(await redis.eval(CHARGE, 1, key, points, limit));
        return chargeFrom(allowed === 1, level, points, limit);
      } catch {
        return own.charge(key, points, limit);
      }
    },
    close: async () => redis.disconnect(),
  };
}

function chargeFrom(isAllowed: boolean, level: number, points: number, limit: number): Charge {
  const msFor = (amount: number): number => Math.ceil((Math.max(0, amount) * MINUTE_MS) / limit);
  return {
    isAllowed,
    remaining: Math.max(0, Math.floor(limit - level)),
    retryAfterMs: isAllowed ? 0 : msFor(level + points - limit),
    resetAfterMs: msFor(level),
  };
}
