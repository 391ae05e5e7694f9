import { describe, expect, it } from "vitest";
import { EventQueue } from "./event-queue.js";

const event = (value: number) => ({ done: false, value });
const done = { done: true, value: undefined };

describe("a queue of events", () => {
  it("gives events in order, whether they come before or after they are asked for", async () => {
    const queue = new EventQueue<number>();
    queue.push(1);
    const first = queue.next();
    const second = queue.next();
    queue.push(2);
    queue.push(3);
    expect(await Promise.all([first, second, queue.next()])).toEqual([event(1), event(2), event(3)]);
  });

  it("ends after what is waiting and a last event, and lets go of its source", async () => {
    const queue = new EventQueue<number>();
    let isReleased = false;
    queue.onEnd(() => (isReleased = true));
    queue.push(1);
    queue.end(2);
    expect(isReleased).toBe(true);
    queue.push(3);
    expect([await queue.next(), await queue.next(), await queue.next()]).toEqual([event(1), event(2), done]);
  });

  it("refuses the event that its reader is too slow for", () => {
    const queue = new EventQueue<number>();
    const accepted = Array.from({ length: 1_001 }, (_, value) => queue.push(value));
    expect(accepted.indexOf(false)).toBe(1_000);
  });

  it("ends at once when its reader leaves, also a reader who waits", async () => {
    const queue = new EventQueue<number>();
    let isReleased = false;
    queue.onEnd(() => (isReleased = true));
    const waiting = queue.next();
    await queue.return();
    expect([await waiting, await queue.next(), isReleased]).toEqual([done, done, true]);
  });

  it("lets go of a source that comes too late", () => {
    const queue = new EventQueue<number>();
    queue.end();
    let isReleased = false;
    queue.onEnd(() => (isReleased = true));
    expect(isReleased).toBe(true);
  });
});
