import { afterEach, describe, expect, it } from "vitest";
import type { PubSub } from "../pubsub.js";

/** What every adapter of PubSub keeps. `untilHeard` waits until somebody listens to a topic. */
export function describePubSub(
  name: string,
  connect: () => PubSub,
  untilHeard: (topic: string) => Promise<void>,
): void {
  describe(`pub/sub: ${name}`, () => {
    let pubSub: PubSub | undefined;
    const start = (): PubSub => (pubSub = connect());
    afterEach(() => pubSub?.close());

    it("brings each message, in order, to everybody who listens to its topic", async () => {
      const pubSub = start();
      const listeners = [listenTo(pubSub, "topic"), listenTo(pubSub, "topic")];
      const firsts = listeners.map((listener) => listener.next());
      await untilHeard("topic");
      pubSub.publish("another topic", { text: "unheard" });
      pubSub.publish("topic", { text: "one", tags: [1, null] });
      pubSub.publish("topic", { text: "two" });
      for (const first of firsts) expect((await first).value).toEqual({ text: "one", tags: [1, null] });
      for (const listener of listeners) expect((await listener.next()).value).toEqual({ text: "two" });
      for (const listener of listeners) await listener.return?.();
    });

    it("forgets what nobody listened to", async () => {
      const pubSub = start();
      pubSub.publish("topic", "before");
      const listener = listenTo(pubSub, "topic");
      const first = listener.next();
      await untilHeard("topic");
      pubSub.publish("topic", "after");
      expect((await first).value).toBe("after");
      await listener.return?.();
    });

    it("lets a listener leave while it waits, and the others stay", async () => {
      const pubSub = start();
      const [leaving, staying] = [listenTo(pubSub, "topic"), listenTo(pubSub, "topic")];
      const [missed, heard] = [leaving.next(), staying.next()];
      await untilHeard("topic");
      await leaving.return?.();
      pubSub.publish("topic", "hello");
      expect((await missed).done).toBe(true);
      expect(await leaving.next()).toMatchObject({ done: true });
      expect((await heard).value).toBe("hello");
      await staying.return?.();
    });
  });
}

function listenTo(pubSub: PubSub, topic: string): AsyncIterator<unknown> {
  return pubSub.subscribe(topic)[Symbol.asyncIterator]();
}
