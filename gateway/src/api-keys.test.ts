import { pino } from "pino";
import { buildSchema, parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ApiKeys, deprecatedFieldsOf } from "./api-keys.js";
import { type TestGateway, TRANSPORTS, startTestGateway } from "./testing/gateway.js";
import { BUDI, World } from "./testing/world.js";
import { InProcessSource } from "./sources/in-process.js";

const SECRET = "lnt_live_0123456789abcdefghijkl_000000";
const KEY = "0199eeee-0000-7000-8000-000000000001";
const CLAIMS = {
  apiKeyId: KEY,
  organizationId: "0199dddd-0000-7000-8000-000000000001",
  permissions: ["students:read"],
  isTest: true,
};
const silent = pino({ level: "silent" });

describe.each(TRANSPORTS)("000-63: an API key, with subgraphs %s", (transport) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway(transport);
    gateway.world.apiKeys.set(SECRET, CLAIMS);
  });
  afterAll(() => gateway.stop());

  it.each([
    ["authorization", `Bearer ${SECRET}`],
    ["x-api-key", SECRET],
  ])("lets its bearer in by the header %s", async (header, value) => {
    const { status } = await gateway.post("{ viewer { id } }", { headers: { [header]: value } });
    expect(status).toBe(200);
    expect(gateway.world.requests.at(-1)).toMatchObject({
      viewer: { kind: "API_KEY", userId: null, role: null, staff: true, ...CLAIMS },
    });
  });

  it("that is not known is refused, and so are two credentials at once", async () => {
    const unknown = await gateway.post("{ viewer { id } }", { headers: { "x-api-key": "lnt_live_unknown" } });
    expect([unknown.status, unknown.errors?.[0]?.extensions["code"]]).toEqual([401, "INVALID_TOKEN"]);
    const authorization = await gateway.world.issuer.bearer(BUDI);
    const both = await gateway.post("{ viewer { id } }", { headers: { authorization, "x-api-key": SECRET } });
    expect([both.status, both.errors?.[0]?.extensions["code"]]).toEqual([401, "INVALID_TOKEN"]);
  });

  it("cannot be looked up by clients", async () => {
    const { errors } = await gateway.post(`{ authenticateApiKey(secret: "${SECRET}") { apiKeyId } }`);
    expect(errors?.[0]?.extensions["code"]).toBe("VALIDATION_ERROR");
  });

  it("003-74: leaves its requests, errors and deprecated fields behind when the gateway stops", async () => {
    const own = await startTestGateway(transport);
    own.world.apiKeys.set(SECRET, CLAIMS);
    const headers = { "x-api-key": SECRET };
    await own.post(`{ user(id: "${BUDI}", nick: "x") { name fullName } }`, { headers });
    await own.post(`{ user(id: "${BUDI}") { ...n } } fragment n on User { name }`, { headers });
    await own.post("{ nonsense }", { headers });
    await own.post(`{ user(id: "${BUDI}") { name } }`);
    await own.stop();
    expect(own.world.usage).toMatchObject([
      {
        entries: [
          {
            apiKeyId: KEY,
            day: new Date().toISOString().slice(0, 10),
            requests: 3,
            errors: 1,
            deprecatedFields: [
              { field: "Query.user(nick:)", count: 1 },
              { field: "User.name", count: 2 },
            ],
          },
        ],
      },
    ]);
  });
});

describe("what the gateway remembers of keys", () => {
  it("is asked again after 30 s for a good one and after 5 s for a bad one", async () => {
    const world = new World();
    world.apiKeys.set(SECRET, CLAIMS);
    let now = 0;
    const keys = new ApiKeys(new InProcessSource(world.organization), silent, () => now);
    const use = async (secret: string) =>
      keys.authenticate(secret).then(
        () => true,
        () => false,
      );
    const [good, bad] = [await Promise.all([use(SECRET), use(SECRET)]), await use("lnt_bad")];
    expect([good, bad, world.lookUps]).toEqual([[true, true], false, [SECRET, "lnt_bad"]]);
    now = 4_999;
    expect([await use("lnt_bad"), world.lookUps.length]).toEqual([false, 2]);
    now = 5_000;
    expect([await use("lnt_bad"), world.lookUps.length]).toEqual([false, 3]);
    world.apiKeys.delete(SECRET);
    now = 29_999;
    expect([await use(SECRET), world.lookUps.length]).toEqual([true, 3]);
    now = 30_000;
    expect([await use(SECRET), world.lookUps.length]).toEqual([false, 4]);
    await keys.close();
  });

  it("usage that could not be sent is sent again under the same name", async () => {
    const world = new World();
    const source = new InProcessSource(world.organization);
    const sent: unknown[] = [];
    const keys = new ApiKeys(
      {
        fetch: (operation, scope) => {
          sent.push(operation.variables["input"]);
          if (sent.length === 1) throw new Error("the connection was reset");
          return source.fetch(operation, scope);
        },
      },
      silent,
    );
    keys.count(KEY, { hasErrors: false, deprecatedFields: [] });
    await keys.flush();
    expect(world.usage).toEqual([]);
    await keys.close();
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
    expect(world.usage).toMatchObject([{ entries: [{ apiKeyId: KEY, requests: 1 }] }]);
  });
});

describe("deprecated fields of a document", () => {
  const schema = buildSchema(`
    type Query { now: Thing old(a: Int @deprecated, b: Int): Thing @deprecated }
    type Thing { id: ID! legacy: String @deprecated }
  `);

  it("are found through fragments and aliases, each once, with arguments", () => {
    const document = parse(
      "{ x: old(a: 1, b: 2) { ...f } now { ...f ... on Thing { y: legacy } } } fragment f on Thing { id legacy }",
    );
    expect(deprecatedFieldsOf(schema, document)).toEqual(["Query.old", "Query.old(a:)", "Thing.legacy"]);
    expect(deprecatedFieldsOf(schema, parse("{ now { id } }"))).toEqual([]);
  });
});
