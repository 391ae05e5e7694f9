import { setImmediate } from "node:timers/promises";
import { LenteraError, anonymous } from "@lentera/kit";
import { describe, expect, it } from "vitest";
import { type TestFederation, type TestTypes, federate } from "../testing/federation.js";

const authors: TestTypes = {
  sdl: `
    type Query { author(id: ID!): Author  authors: [Author!]!  node: Node }
    type Mutation { rename(id: ID!, name: String!): Author! }
    interface Node { id: ID! }
    type Author implements Node @key(fields: "id") { id: ID! name: String! bio: String status: Status }
    type Agency implements Node { id: ID! city: String }
    enum Status { ACTIVE HIDDEN @inaccessible }
  `,
  resolvers: {
    Query: {
      author: (_: unknown, { id }: { id: string }) => ({ id }),
      authors: () => ["1", "2", "1"].map((id) => ({ id })),
      node: () => ({ __typename: "Agency", id: "7", city: "Bandung" }),
    },
    Mutation: { rename: (_: unknown, { id }: { id: string }) => ({ id }) },
    Author: {
      name: ({ id }: { id: string }) => `Author ${id}`,
      bio: ({ id }: { id: string }) => (id === "2" ? null : `Bio ${id}`),
      status: ({ id }: { id: string }) => (id === "2" ? "HIDDEN" : "ACTIVE"),
    },
  },
};

const books: TestTypes = {
  sdl: `
    type Query { bestsellers: [Book!]! }
    type Author @key(fields: "id") { id: ID! books(first: Int! = 10): [Book!]! favourite: Book! rating: Int }
    type Book @key(fields: "id") { id: ID! title: String! author: Author! }
  `,
  resolvers: {
    Query: { bestsellers: () => ["a", "b", "c"].map((id) => ({ id })) },
    Author: {
      books: (_: unknown, { first }: { first: number }) => ["a", "b", "c"].slice(0, first).map((id) => ({ id })),
      favourite: ({ id }: { id: string }) => {
        if (id === "2") throw new LenteraError("NOT_FOUND");
        return { id: "a" };
      },
      rating: ({ id }: { id: string }) => {
        if (id === "1") throw new LenteraError("LIMIT_EXCEEDED");
        return 5;
      },
    },
    Book: { title: ({ id }: { id: string }) => `Book ${id}`, author: () => ({ id: "1" }) },
  },
};

const library = (options: Parameters<typeof federate>[1] = {}): Promise<TestFederation> =>
  federate({ authors, books }, options);

describe("an answer", () => {
  it("has its fields in the order in which they are asked for, each once", async () => {
    const { run } = await library();
    const { data } = await run(`
      { author(id: 1) { ...Later favourite { title } name ... on Author { id favourite { id } } } }
      fragment Later on Author { bio }
    `);
    expect(JSON.stringify(data)).toBe(
      '{"author":{"bio":"Bio 1","favourite":{"title":"Book a","id":"a"},"name":"Author 1","id":"1"}}',
    );
  });

  it("tells the type of an object, whatever it is asked under", async () => {
    const { run } = await library();
    const query = "{ kind: __typename node { kind: __typename id ... on Agency { city } ... on Author { name } } }";
    expect((await run(query)).data).toEqual({
      kind: "Query",
      node: { kind: "Agency", id: "7", city: "Bandung" },
    });
  });

  it("leaves out what @skip and @include say, also for another value of the same variable", async () => {
    const { run, sources } = await library();
    const query = `query ($rich: Boolean! = true) {
      author(id: 1) { id bio @skip(if: $rich) ... @include(if: $rich) { favourite { id } } }
    }`;
    expect((await run(query)).data).toEqual({ author: { id: "1", favourite: { id: "a" } } });
    expect(sources["books"]?.operations).toHaveLength(1);
    expect((await run(query, { variables: { rich: false } })).data).toEqual({ author: { id: "1", bio: "Bio 1" } });
    expect(sources["books"]?.operations).toHaveLength(1);
  });

  it("mixes what is asked about the schema with data", async () => {
    const { run } = await library();
    const { data } = await run(
      '{ author(id: 1) { name } own: __type(name: "Author") { name } __schema { queryType { name } } }',
    );
    expect(data).toEqual({
      author: { name: "Author 1" },
      own: { name: "Author" },
      __schema: { queryType: { name: "Query" } },
    });
  });

  it("is right when a person gives a field the name of another one", async () => {
    const { run } = await library();
    const { data } = await run(
      "{ author(id: 1) { id: name name: id books(first: 1) { title } __proto__: bio constructor: bio } }",
    );
    expect(JSON.stringify(data)).toBe(
      '{"author":{"id":"Author 1","name":"1","books":[{"title":"Book a"}],"__proto__":"Bio 1","constructor":"Bio 1"}}',
    );
  });

  it("asks about each entity once, however often it stands there", async () => {
    const { run, sources } = await library();
    const { data } = await run(
      "{ authors { id books(first: 1) { title author { id books(first: 1) { author { name } } } } } }",
    );
    expect(JSON.stringify(data).match(/"Author 1"/g)).toHaveLength(3);
    for (const { variables } of [...(sources["books"]?.operations ?? []), ...(sources["authors"]?.operations ?? [])]) {
      const representations = (variables["representations"] ?? []) as object[];
      expect(new Set(representations.map((one) => JSON.stringify(one))).size).toBe(representations.length);
    }
  });
});

