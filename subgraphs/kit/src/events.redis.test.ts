import { Redis } from "ioredis";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type EventEnvelope, type EventTransport, createEventTransport } from "./events.js";
import { eventually } from "./testing/index.js";
import { buildEvent, describeEventTransport, untilThereAre } from "./testing/event-transport.contract.js";
import { type RedisForTests, startRedis } from "./testing/redis.js";

let redis: RedisForTests;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const CLAIM_AFTER_MS = 100;
const TYPES = ["thing.happened"];

/** Each test has one of the server's databases to itself. */
let database = 0;
const connect = (options: { claimAfterMs?: number; log?: string[] } = {}): EventTransport => {
  const logger = pino({ level: "error" }, { write: (line) => void options.log?.push(line) });
  const { claimAfterMs = CLAIM_AFTER_MS } = options;
  return createEventTransport({ redisUrl: `${redis.url}/${database}`, logger, claimAfterMs });
};

describeEventTransport("redis", () => {
  database++;
  return connect();
});

/** A promise that the test settles. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

describe("event transport: redis, several processes", () => {
  const transports: EventTransport[] = [];
  const start = (...options: Parameters<typeof connect>): EventTransport => {
    const transport = connect(...options);
    transports.push(transport);
    return transport;
  };
  afterEach(async () => {
    await Promise.all(transports.splice(0).map((transport) => transport.close()));
  });

  it("shares the events of one consumer among its processes, each event once", async () => {
    database++;
    const [one, two] = [start({ claimAfterMs: 30_000 }), start({ claimAfterMs: 30_000 })];
    const held = gate();
    const accepted: { event: EventEnvelope; by: EventTransport }[] = [];
    for (const transport of [one, two])
      await transport.subscribe("consumer", TYPES, async (event) => {
        accepted.push({ event, by: transport });
        if (accepted.length === 1) await held.opened;
      });
    const events = Array.from({ length: 10 }, () => buildEvent());
    await one.publish(events[0] ?? buildEvent());
    await untilThereAre(1, accepted);
    for (const event of events.slice(1)) await one.publish(event);
    await untilThereAre(10, accepted);
    held.open();
    expect(accepted.map(({ event }) => event)).toEqual(events);
    const [busy, ...others] = accepted.map(({ by }) => by);
    expect(others.every((by) => by !== busy)).toBe(true);
  });

  it("brings each event to every consumer, whichever process published it", async () => {
    database++;
    const [one, two] = [start(), start()];
    const accepted: string[] = [];
    await one.subscribe("learning", TYPES, async ({ id }) => void accepted.push(`learning ${id}`));
    await two.subscribe("community", TYPES, async ({ id }) => void accepted.push(`community ${id}`));
    const [first, second] = [buildEvent(), buildEvent()];
    await one.publish(first);
    await two.publish(second);
    await untilThereAre(4, accepted);
    const expected = ["learning", "community"].flatMap((name) => [`${name} ${first.id}`, `${name} ${second.id}`]);
    expect(accepted.toSorted()).toEqual(expected.toSorted());
  });

  it("brings an event to another process when the first one never acknowledged it", async () => {
    database++;
    const [dying, surviving] = [start(), start()];
    const held = gate();
    const taken: EventEnvelope[] = [];
    await dying.subscribe("consumer", TYPES, async (event) => {
      taken.push(event);
      await held.opened;
    });
    const event = buildEvent();
    await dying.publish(event);
    await untilThereAre(1, taken);

    const accepted: EventEnvelope[] = [];
    await surviving.subscribe("consumer", TYPES, async (redelivered) => void accepted.push(redelivered));
    await untilThereAre(1, accepted);
    expect(accepted).toEqual([event]);
    held.open();
  });

  it("has nothing left to bring again once an event was accepted", async () => {
    database++;
    const transport = start();
    const accepted: EventEnvelope[] = [];
    await transport.subscribe("consumer", TYPES, async (event) => void accepted.push(event));
    await transport.publish(buildEvent());
    await untilThereAre(1, accepted);
    const observer = new Redis(`${redis.url}/${database}`);
    const unacknowledged = await eventually(async () => {
      const [count] = await observer.xpending("lentera:events", "consumer");
      return count === 0 ? count : undefined;
    });
    observer.disconnect();
    expect(unacknowledged).toBe(0);
    expect(accepted).toHaveLength(1);
  });

  it("keeps what was published before anybody listened", async () => {
    database++;
    const publisher = start();
    const events = Array.from({ length: 3 }, () => buildEvent());
    for (const event of events) await publisher.publish(event);
    const accepted: EventEnvelope[] = [];
    await start().subscribe("late", TYPES, async (event) => void accepted.push(event));
    await untilThereAre(3, accepted);
    expect(accepted).toEqual(events);
  });

  it("leaves what arrives after closing to the next process, and closes without a complaint", async () => {
    database++;
    const log: string[] = [];
    const [leaving, publisher] = [start({ log }), start()];
    const accepted: string[] = [];
    await leaving.subscribe("consumer", TYPES, async () => void accepted.push("leaving"));
    await publisher.publish(buildEvent());
    await untilThereAre(1, accepted);
    await leaving.close();
    await publisher.publish(buildEvent());
    await start().subscribe("consumer", TYPES, async () => void accepted.push("next"));
    await untilThereAre(2, accepted);
    expect(accepted).toEqual(["leaving", "next"]);
    expect(log).toEqual([]);
  });
});
