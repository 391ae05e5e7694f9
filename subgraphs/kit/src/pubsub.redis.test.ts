import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPubSub } from "./pubsub.js";
import { eventually } from "./testing/index.js";
import { describePubSub } from "./testing/pubsub.contract.js";
import { type RedisForTests, startRedis } from "./testing/redis.js";

let redis: RedisForTests;
let observer: Redis;
beforeAll(async () => {
  redis = await startRedis();
  observer = new Redis(redis.url);
});
afterAll(async () => {
  observer.disconnect();
  await redis.stop();
});

const connect = () => createPubSub({ redisUrl: redis.url });

/** Waits until exactly `count` processes listen to a topic. */
async function untilProcessesListen(topic: string, count: number): Promise<void> {
  await eventually(async () => {
    const [, listening] = await observer.pubsub("NUMSUB", topic);
    return listening === count ? true : undefined;
  });
}

describePubSub("redis", connect, (topic) => untilProcessesListen(topic, 1));

describe("pub/sub: redis, several processes", () => {
  it("brings a message to the listeners of every process", async () => {
    const [one, two] = [connect(), connect()];
    const listeners = [one, two].map((pubSub) => pubSub.subscribe("shared")[Symbol.asyncIterator]());
    const heard = listeners.map((listener) => listener.next());
    await untilProcessesListen("shared", 2);
    one.publish("shared", "hello");
    for (const next of heard) expect((await next).value).toBe("hello");
    for (const listener of listeners) await listener.return?.();
    await untilProcessesListen("shared", 0);
    await Promise.all([one.close(), two.close()]);
  });

  it("leaves no connection open when it is closed", async () => {
    const pubSub = connect();
    const connections = async (): Promise<number> =>
      String(await observer.client("LIST"))
        .trim()
        .split("\n").length;
    const until = (count: number) => eventually(async () => ((await connections()) === count ? count : undefined));
    const before = await until(3);
    await pubSub.close();
    expect(await until(before - 2)).toBe(1);
  });
});
