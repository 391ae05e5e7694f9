import { Repeater } from "@graphql-yoga/subscription";
import type { Logger } from "pino";
import { LenteraError } from "./errors.js";
import type { Heard } from "./pubsub-exchange.js";
import { inMemory } from "./pubsub-memory.js";
import { overRedis } from "./pubsub-redis.js";

export type { Heard } from "./pubsub-exchange.js";

/**
 * Fan-out to whoever listens now, with a short memory: a listener who says where it had got to hears what it missed.
 * What must never be lost is an event (see events.ts) or a row. Messages are JSON.
 */
export interface PubSub {
  readonly publish: (topic: string, message: unknown) => void;
  /** Listens from the first `next()` on. Ends with LIMIT_EXCEEDED for a listener who is 1024 messages behind. */
  subscribe(topic: string): AsyncIterable<unknown>;
  /**
   * The same, with the position of each message in its topic.
   * @param after the position of the last message that was heard; ends with CURSOR_EXPIRED when it is not known what
   * came after it
   */
  listen(topic: string, after?: string): AsyncIterable<Heard>;
  readonly close: () => Promise<void>;
}

/** In memory for one process; over Redis when `redisUrl` is given, for any number of them. */
export function createPubSub(options: { redisUrl?: string | undefined; logger?: Logger } = {}): PubSub {
  const exchange = options.redisUrl === undefined ? inMemory() : overRedis(options.redisUrl, options.logger);
  const listen = (topic: string, after?: string): Repeater<Heard> =>
    new Repeater<Heard>((push, stop) => {
      const hear = (heard: Heard): void => {
        try {
          push(heard).catch(stop);
        } catch (cause) {
          stop(new LenteraError("LIMIT_EXCEEDED", { cause }));
        }
      };
      void stop.then(exchange.listen(topic, after, { hear, fail: stop }));
    });
  return {
    publish: exchange.publish,
    listen,
    subscribe: (topic) => messagesOf(listen(topic), () => undefined),
    close: exchange.close,
  };
}

/** Only the messages; `passed` hears of the position of each one that is taken. */
export function messagesOf(heard: AsyncIterable<Heard>, passed: (cursor: string) => void): AsyncIterable<unknown> {
  return {
    [Symbol.asyncIterator]: () => {
      const source = heard[Symbol.asyncIterator]();
      return {
        next: async () => {
          const next = await source.next();
          if (next.done === true) return { done: true, value: undefined };
          passed(next.value.cursor);
          return { done: false, value: next.value.message };
        },
        return: async () => {
          await source.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
