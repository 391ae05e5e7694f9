import { afterEach, describe, expect, it } from "vitest";
import type { Heard, PubSub } from "../pubsub.js";

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

    it("tells a listener who says where it had got to what it missed, once and in order, while more is said", async () => {
      const pubSub = start();
      const whole = pubSub.listen("topic")[Symbol.asyncIterator]();
      const first = whole.next();
      await untilHeard("topic");
      for (let number = 0; number < 50; number++) pubSub.publish("topic", number);
      const all = await take(whole, 50, first);
      expect(all.map(({ message }) => message)).toEqual(numbers(0, 50));
      const resumed = pubSub.listen("topic", all[19]?.cursor)[Symbol.asyncIterator]();
      const next = resumed.next();
      for (let number = 50; number < 100; number++) pubSub.publish("topic", number);
      expect((await take(resumed, 80, next)).map(({ message }) => message)).toEqual(numbers(20, 100));
      for (const listener of [whole, resumed]) await listener.return?.();
    });

    it("tells a listener who says where it had got to what was said while nobody listened", async () => {
      const pubSub = start();
      const before = pubSub.listen("topic")[Symbol.asyncIterator]();
      const first = before.next();
      await untilHeard("topic");
      pubSub.publish("topic", 0);
      const [heard] = await take(before, 1, first);
      await before.return?.();
      for (let number = 1; number < 900; number++) pubSub.publish("topic", number);
      const after = pubSub.listen("topic", heard?.cursor)[Symbol.asyncIterator]();
      expect((await take(after, 899)).map(({ message }) => message)).toEqual(numbers(1, 900));
      await after.return?.();
    });

    it("says so when it no longer knows what came after a position, or never knew it", async () => {
      const pubSub = start();
      const whole = pubSub.listen("topic")[Symbol.asyncIterator]();
      const first = whole.next();
      await untilHeard("topic");
      for (let number = 0; number < 1002; number++) pubSub.publish("topic", number);
      const all = await take(whole, 1002, first);
      const remembered = pubSub.listen("topic", all[2]?.cursor)[Symbol.asyncIterator]();
      expect((await take(remembered, 999)).map(({ message }) => message)).toEqual(numbers(3, 1002));
      for (const listener of [whole, remembered]) await listener.return?.();
      const stranger = all[1]?.cursor.replace(/^......../, "00000000");
      for (const cursor of [all[0]?.cursor, stranger, "", "nonsense"])
        await expect(pubSub.listen("topic", cursor)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
          code: "CURSOR_EXPIRED",
        });
    });

    it("ends a listener who is too far behind with LIMIT_EXCEEDED", async () => {
      const pubSub = start();
      const [slow, quick] = [listenTo(pubSub, "topic"), pubSub.listen("topic")[Symbol.asyncIterator]()];
      const [first, quickFirst] = [slow.next(), quick.next()];
      await untilHeard("topic");
      for (let batch = 0; batch < 11; batch++) {
        for (let number = 0; number < 100; number++) pubSub.publish("topic", number);
        await take(quick, 100, batch === 0 ? quickFirst : undefined);
      }
      expect((await first).value).toBe(0);
      const behind = async (): Promise<void> => {
        while ((await slow.next()).done !== true);
      };
      await expect(behind()).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
      await quick.return?.();
    });
  });
}

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

async function take(
  listener: AsyncIterator<Heard>,
  count: number,
  first: Promise<IteratorResult<Heard>> = listener.next(),
): Promise<Heard[]> {
  const heard: Heard[] = [];
  for (let next = await first; next.done !== true; next = await listener.next()) {
    heard.push(next.value);
    if (heard.length === count) return heard;
  }
  throw new Error(`The listener ended after ${heard.length} messages.`);
}

function listenTo(pubSub: PubSub, topic: string): AsyncIterator<unknown> {
  return pubSub.subscribe(topic)[Symbol.asyncIterator]();
}
