import { createLogger } from "@lentera/kit";
import { describe, expect, it } from "vitest";
import { inMemory, overRedis } from "./rate-limiter.js";
import { describeRateLimiter } from "./testing/rate-limiter.contract.js";

describeRateLimiter("in memory", () => inMemory());

describe("001-41: leaky buckets over a Redis that is away", () => {
  it("count in this process", async () => {
    const limiter = overRedis("redis://127.0.0.1:1", createLogger("silent"));
    expect((await limiter.charge("key", 100, 100)).isAllowed).toBe(true);
    expect((await limiter.charge("key", 100, 100)).isAllowed).toBe(false);
    await limiter.close();
  });
});
