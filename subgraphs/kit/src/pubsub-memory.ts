import { randomUUID } from "node:crypto";
import { LenteraError } from "./errors.js";
import { type Exchange, type Heard, type Listener, REMEMBERED_MESSAGES } from "./pubsub-exchange.js";

/** Topics that are remembered though nobody listens to them. */
const REMEMBERED_TOPICS = 10_000;

interface Topic {
  readonly listeners: Set<Listener>;
  readonly recent: (Heard & { readonly number: number })[];
  /** The number of the last message that is no longer in `recent`. */
  forgotten: number;
}

/** Everything within one process. A cursor is the exchange's own id and the number of a message. */
export function inMemory(): Exchange {
  const id = randomUUID();
  const topics = new Map<string, Topic>();
  let published = 0;
  /** The number of the last message of any topic that is no longer known at all. */
  let forgotten = 0;

  function topicOf(name: string): Topic {
    const known = topics.get(name);
    topics.delete(name);
    const topic = known ?? { listeners: new Set(), recent: [], forgotten };
    topics.set(name, topic);
    if (topics.size > REMEMBERED_TOPICS) forgetOldest();
    return topic;
  }

  function forgetOldest(): void {
    for (const [name, { listeners, recent, forgotten: before }] of topics) {
      if (listeners.size > 0) continue;
      forgotten = Math.max(forgotten, recent.at(-1)?.number ?? before);
      topics.delete(name);
      return;
    }
  }

  /** @throws CURSOR_EXPIRED */
  function missed(topic: Topic, after: string | undefined): readonly Heard[] {
    if (after === undefined) return [];
    const number = after.startsWith(`${id}:`) ? Number(after.slice(id.length + 1)) : Number.NaN;
    if (!(number >= topic.forgotten && number <= published)) throw new LenteraError("CURSOR_EXPIRED");
    return topic.recent.filter((heard) => heard.number > number);
  }

  return {
    publish: (name, message) => {
      const topic = topicOf(name);
      published += 1;
      const heard = { message, cursor: `${id}:${published}`, number: published };
      topic.recent.push(heard);
      if (topic.recent.length > REMEMBERED_MESSAGES) topic.forgotten = topic.recent.shift()?.number ?? published;
      for (const listener of topic.listeners) listener.hear(heard);
    },
    listen: (name, after, listener) => {
      const topic = topicOf(name);
      try {
        for (const heard of missed(topic, after)) listener.hear(heard);
        topic.listeners.add(listener);
      } catch (error) {
        listener.fail(error);
      }
      return () => void topic.listeners.delete(listener);
    },
    close: async () => topics.clear(),
  };
}
