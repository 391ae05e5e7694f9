import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
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

describe("pub/sub: redis, when it crashes", () => {
  it("loses nothing and doubles nothing of a burst over a crash of a Redis that writes everything down", async () => {
    const directory = await mkdtemp(join(tmpdir(), "lentera-redis-"));
    const durable = await startRedis(directory);
    const [speaker, hearer] = [durable, durable].map(({ url }) => createPubSub({ redisUrl: url }));
    if (speaker === undefined || hearer === undefined) throw new Error("There are two.");
    const listener = hearer.subscribe("burst")[Symbol.asyncIterator]();
    const first = listener.next();
    await eventually(async () => {
      speaker.publish("burst", -1);
      return Promise.race([first, delay(20, undefined)]);
    });
    const heard: unknown[] = [];
    const all = (async () => {
      while (heard.at(-1) !== 599) heard.push((await listener.next()).value);
    })();
    for (let number = 0; number < 600; number++) {
      speaker.publish("burst", number);
      if (number === 300) await eventually(async () => (heard.length > 100 ? true : undefined));
      if (number === 320) void durable.crash();
      if (number % 20 === 0) await new Promise(setImmediate);
    }
    await all;
    expect(heard.filter((message) => message !== -1)).toEqual(Array.from({ length: 600 }, (_, number) => number));
    await Promise.all([speaker.close(), hearer.close()]);
    await durable.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it("tells its listeners to read anew when Redis has lost its memory", async () => {
    const forgetful = await startRedis();
    const pubSub = createPubSub({ redisUrl: forgetful.url });
    const listener = pubSub.listen("topic")[Symbol.asyncIterator]();
    const first = listener.next();
    await eventually(async () => {
      pubSub.publish("topic", 1);
      return Promise.race([first, delay(20, undefined)]);
    });
    await forgetful.crash();
    const ended = (async () => {
      while ((await listener.next()).done !== true);
    })();
    await expect(ended).rejects.toMatchObject({ code: "CURSOR_EXPIRED" });
    await pubSub.close();
    await forgetful.stop();
  });
});
