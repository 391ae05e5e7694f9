import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import type { Logger } from "pino";
import { z } from "zod";
import { type RawClient, TRANSACTION_LIMITS, type TransactionalClient } from "./context.js";
import { type Job, addJob } from "./jobs.js";

/**
 * What a subgraph tells the others, as it stands in its `events.ts`. A version never changes its meaning; a new
 * meaning is a new version.
 */
export interface EventDefinition<Data> {
  /** Noun and past participle, e.g. `attempt.scored`. */
  readonly type: string;
  readonly version: number;
  readonly data: z.ZodType<Data>;
}

const envelope = z.object({
  id: z.uuid(),
  type: z.string(),
  version: z.int(),
  occurredAt: z.iso.datetime(),
  data: z.unknown(),
});
/** An event on its way. */
export type EventEnvelope = z.infer<typeof envelope>;

const PUBLISH = "event.publish";
const CONSUME = "event.consume";

/** Emits an event in the caller's transaction: it will be delivered exactly when the transaction commits. */
export async function emit<Data>(tx: RawClient, definition: EventDefinition<Data>, data: Data): Promise<void> {
  const event: EventEnvelope = {
    id: randomUUID(),
    type: definition.type,
    version: definition.version,
    occurredAt: new Date().toISOString(),
    data: definition.data.parse(data),
  };
  await addJob(tx, PUBLISH, event, { key: event.id });
}

