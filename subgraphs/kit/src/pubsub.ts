import { Repeater } from "@graphql-yoga/subscription";
import { Redis } from "ioredis";
import type { Logger } from "pino";

/**
 * Ephemeral fan-out: whoever listens now hears it, nobody else ever will. What must not be lost is an event
 * (see events.ts) or a row. Messages are JSON.
 */
export interface PubSub {
  readonly publish: (topic: string, message: unknown) => void;
  /** Listens from the first `next()` on. Ends with an error for a listener who is 1024 messages behind. */
  subscribe(topic: string): AsyncIterable<unknown>;
  readonly close: () => Promise<void>;
}

type Hear = (message: unknown) => void;

interface Exchange {
  readonly publish: (topic: string, message: unknown) => void;
  /** @returns the way to stop */
  readonly listen: (topic: string, hear: Hear) => () => void;
  readonly close: () => Promise<void>;
}

/** In memory for one process; over Redis when `redisUrl` is given, for any number of them. */
export function createPubSub(options: { redisUrl?: string | undefined; logger?: Logger } = {}): PubSub {
  const exchange = options.redisUrl === undefined ? inMemory() : overRedis(options.redisUrl, options.logger);
  return {
    publish: exchange.publish,
    subscribe: (topic) =>
      new Repeater<unknown>((push, stop) => {
        const hear: Hear = (message) => {
          try {
            push(message).catch(stop);
          } catch (overflow) {
            stop(overflow);
          }
        };
        void stop.then(exchange.listen(topic, hear));
      }),
    close: exchange.close,
  };
}

function inMemory(): Exchange {
  const audience = new Audience();
  return {
    publish: (topic, message) => audience.tell(topic, message),
    listen: (topic, hear) => {
      audience.add(topic, hear);
      return () => void audience.remove(topic, hear);
    },
    close: async () => undefined,
  };
}

function overRedis(url: string, logger: Logger | undefined): Exchange {
  const audience = new Audience();
  const [publisher, subscriber] = [new Redis(url), new Redis(url)];
  let closed = false;
  /** What is lost while Redis is away is lost: this is the ephemeral kind. It must not end the process. */
  const report = (error: unknown): void => {
    if (!closed) logger?.warn({ err: error }, "pub/sub over Redis failed");
  };
  for (const redis of [publisher, subscriber]) redis.on("error", report);
  subscriber.on("message", (topic: string, message: string) => audience.tell(topic, JSON.parse(message)));
  return {
    publish: (topic, message) => void publisher.publish(topic, JSON.stringify(message)).catch(report),
    listen: (topic, hear) => {
      if (audience.add(topic, hear)) subscriber.subscribe(topic).catch(report);
      return () => {
        if (audience.remove(topic, hear)) subscriber.unsubscribe(topic).catch(report);
      };
    },
    close: async () => {
      closed = true;
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}

/** Who listens to what in this process. */
class Audience {
  readonly #listeners = new Map<string, Set<Hear>>();

  /** @returns whether this is the topic's first listener */
  add(topic: string, hear: Hear): boolean {
    const listeners = this.#listeners.get(topic);
    if (listeners === undefined) this.#listeners.set(topic, new Set([hear]));
    else listeners.add(hear);
    return listeners === undefined;
  }

  /** @returns whether this was the topic's last listener */
  remove(topic: string, hear: Hear): boolean {
    const listeners = this.#listeners.get(topic);
    listeners?.delete(hear);
    return listeners?.size === 0 && this.#listeners.delete(topic);
  }

  tell(topic: string, message: unknown): void {
    for (const hear of this.#listeners.get(topic) ?? []) hear(message);
  }
}
