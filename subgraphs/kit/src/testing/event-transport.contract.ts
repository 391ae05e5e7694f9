import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import type { EventEnvelope, EventTransport } from "../events.js";
import { eventually } from "./index.js";

export function buildEvent(type = "thing.happened"): EventEnvelope {
  return { id: randomUUID(), type, version: 1, occurredAt: new Date().toISOString(), data: { answer: 42 } };
}

/** Waits until `count` things are there. */
export function untilThereAre(count: number, things: readonly unknown[]): Promise<true> {
  return eventually(async () => (things.length >= count ? true : undefined));
}

/** What every adapter of EventTransport keeps. `connect` gives a transport of which nobody has heard anything yet. */
export function describeEventTransport(name: string, connect: () => EventTransport): void {
  describe(`event transport: ${name}`, () => {
    let transport: EventTransport | undefined;
    const start = (): EventTransport => (transport = connect());
    afterEach(() => transport?.close());

    it("brings each event, whole and in order, once to every consumer", async () => {
      const transport = start();
      const [first, second]: [EventEnvelope[], EventEnvelope[]] = [[], []];
      await transport.subscribe("first", ["thing.happened"], async (event) => void first.push(event));
      await transport.subscribe("second", ["thing.happened"], async (event) => void second.push(event));
      const events = Array.from({ length: 5 }, () => buildEvent());
      for (const event of events) await transport.publish(event);
      await Promise.all([untilThereAre(5, first), untilThereAre(5, second)]);
      expect(first).toEqual(events);
      expect(second).toEqual(events);
    });

    it("brings a consumer only the types that it asked for", async () => {
      const transport = start();
      const accepted: EventEnvelope[] = [];
      const types = ["thing.happened", "thing.ended"];
      await transport.subscribe("consumer", types, async (event) => void accepted.push(event));
      const [wanted, other, last] = [buildEvent(), buildEvent("other.happened"), buildEvent("thing.ended")];
      for (const event of [wanted, other, last]) await transport.publish(event);
      await untilThereAre(2, accepted);
      expect(accepted).toEqual([wanted, last]);
    });

    it("brings an event again that was not accepted, to a publisher that repeats what failed", async () => {
      const transport = start();
      const offered: string[] = [];
      await transport.subscribe("consumer", ["thing.happened"], async (event) => {
        offered.push(event.id);
        if (offered.length === 1) throw new Error("The database is away.");
      });
      const event = buildEvent();
      await eventually(() =>
        transport.publish(event).then(
          () => true,
          () => undefined,
        ),
      );
      await untilThereAre(2, offered);
      expect(offered).toEqual([event.id, event.id]);
    });

    it("brings nothing after it was closed", async () => {
      const transport = start();
      const accepted: EventEnvelope[] = [];
      await transport.subscribe("consumer", ["thing.happened"], async (event) => void accepted.push(event));
      await transport.publish(buildEvent());
      await untilThereAre(1, accepted);
      await transport.close();
      await transport.publish(buildEvent()).catch(() => undefined);
      expect(accepted).toHaveLength(1);
    });
  });
}