/** Carries events between subgraphs, at least once. Two adapters, one contract (events.test.ts). */
export interface EventTransport {
  publish(event: EventEnvelope): Promise<void>;
  /** `accept` must return only when the event is safely stored; it can be called again for the same event. */
  subscribe(consumer: string, types: readonly string[], accept: (event: EventEnvelope) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** What a subgraph does about an event: a change in its own database, in one transaction with the mark "consumed". */
export interface EventConsumer<Transaction extends RawClient> {
  readonly type: string;
  readonly version: number;
  handle(tx: Transaction, event: EventEnvelope): Promise<void>;
}

export function consume<Transaction extends RawClient, Data>(
  definition: EventDefinition<Data>,
  handle: (tx: Transaction, data: Data, event: EventEnvelope) => Promise<void>,
): EventConsumer<Transaction> {
  const { type, version } = definition;
  return { type, version, handle: (tx, event) => handle(tx, definition.data.parse(event.data), event) };
}

/** The two jobs that make delivery durable on both ends. */
export function eventJobs<Transaction extends RawClient>(options: {
  subgraph: string;
  db: TransactionalClient<Transaction>;
  transport: EventTransport;
  consumers: readonly EventConsumer<Transaction>[];
}): Job[] {
  const { subgraph, db, transport, consumers } = options;
  return [
    { name: PUBLISH, run: async (payload) => transport.publish(envelope.parse(payload)) },
    {
      name: CONSUME,
      run: async (payload) => {
        const event = envelope.parse(payload);
        await db.$transaction(async (tx) => {
          const isNew = await tx.$executeRawUnsafe(
            "insert into app.consumed_events (event_id, consumer) values ($1::uuid, $2) on conflict do nothing",
            event.id,
            subgraph,
          );
          if (isNew === 0) return;
          for (const consumer of consumers)
            if (consumer.type === event.type && consumer.version === event.version) await consumer.handle(tx, event);
        }, TRANSACTION_LIMITS);
      },
    },
  ];
}

/** Connects a subgraph's consumers to the transport: each event becomes a job of the consumer's own queue. */
export async function subscribeConsumers<Transaction extends RawClient>(options: {
  subgraph: string;
  db: RawClient;
  transport: EventTransport;
  consumers: readonly EventConsumer<Transaction>[];
}): Promise<void> {
  const { subgraph, db, transport, consumers } = options;
  const types = [...new Set(consumers.map((consumer) => consumer.type))];
  if (types.length > 0)
    await transport.subscribe(subgraph, types, (event) => addJob(db, CONSUME, event, { key: event.id }));
}

/**
 * In process, or over Redis Streams with one consumer group per subgraph when `redisUrl` is given.
 * @param options.claimAfterMs how long a delivery over Redis may stay unacknowledged before another consumer of its
 * group takes it over from the one that died with it; longer than the slowest `accept`
 */
export function createEventTransport(options: {
  redisUrl?: string | undefined;
  logger: Logger;
  claimAfterMs?: number;
}): EventTransport {
  const { redisUrl, logger, claimAfterMs = 30_000 } = options;
  return redisUrl === undefined ? inProcess() : overRedis(redisUrl, logger, claimAfterMs);
}

function inProcess(): EventTransport {
  const subscribers: { types: readonly string[]; accept: (event: EventEnvelope) => Promise<void> }[] = [];
  return {
    publish: async (event) => {
      for (const { types, accept } of subscribers) if (types.includes(event.type)) await accept(event);
    },
    subscribe: async (_consumer, types, accept) => void subscribers.push({ types, accept }),
    close: async () => void subscribers.splice(0),
  };
}

const STREAM = "lentera:events";
const STREAM_LENGTH = 1_000_000;
/** How long a consumer waits for new events before it looks for abandoned ones again. */
const MAXIMUM_BLOCK_MS = 5000;

const streamEntries = z.array(z.tuple([z.string(), z.array(z.string()).nullable()]));
const readReply = z.array(z.tuple([z.string(), streamEntries])).nullable();
const claimReply = z.tuple([z.string(), streamEntries]).rest(z.unknown());

function overRedis(url: string, logger: Logger, claimAfterMs: number): EventTransport {
  const blockMs = Math.min(MAXIMUM_BLOCK_MS, claimAfterMs);
  const connect = (): Redis => new Redis(url).on("error", (error) => logger.warn({ err: error }, "Redis is away"));
  const publisher = connect();
  const readers: { redis: Redis; done: Promise<void> }[] = [];
  let closing = false;

  async function read(
    redis: Redis,
    group: string,
    types: readonly string[],
    accept: (event: EventEnvelope) => Promise<void>,
  ) {
    const name = randomUUID();
    const deliver = async (entries: z.infer<typeof streamEntries>): Promise<void> => {
      for (const [id, fields] of entries) {
        try {
          const event = fields === null ? null : envelope.parse(JSON.parse(fields[1] ?? "null"));
          if (event !== null && types.includes(event.type)) await accept(event);
          await redis.xack(STREAM, group, id);
        } catch (error) {
          // stays pending and comes again after claimAfterMs, without holding up those behind it
          if (!closing) logger.error({ err: error, group, entry: id }, "an event was not accepted");
        }
      }
    };
    while (!closing) {
      try {
        const [, abandoned] = claimReply.parse(
          await redis.xautoclaim(STREAM, group, name, claimAfterMs, "0-0", "COUNT", 100),
        );
        await deliver(abandoned);
        const reply = readReply.parse(
          await redis.xreadgroup("GROUP", group, name, "COUNT", 100, "BLOCK", blockMs, "STREAMS", STREAM, ">"),
        );
        for (const [, entries] of reply ?? []) await deliver(entries);
      } catch (error) {
        if (!closing) logger.error({ err: error, group }, "reading events failed; trying again");
        // a Redis that lost its memory has lost the group, too
        if (isRedisError(error, "NOGROUP")) await ensureGroup(redis, group).catch(() => undefined);
        if (!closing) await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
  }

  return {
    publish: async (event) => {
      await publisher.xadd(STREAM, "MAXLEN", "~", STREAM_LENGTH, "*", "event", JSON.stringify(event));
    },
    subscribe: async (consumer, types, accept) => {
      const redis = connect();
      await ensureGroup(redis, consumer);
      readers.push({ redis, done: read(redis, consumer, types, accept) });
    },
    close: async () => {
      closing = true;
      publisher.disconnect();
      for (const { redis } of readers) redis.disconnect();
      await Promise.all(readers.map(({ done }) => done));
    },
  };
}

async function ensureGroup(redis: Redis, group: string): Promise<void> {
  try {
    await redis.xgroup("CREATE", STREAM, group, "0", "MKSTREAM");
  } catch (error) {
    if (!isRedisError(error, "BUSYGROUP")) throw error;
  }
}

function isRedisError(error: unknown, code: string): boolean {
  return error instanceof Error && error.message.startsWith(code);
}
