import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import type { Logger } from "pino";
import { z } from "zod";
import { LenteraError } from "./errors.js";
import { type Exchange, type Listener, REMEMBERED_MESSAGES } from "./pubsub-exchange.js";

/** A topic that nothing happens in is forgotten after this long. */
const REMEMBERED_MS = 3_600_000;
/** What was published longer ago than this has arrived, while there was a connection. */
const DELIVERY_MS = 60_000;
/** Messages that wait for a Redis that is away. */
const MAX_UNSENT = 10_000;
/** Names the memory of one Redis: another name means that it has lost what it knew. */
const MEMORY_KEY = "lentera:topics";

/** Stores a message and tells it, once however often it is sent: a connection that breaks does not say whether it was. */
const PUBLISH = `
if not redis.call("SET", KEYS[2], "1", "NX", "PX", ARGV[3]) then return end
local id = redis.call("XADD", KEYS[1], "MAXLEN", "=", ARGV[2], "*", "message", ARGV[1])
redis.call("PEXPIRE", KEYS[1], ARGV[3])
redis.call("PUBLISH", ARGV[4], id .. " " .. ARGV[1])`;

/** The name of the memory, and the position after which everything is still to come. */
const LOCATE = `
local memory = redis.call("SET", KEYS[2], ARGV[1], "NX", "GET") or ARGV[1]
if redis.call("EXISTS", KEYS[1]) == 1 then
  local last = redis.call("XREVRANGE", KEYS[1], "+", "-", "COUNT", 1)
  return { memory, last[1][1] }
end
local now = redis.call("TIME")
return { memory, string.format("%d-0", now[1] * 1000 + math.floor(now[2] / 1000)) }`;

/** The name of the memory, its clock, the first message that a topic still has, and those after a position. */
const READ = `
local memory = redis.call("SET", KEYS[2], ARGV[1], "NX", "GET") or ARGV[1]
local now = redis.call("TIME")
local first = redis.call("XRANGE", KEYS[1], "-", "+", "COUNT", 1)
return { memory, string.format("%d", now[1] * 1000 + math.floor(now[2] / 1000)), first, redis.call("XRANGE", KEYS[1], "(" .. ARGV[2], "+") }`;

const entries = z.array(z.tuple([z.string(), z.tuple([z.literal("message"), z.string()])]));
const located = z.tuple([z.string(), z.string()]);
const read = z.tuple([z.string(), z.coerce.number(), entries, entries]);

interface Position {
  readonly memory: string;
  /** Milliseconds of Redis's clock, and a number within the millisecond: `1700000000000-0`. */
  readonly id: string;
}