describe("errors", () => {
  it("stand at every place of the entity that failed, and nulls end at the next place that allows one", async () => {
    const { run } = await library();
    const { data, errors } = await run("{ authors { id score: rating } author(id: 2) { name favourite { title } } }");
    expect(data).toEqual({
      authors: [
        { id: "1", score: null },
        { id: "2", score: 5 },
        { id: "1", score: null },
      ],
      author: null,
    });
    expect(errors?.map(({ path, extensions }) => [path, extensions?.["code"]])).toEqual(
      expect.arrayContaining([
        [["authors", 0, "score"], "LIMIT_EXCEEDED"],
        [["authors", 2, "score"], "LIMIT_EXCEEDED"],
        [["author", "favourite"], "NOT_FOUND"],
      ]),
    );
    expect(errors).toHaveLength(3);
  });

  it("are added for a value that its type does not have, which becomes null", async () => {
    const { run } = await library();
    const { data, errors } = await run("{ authors { id status } }");
    expect(data).toEqual({
      authors: [
        { id: "1", status: "ACTIVE" },
        { id: "2", status: null },
        { id: "1", status: "ACTIVE" },
      ],
    });
    expect(errors?.map(({ path }) => path)).toEqual([["authors", 1, "status"]]);
  });

  it("name each field that a subgraph without an answer should have brought, and the rest is answered", async () => {
    const { run, sources } = await library();
    const books = sources["books"];
    if (books) books.before = () => Promise.reject(new Error("Connection refused."));
    const { data, errors } = await run("{ author(id: 1) { name rating books { id } } bestsellers { id } }");
    expect(data).toBeNull();
    expect(errors?.map(({ path, extensions }) => [path?.join("."), extensions?.["code"]]).toSorted()).toEqual([
      ["author.books", "SERVICE_UNAVAILABLE"],
      ["author.rating", "SERVICE_UNAVAILABLE"],
      ["bestsellers", "SERVICE_UNAVAILABLE"],
    ]);
    expect((await run("{ author(id: 1) { name rating } }")).data).toEqual({
      author: { name: "Author 1", rating: null },
    });
  });

  it("come when a subgraph does not answer in time", async () => {
    const { run, sources } = await library({ fetchTimeoutMs: 20 });
    const signals: (AbortSignal | undefined)[] = [];
    const books = sources["books"];
    if (books)
      books.before = (_operation, { signal }) => {
        signals.push(signal);
        return new Promise(() => undefined);
      };
    const { data, errors } = await run("{ author(id: 1) { name rating } }");
    expect(data).toEqual({ author: { name: "Author 1", rating: null } });
    expect(errors?.map(({ extensions }) => extensions?.["code"])).toEqual(["SERVICE_UNAVAILABLE"]);
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  });
});

/** Keeps the answers of a subgraph back until `release`. */
function held(federation: TestFederation, name: string): { release: () => void; signals: AbortSignal[] } {
  const gate = Promise.withResolvers<void>();
  const signals: AbortSignal[] = [];
  const source = federation.sources[name];
  if (source === undefined) throw new Error(`There is no subgraph ${name}.`);
  source.before = (_operation, { signal }) => {
    if (signal) signals.push(signal);
    return gate.promise;
  };
  return { release: gate.resolve, signals };
}

const QUERY = "{ author(id: 1) { name books(first: 1) { id author { bio } } } }";
const ANSWER = { author: { name: "Author 1", books: [{ id: "a", author: { bio: "Bio 1" } }] } };
const viewerOf = (userId: string) => ({
  identity: {
    viewer: { ...anonymous, kind: "USER" as const, userId },
    requestId: userId,
    language: "en" as const,
    ip: "127.0.0.1",
    userAgent: undefined,
  },
});

