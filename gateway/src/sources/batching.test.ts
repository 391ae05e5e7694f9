import { type RequestIdentity, anonymous, createLogger } from "@lentera/kit";
import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import type { RequestScope } from "../request.js";
import { batching } from "./batching.js";
import type { SubgraphOperation, SubgraphResponse, SubgraphSource } from "./source.js";

const QUERY = "query ($representations: [_Any!]!, $size: Int) { _entities(representations: $representations) { id } }";
const identity: RequestIdentity = { viewer: anonymous, requestId: "batch", language: "en" };
const nothing = (): never => {
  throw new Error("Nobody asks for this.");
};

/** A subgraph that answers when it is let, and says what it was asked. An entity "bad" is an error, "gone" is null. */
class Entities {
  readonly asked: (readonly string[])[] = [];
  readonly #answers: (() => void)[] = [];
  failure: Error | undefined;

  readonly source: SubgraphSource = {
    name: "entities",
    fetch: async ({ variables }: SubgraphOperation): Promise<SubgraphResponse> => {
      const ids = (variables["representations"] as { id: string }[]).map(({ id }) => id);
      this.asked.push(ids);
      await new Promise<void>((resolve) => this.#answers.push(resolve));
      if (this.failure !== undefined) throw this.failure;
      const errors = ids.flatMap((id, index) =>
        id === "bad" ? [{ message: `${id} is bad`, path: ["_entities", index, "name"] }] : [],
      );
      const _entities = ids.map((id) => (id === "gone" ? null : { id }));
      return { data: { _entities }, ...(errors.length > 0 && { errors }) };
    },
    subscribe: nothing,
    health: nothing,
    document: nothing,
    route: nothing,
    close: nothing,
  };

  async answer(): Promise<void> {
    await new Promise(setImmediate);
    for (const resolve of this.#answers.splice(0)) resolve();
    await new Promise(setImmediate);
  }
}

describe("entity fetches of a stream", () => {
  const stream = {};
  const scope = (of: object | undefined = stream): RequestScope => ({
    identity,
    logger: createLogger("silent"),
    ...(of !== undefined && { stream: of }),
  });
  const operation = (ids: readonly string[], variables: object = {}): SubgraphOperation => ({
    document: parse(QUERY),
    query: QUERY,
    operationName: undefined,
    variables: { representations: ids.map((id) => ({ __typename: "User", id })), ...variables },
  });

  it("go at once when nobody is before them, together otherwise, each entity once, each answer to whom it belongs", async () => {
    const entities = new Entities();
    const { fetch } = batching(entities.source);
    const answers = [["a"], ["b", "bad"], ["gone", "b"], ["bad", "c"]].map((ids) => fetch(operation(ids), scope()));
    await entities.answer();
    await entities.answer();
    expect(entities.asked).toEqual([["a"], ["b", "bad", "gone", "c"]]);
    expect(await Promise.all(answers)).toEqual([
      { data: { _entities: [{ id: "a" }] } },
      {
        data: { _entities: [{ id: "b" }, { id: "bad" }] },
        errors: [{ message: "bad is bad", path: ["_entities", 1, "name"] }],
      },
      { data: { _entities: [null, { id: "b" }] } },
      {
        data: { _entities: [{ id: "bad" }, { id: "c" }] },
        errors: [{ message: "bad is bad", path: ["_entities", 0, "name"] }],
      },
    ]);
  });

  it("never go together with those of another stream, of other variables or of no stream", async () => {
    const entities = new Entities();
    const { fetch } = batching(entities.source);
    const answers = [
      fetch(operation(["a"]), scope()),
      fetch(operation(["b"]), scope({})),
      fetch(operation(["c"], { size: 2 }), scope()),
      fetch(operation(["d"]), { identity, logger: createLogger("silent") }),
      fetch(operation(["e"]), { identity, logger: createLogger("silent") }),
    ];
    await entities.answer();
    await Promise.all(answers);
    expect(entities.asked).toEqual([["a"], ["b"], ["c"], ["d"], ["e"]]);
  });

  it("fail together, and the next one goes again", async () => {
    const entities = new Entities();
    const { fetch } = batching(entities.source);
    entities.failure = new Error("away");
    const outcomes = Promise.allSettled([["a"], ["b"], ["c"]].map((ids) => fetch(operation(ids), scope())));
    await entities.answer();
    await entities.answer();
    expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    entities.failure = undefined;
    const again = fetch(operation(["a"]), scope());
    await entities.answer();
    expect((await again).data).toEqual({ _entities: [{ id: "a" }] });
  });
});
