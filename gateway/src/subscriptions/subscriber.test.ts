import { describe, expect, it } from "vitest";
import { type Delivery, type SlowPolicy, Subscriber } from "./subscriber.js";

const delivery = (number: number, size = 10): Delivery => ({ result: { data: { number } }, size });
const done = { done: true, value: undefined };

function start(policy: SlowPolicy): { subscriber: Subscriber<unknown>; calls: string[] } {
  const calls: string[] = [];
  const subscriber = new Subscriber<unknown>({
    policy,
    as: (result) => result,
    onLeave: () => calls.push("left"),
    onTooSlow: () => calls.push("too slow"),
  });
  return { subscriber, calls };
}

describe("a subscriber that reads too slowly", () => {
  it("is closed, and what waited is let go, when its field is CLOSE", async () => {
    const { subscriber, calls } = start("CLOSE");
    for (let number = 0; number < 256; number++) subscriber.offer(delivery(number));
    expect(calls).toEqual([]);
    subscriber.offer(delivery(256));
    subscriber.offer(delivery(257));
    expect(calls).toEqual(["too slow"]);
    expect(await subscriber.next()).toEqual(done);
  });

  it("is closed for long results sooner", () => {
    const { subscriber, calls } = start("CLOSE");
    for (let number = 0; number < 3; number++) subscriber.offer(delivery(number, 400_000));
    expect(calls).toEqual(["too slow"]);
  });

  it("hears of the gap when its field is DROP_OLDEST, once", async () => {
    const { subscriber } = start("DROP_OLDEST");
    for (let number = 0; number < 70; number++) subscriber.offer(delivery(number));
    expect((await subscriber.next()).value).toEqual({ data: { number: 6 }, extensions: { gap: { dropped: 6 } } });
    expect((await subscriber.next()).value).toEqual({ data: { number: 7 } });
  });

  it("gets the newest only when its field is COALESCE, and hears of it", async () => {
    const { subscriber } = start("COALESCE");
    for (let number = 0; number < 5; number++) subscriber.offer(delivery(number, 2_000_000));
    expect((await subscriber.next()).value).toEqual({ data: { number: 4 }, extensions: { gap: { dropped: 4 } } });
  });

  it("gets what waits before the end, and leaves at once when it wants to", async () => {
    const { subscriber, calls } = start("CLOSE");
    subscriber.offer(delivery(1));
    subscriber.end();
    subscriber.offer(delivery(2));
    expect([(await subscriber.next()).value, await subscriber.next()]).toEqual([{ data: { number: 1 } }, done]);
    const waiting = start("CLOSE");
    const next = waiting.subscriber.next();
    await waiting.subscriber.return();
    expect([await next, waiting.calls, calls]).toEqual([done, ["left"], []]);
  });
});