describe("equal fetches that run at once", () => {
  it("are one for viewers of equal rights, and each gets an answer of its own", async () => {
    const federation = await library();
    const { release } = held(federation, "authors");
    const running = Array.from({ length: 5 }, () => federation.run(QUERY));
    await setImmediate();
    expect(federation.sources["authors"]?.operations).toHaveLength(1);
    release();
    for (const { data } of await Promise.all(running)) expect(data).toEqual(ANSWER);
    // The next query asks anew.
    const before = federation.sources["authors"]?.operations.length ?? 0;
    await federation.run(QUERY);
    expect(federation.sources["authors"]?.operations.length).toBeGreaterThan(before);
  });

  it("are never one for different viewers, languages or variables", async () => {
    const federation = await library();
    const { release } = held(federation, "authors");
    const running = [
      federation.run(QUERY, { scope: viewerOf("budi") }),
      federation.run(QUERY, { scope: viewerOf("siti") }),
      federation.run(QUERY, { scope: { identity: { ...viewerOf("siti").identity, language: "id" } } }),
      federation.run(QUERY.replace("id: 1", "id: 2"), { scope: viewerOf("siti") }),
    ];
    await setImmediate();
    expect(federation.sources["authors"]?.operations).toHaveLength(4);
    release();
    await Promise.all(running);
  });

  it("are never one when they are mutations, or when a mutation ended between them", async () => {
    const federation = await library();
    const rename = 'mutation { rename(id: 1, name: "x") { id } }';
    const first = held(federation, "authors");
    const mutations = [federation.run(rename), federation.run(rename)];
    await setImmediate();
    expect(federation.sources["authors"]?.operations).toHaveLength(2);
    first.release();
    await Promise.all(mutations);

    const second = held(federation, "authors");
    const stale = federation.run(QUERY);
    await setImmediate();
    const books = federation.sources["authors"];
    if (books) books.before = () => undefined;
    await federation.run(rename);
    const before = books?.operations.length ?? 0;
    const fresh = await federation.run(QUERY);
    expect(fresh.data).toEqual(ANSWER);
    expect(books?.operations.length).toBeGreaterThan(before);
    second.release();
    await stale;
  });

  it("are not shared where that is switched off", async () => {
    const federation = await library({ sharesFetches: false });
    const { release } = held(federation, "authors");
    const running = [federation.run(QUERY), federation.run(QUERY)];
    await setImmediate();
    expect(federation.sources["authors"]?.operations).toHaveLength(2);
    release();
    await Promise.all(running);
  });
});

describe("a client that has left", () => {
  it("ends the fetch that only it waits for, and one that others wait for goes on", async () => {
    const federation = await library();
    const { release, signals } = held(federation, "authors");
    const [alone, together] = [new AbortController(), new AbortController()];
    const lonely = federation.run("{ authors { name } }", { scope: { signal: alone.signal } });
    const gone = federation.run(QUERY, { scope: { signal: together.signal } });
    const stays = federation.run(QUERY);
    await setImmediate();
    alone.abort(new LenteraError("SERVICE_UNAVAILABLE"));
    together.abort(new LenteraError("SERVICE_UNAVAILABLE"));
    await Promise.all([lonely, gone]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    release();
    expect((await stays).data).toEqual(ANSWER);
  });

  it("does not stop its mutation", async () => {
    const federation = await library();
    const { release, signals } = held(federation, "authors");
    const leaving = new AbortController();
    const running = federation.run('mutation { rename(id: 1, name: "x") { id } }', {
      scope: { signal: leaving.signal },
    });
    await setImmediate();
    leaving.abort(new LenteraError("SERVICE_UNAVAILABLE"));
    await setImmediate();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    release();
    await running;
  });
});

describe("a new supergraph", () => {
  it("answers what is new, and what runs ends as it began", async () => {
    const federation = await library();
    const { release } = held(federation, "authors");
    const running = federation.run(QUERY);
    await setImmediate();
    const { federation: other } = await federate({ authors });
    const sdl = await new Promise<string>((resolve) => {
      other.onSchemaLoadOrUpdate(({ coreSupergraphSdl }) => resolve(coreSupergraphSdl));
    });
    expect(() => federation.federation.reload("type Query { a: Int }")).toThrow("supergraph");
    federation.federation.reload(sdl);
    const refused = await federation.run("{ author(id: 1) { rating } }");
    expect(refused.errors?.[0]?.message).toContain('Cannot query field "rating"');
    release();
    expect((await running).data).toEqual(ANSWER);
    expect((await federation.run("{ author(id: 1) { name } }")).data).toEqual({ author: { name: "Author 1" } });
  });
});