/** Redis Streams remember, Redis pub/sub tells. A cursor is the name of the memory and the id of a stream's entry. */
export function overRedis(url: string, logger: Logger | undefined): Exchange {
  const commands = new Redis(url, { maxRetriesPerRequest: null });
  const subscriber = new Redis(url, { maxRetriesPerRequest: null, autoResubscribe: false });
  const topics = new Map<string, Set<RedisListener>>();
  let isClosed = false;
  let unsent = 0;
  const report = (error: unknown): void => {
    if (!isClosed) logger?.warn({ err: error }, "pub/sub over Redis failed");
  };
  for (const redis of [commands, subscriber]) redis.on("error", report);
  subscriber.on("message", (topic: string, text: string) => {
    const space = text.indexOf(" ");
    for (const listener of topics.get(topic) ?? []) listener.hear(text.slice(0, space), text.slice(space + 1));
  });
  /** After a time without Redis everybody asks for what was said meanwhile. */
  let knownUntil = 0;
  subscriber.on("close", () => (knownUntil = Date.now() - DELIVERY_MS));
  subscriber.on("ready", () => {
    for (const [topic, listeners] of topics) for (const listener of listeners) void follow(topic, listener);
  });

  async function begin(topic: string, after: string | undefined, listener: RedisListener): Promise<void> {
    try {
      listener.position = after === undefined ? await locate(topic) : parseCursor(after);
    } catch (error) {
      return listener.fail(error);
    }
    if (!listener.isListening) return;
    const listeners = topics.get(topic);
    if (listeners === undefined) topics.set(topic, new Set([listener]));
    else listeners.add(listener);
    await follow(topic, listener);
  }

  async function locate(topic: string): Promise<Position> {
    const reply = await commands.eval(LOCATE, 2, streamOf(topic), MEMORY_KEY, randomUUID());
    const [memory, id] = located.parse(reply);
    return { memory, id };
  }

  async function follow(topic: string, listener: RedisListener): Promise<void> {
    const attempt = listener.hold();
    try {
      await subscriber.subscribe(topic);
      if (listener.position !== undefined) listener.release(attempt, await readAfter(topic, listener.position));
    } catch (error) {
      listener.fail(error);
    }
  }

  /** @throws CURSOR_EXPIRED when more may have been said since than Redis remembers */
  async function readAfter(topic: string, { memory: known, id }: Position): Promise<StoredMessage[]> {
    const reply = await commands.eval(READ, 2, streamOf(topic), MEMORY_KEY, randomUUID(), id);
    const [memory, now, [first], missed] = read.parse(reply);
    const hasPosition = first !== undefined && !isAfter(first[0], id);
    const isRecent = now - Math.max(millisecondsOf(id), knownUntil) < REMEMBERED_MS;
    const isComplete = hasPosition || (isRecent && missed.length < REMEMBERED_MESSAGES);
    if (memory !== known || !isComplete) throw new LenteraError("CURSOR_EXPIRED");
    return missed.map(([entry, [, message]]) => [entry, message]);
  }

  return {
    publish: (topic, message) => {
      if (unsent >= MAX_UNSENT) return report(new Error("Redis has been away for too long: a message is lost."));
      unsent += 1;
      const once = `lentera:told:${randomUUID()}`;
      const text = JSON.stringify(message);
      commands
        .eval(PUBLISH, 2, streamOf(topic), once, text, REMEMBERED_MESSAGES, REMEMBERED_MS, topic)
        .catch(report)
        .finally(() => (unsent -= 1));
    },
    listen: (topic, after, listener) => {
      const own = new RedisListener(listener);
      void begin(topic, after, own);
      return () => {
        own.isListening = false;
        const listeners = topics.get(topic);
        listeners?.delete(own);
        if (listeners?.size !== 0) return;
        topics.delete(topic);
        subscriber.unsubscribe(topic).catch(report);
      };
    },
    close: async () => {
      isClosed = true;
      commands.disconnect();
      subscriber.disconnect();
    },
  };
}

type StoredMessage = readonly [id: string, message: string];

/** Hears every message once and in order, whichever way it comes. */
class RedisListener {
  isListening = true;
  position: Position | undefined;
  /** What is told while the past is still being read. */
  #held: StoredMessage[] | undefined = [];
  #attempt = 0;

  constructor(private readonly listener: Listener) {}

  /** From now on until the latest attempt to read the past has succeeded. */
  hold(): number {
    this.#held ??= [];
    return ++this.#attempt;
  }

  release(attempt: number, missed: readonly StoredMessage[]): void {
    if (attempt !== this.#attempt) return;
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const [id, message] of [...missed, ...held]) this.hear(id, message);
  }

  hear(id: string, message: string): void {
    if (!this.isListening || this.position === undefined) return;
    if (this.#held !== undefined) this.#held.push([id, message]);
    else if (isAfter(id, this.position.id)) {
      this.position = { ...this.position, id };
      this.listener.hear({ message: JSON.parse(message), cursor: `${this.position.memory}:${id}` });
    }
  }

  fail(error: unknown): void {
    if (this.isListening) this.listener.fail(error);
    this.isListening = false;
  }
}

const CURSOR = /^([\w-]{36}):(\d{1,15}-\d{1,15})$/;

/** @throws CURSOR_EXPIRED for what is no cursor of this kind */
function parseCursor(cursor: string): Position {
  const [, memory, id] = CURSOR.exec(cursor) ?? [];
  if (memory === undefined || id === undefined) throw new LenteraError("CURSOR_EXPIRED");
  return { memory, id };
}

function isAfter(one: string, other: string): boolean {
  const [milliseconds = 0, number = 0] = one.split("-").map(Number);
  const [otherMilliseconds = 0, otherNumber = 0] = other.split("-").map(Number);
  return milliseconds > otherMilliseconds || (milliseconds === otherMilliseconds && number > otherNumber);
}

function millisecondsOf(id: string): number {
  return Number(id.split("-")[0]);
}

function streamOf(topic: string): string {
  return `lentera:topic:${topic}`;
}
