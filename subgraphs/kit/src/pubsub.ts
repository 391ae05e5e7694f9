import { createRedisEventTarget } from "@graphql-yoga/redis-event-target";
import { createPubSub as createYogaPubSub } from "@graphql-yoga/subscription";
import { Redis } from "ioredis";

/**
 * Ephemeral fan-out: whoever listens now hears it, nobody else ever will. What must not be lost is an event
 * (see events.ts) or a row. Messages are JSON.
 */
export interface PubSub {
  publish(topic: string, message: unknown): void;
  subscribe<Message>(topic: string): AsyncIterable<Message>;
  close(): Promise<void>;
}

/** In memory for one process; over Redis when `redisUrl` is given, for any number of them. */
export function createPubSub(options: { redisUrl?: string | undefined } = {}): PubSub {
  const { eventTarget, close } = options.redisUrl === undefined ? inMemory() : overRedis(options.redisUrl);
  const pubSub = createYogaPubSub<Record<string, [unknown]>>(eventTarget === undefined ? {} : { eventTarget });
  return {
    publish: (topic, message) => pubSub.publish(topic, message),
    subscribe: <Message>(topic: string) => pubSub.subscribe(topic) as AsyncIterable<Message>,
    close,
  };
}

function inMemory(): { eventTarget: undefined; close: () => Promise<void> } {
  return { eventTarget: undefined, close: async () => undefined };
}

function overRedis(url: string): { eventTarget: ReturnType<typeof createRedisEventTarget>; close: () => Promise<void> } {
  const publishClient = new Redis(url);
  const subscribeClient = new Redis(url);
  return {
    eventTarget: createRedisEventTarget({ publishClient, subscribeClient }),
    close: async () => {
      publishClient.disconnect();
      subscribeClient.disconnect();
    },
  };
}
