import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { buildSchema, parse, validate } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PersistedDocuments } from "./persisted-documents.js";
import { type TestGateway, nextResult, startTestGateway } from "./testing/gateway.js";
import { BUDI } from "./testing/world.js";

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
const NAME = `query Name { user(id: "${BUDI}") { fullName } }`;
const SCORED = "subscription Scored { scored { number user { fullName } } }";
const KNOWN = new Map([NAME, SCORED].map((text) => [hashOf(text), text]));
const BUDI_IS_FOUND = { user: { fullName: "Budi Santoso" } };

describe.each([
  ["any document", false],
  ["trusted documents only", true],
])("a gateway that takes %s", (_what, isTrustedOnly) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway("in process", { persisted: new PersistedDocuments(KNOWN, isTrustedOnly) });
  });
  afterAll(() => gateway.stop());

  const asked = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(text) } } });
  const post = async (body: object): Promise<unknown> => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${gateway.url}/graphql`, { method: "POST", headers, body: JSON.stringify(body) });
    return answer.json();
  };
  const NOT_FOUND = { errors: [{ message: "PersistedQueryNotFound", extensions: { code: "VALIDATION_ERROR" } }] };

  it("answers a known document by its hash, by POST and by GET", async () => {
    expect(await post(asked(NAME))).toMatchObject({ data: BUDI_IS_FOUND });
    const search = new URLSearchParams({ extensions: JSON.stringify(asked(NAME).extensions) });
    expect(await (await fetch(`${gateway.url}/graphql?${search.toString()}`)).json()).toMatchObject({
      data: BUDI_IS_FOUND,
    });
    expect(await post({ query: NAME })).toMatchObject({ data: BUDI_IS_FOUND });
  });

  it("takes no document into its list, whatever a request says", async () => {
    const text = `query Another { user(id: "${BUDI}") { id } }`;
    expect(await post(asked(text))).toMatchObject(NOT_FOUND);
    expect(await post({ query: text, ...asked(text) })).toMatchObject(
      isTrustedOnly ? NOT_FOUND : { data: { user: { id: BUDI } } },
    );
    expect(await post({ query: text, ...asked(NAME) })).toMatchObject(
      isTrustedOnly ? NOT_FOUND : { data: { user: { id: BUDI } } },
    );
    expect(await post(asked(text))).toMatchObject(NOT_FOUND);
  });

  it("knows them over WebSockets and server-sent events, too", async () => {
    const events = gateway.connect().iterate({ query: "", ...asked(SCORED) });
    const first = nextResult(events);
    await expect.poll(() => gateway.world.openSubscriptions).toBe(1);
    gateway.world.score(7);
    expect(await first).toMatchObject({ data: { scored: { number: 7, user: { fullName: "Budi Santoso" } } } });
    await events.return?.();

    const overEvents = async (body: object): Promise<string> => {
      const headers = { "content-type": "application/json", accept: "text/event-stream" };
      return (await fetch(`${gateway.url}/graphql`, { method: "POST", headers, body: JSON.stringify(body) })).text();
    };
    expect(await overEvents(asked(NAME))).toContain("Budi Santoso");
    expect(await overEvents(asked("{ __typename }"))).toContain("PersistedQueryNotFound");
    const other = await overEvents({ query: "{ __typename }" });
    expect(other).toContain(isTrustedOnly ? "PersistedQueryNotFound" : '"__typename":"Query"');
  });

  it("reads a document that it was not told of only where it takes any", async () => {
    const wrong = "{ usr }";
    const results = gateway.connect().iterate({ query: wrong });
    const overSocket = await nextResult(results).catch((errors: unknown) => errors);
    for (const answer of [await post({ query: wrong }), overSocket])
      expect(JSON.stringify(answer)).toContain(isTrustedOnly ? "PersistedQueryNotFound" : "Cannot query field");
  });
});

describe("a gateway that hides its schema", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway("in process", { hidesSchema: true });
  });
  afterAll(() => gateway.stop());

  it.each([
    ["introspection", "{ __schema { types { name } } }"],
    ["a field that nearly exists", "{ usr { id } }"],
    ["an argument that nearly exists", `{ user(idd: "1") { id } }`],
    ["a type that nearly exists", "{ users { ... on Usr { id } } }"],
    ["a variable of no type", "subscription ($n: Strin) { scored(salt: $n) { number } }"],
  ])("tells nothing by %s, over HTTP and WebSocket", async (_what, query) => {
    const { data, errors } = await gateway.post(query);
    const overSocket = await nextResult(gateway.connect().iterate({ query })).catch((refused: unknown) => refused);
    expect(data).toBeUndefined();
    expect(errors?.length).toBeGreaterThan(0);
    for (const answer of [errors, overSocket]) {
      expect(JSON.stringify(answer)).toContain("VALIDATION_ERROR");
      expect(JSON.stringify(answer)).not.toMatch(/Did you mean|"types"/);
    }
  });

  it("has no file of it, and answers as always", async () => {
    expect((await fetch(`${gateway.url}/schema.graphql`)).status).toBe(404);
    expect((await gateway.post(NAME)).data).toEqual(BUDI_IS_FOUND);
  });
});

it("the dashboards' documents are known by their SHA-256, and fit the schema", async () => {
  const read = (name: string) => readFile(new URL(`../${name}`, import.meta.url), "utf8");
  const schema = buildSchema(await read("schema.graphql"));
  const texts = Object.entries(JSON.parse(await read("persisted-documents.json")) as Record<string, string>);
  const dashboards = await PersistedDocuments.read(true);
  for (const [hash, text] of texts) {
    expect(hash).toBe(hashOf(text));
    expect(validate(schema, parse(text))).toEqual([]);
    expect(dashboards.find({ query: text })).toBe(text);
  }
  for (const name of ["SignIn", "RefreshSession", "Home", "MessageAdded"])
    expect(
      texts.filter(([, text]) => parse(text).definitions.some((part) => "name" in part && part.name?.value === name)),
    ).not.toEqual([]);
});
