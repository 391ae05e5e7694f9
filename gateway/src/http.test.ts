import { createServer } from "node:http";
import { once } from "node:events";
import { type IntrospectionQuery, buildClientSchema, buildSchema, getIntrospectionQuery, printSchema } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compose } from "./composition.js";
import { createLogger } from "@lentera/kit";
import { startGateway } from "./server.js";
import { InProcessSource } from "./sources/in-process.js";
import { type TestGateway, startTestGateway } from "./testing/gateway.js";
import { BUDI, World } from "./testing/world.js";

describe("the gateway's HTTP", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway("in process");
  });
  afterAll(() => gateway.stop());

  const bodyOf = async (answer: Response): Promise<unknown> => answer.json();

  it("takes queries by GET, and no mutations", async () => {
    const query = await fetch(
      `${gateway.url}/graphql?query=${encodeURIComponent(`{ user(id: "${BUDI}") { fullName } }`)}`,
    );
    expect(await bodyOf(query)).toMatchObject({ data: { user: { fullName: "Budi Santoso" } } });
    const mutation = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent("mutation { waitForRelease }")}`);
    expect(mutation.status).toBe(405);
    expect(await bodyOf(mutation)).toMatchObject({
      errors: [{ extensions: { code: "VALIDATION_ERROR", number: 2001 } }],
    });
  });

  it("shows a person who opens its address where to go", async () => {
    const open = (path: string) =>
      fetch(`${gateway.url}${path}`, { headers: { accept: "text/html,*/*" }, redirect: "manual" });
    expect((await open("/graphql")).headers.get("location")).toBe("/graphiql");
    expect((await open("/")).headers.get("location")).toBe("/parent");
  });

  it("gives every answer a request id: the caller's when it is sane, else a new one", async () => {
    const { headers } = await gateway.post("{ __typename }", { headers: { "x-request-id": "school-42" } });
    expect(headers.get("x-request-id")).toBe("school-42");
    const forged = await gateway.post("{ nothing }", { headers: { "x-request-id": `${"a".repeat(200)} {}` } });
    expect(forged.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(forged.errors?.[0]?.extensions["requestId"]).toBe(forged.headers.get("x-request-id"));
  });

  it.each([
    ["a body that is not JSON", { body: "{", headers: { "content-type": "application/json" } }, 400],
    ["a body without a query", { body: "{}", headers: { "content-type": "application/json" } }, 400],
    ["a body of another type", { body: "query=1", headers: { "content-type": "text/plain" } }, 415],
    [
      "a body above 1 MB",
      { body: JSON.stringify({ query: " ".repeat(1_000_000) }), headers: { "content-type": "application/json" } },
      413,
    ],
  ])("refuses %s in the envelope of GraphQL errors", async (_what, request, status) => {
    const answer = await fetch(`${gateway.url}/graphql`, { method: "POST", ...request });
    expect(answer.status).toBe(status);
    const requestId = answer.headers.get("x-request-id");
    expect(await bodyOf(answer)).toMatchObject({
      errors: [{ extensions: { code: "VALIDATION_ERROR", number: 2001, details: [], requestId } }],
    });
  });

  it("answers an unknown path with NOT_FOUND", async () => {
    const answer = await fetch(`${gateway.url}/nowhere`, { headers: { "accept-language": "en-IN" } });
    expect(answer.status).toBe(404);
    expect(await bodyOf(answer)).toMatchObject({
      errors: [{ message: "Not found.", extensions: { code: "NOT_FOUND" } }],
    });
  });

  it("refuses a token that is not sound with 401, before anything runs", async () => {
    const { issuer } = gateway.world;
    const good = await issuer.bearer(BUDI);
    const past = Math.floor(Date.now() / 1000) - 60;
    const [header = "", , signature = ""] = good.split(".");
    const forged = Buffer.from(JSON.stringify({ sub: BUDI, iss: "lentera", aud: "lentera", exp: past + 900 })).toString(
      "base64url",
    );
    const cases = [
      ["Basic YWRtaW46YWRtaW4=", "INVALID_TOKEN", 1002],
      ["Bearer nonsense", "INVALID_TOKEN", 1002],
      [`${header}.${forged}.${signature}`, "INVALID_TOKEN", 1002],
      [await issuer.bearer(BUDI, { claims: { aud: "elsewhere" } }), "INVALID_TOKEN", 1002],
      [await issuer.bearer(BUDI, { claims: { iss: "elsewhere" } }), "INVALID_TOKEN", 1002],
      [await issuer.bearer(BUDI, { claims: { role: "EMPEROR" } }), "INVALID_TOKEN", 1002],
      [await issuer.bearer(BUDI, { expiresAt: past }), "TOKEN_EXPIRED", 1003],
    ] as const;
    const before = gateway.world.requests.length;
    for (const [authorization, code, number] of cases) {
      const { status, data, errors, headers } = await gateway.post("{ viewer { id } }", { headers: { authorization } });
      expect([status, data]).toEqual([401, undefined]);
      expect(errors?.[0]?.extensions).toMatchObject({ code, number, requestId: headers.get("x-request-id") });
      expect(headers.get("www-authenticate")).toContain("Bearer");
    }
    expect(gateway.world.requests).toHaveLength(before);
  });

  it("accepts a token of a key that was made after the keys were read", async () => {
    await gateway.post("{ viewer { id } }", { headers: { authorization: await gateway.world.issuer.bearer(BUDI) } });
    gateway.world.issuer.rotate();
    await expect
      .poll(
        async () => {
          const authorization = await gateway.world.issuer.bearer(BUDI);
          return (await gateway.post("{ viewer { id } }", { headers: { authorization } })).data;
        },
        { timeout: 5_000 },
      )
      .toEqual({ viewer: { id: BUDI } });
  });

  it("publishes one and the same schema by introspection and as a file", async () => {
    const file = await (await fetch(`${gateway.url}/schema.graphql`)).text();
    const everything = {
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    };
    const { data } = await gateway.post(getIntrospectionQuery(everything));
    expect(printSchema(buildSchema(file))).toBe(file);
    expect(file).toContain("type Subscription");
    expect(file).not.toContain("join__");
    expect(printSchema(buildClientSchema(data as unknown as IntrospectionQuery))).toBe(file);
  });

  it("003-32, 003-33: counts requests, operations and fetches, and never logs tokens, variables or bodies", async () => {
    const authorization = await gateway.world.issuer.bearer(BUDI);
    await gateway.post("query ($id: ID!) { user(id: $id) { fullName } }", {
      variables: { id: BUDI, note: "a private note" },
      headers: { authorization, "x-request-id": "counted" },
    });
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(metrics).toMatch(/http_request_duration_seconds_count\{method="POST",route="\/graphql",status="200"\} \d/);
    // 003-32: the buckets that dashboards of HTTP services expect.
    const buckets = [
      ...metrics.matchAll(
        /^http_request_duration_seconds_bucket\{le="(.+?)",method="POST",route="\/graphql",status="200"/gm,
      ),
    ].map(([, bucket]) => bucket);
    expect(buckets).toEqual(["0.1", "0.3", "0.5", "1", "3", "5", "10", "+Inf"]);
    expect(metrics).toMatch(/lentera_operation_duration_seconds_count\{type="query",outcome="ok"\} \d/);
    expect(metrics).toMatch(/lentera_subgraph_fetch_duration_seconds_count\{subgraph="organization",outcome="ok"\} \d/);
    await expect
      .poll(() => gateway.logs.find(({ requestId }) => requestId === "counted"))
      .toMatchObject({ route: "/graphql", status: 200 });
    const logs = JSON.stringify(gateway.logs);
    expect(logs).not.toContain("a private note");
    expect(logs).not.toContain(authorization.slice("Bearer ".length));
    expect(logs).not.toContain(BUDI);
  });
});

describe("starting and stopping", () => {
  const listening = async (port: number): Promise<unknown> => {
    const world = new World();
    const subgraphs = [world.organization, world.learning];
    return startGateway({
      supergraphSdl: compose(subgraphs),
      sources: subgraphs.map((subgraph) => new InProcessSource(subgraph)),
      host: "127.0.0.1",
      port,
      trustedProxies: 0,
      logger: createLogger("silent"),
    });
  };

  it("says which port is in use and what to do", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await expect(listening(port)).rejects.toThrow(
      `Port ${port} is in use; stop the program that uses it or set PORT to a free port.`,
    );
    other.close();
  });

  it("lets running requests finish and takes no new ones", async () => {
    const gateway = await startTestGateway("in process");
    const running = gateway.post("mutation { waitForRelease }");
    await gateway.world.waiting;
    let isStopped = false;
    const stopped = gateway.stop().then(() => (isStopped = true));
    await expect
      .poll(() =>
        fetch(`${gateway.url}/healthz`).then(
          ({ status }) => status,
          () => "refused",
        ),
      )
      .toBe("refused");
    expect(isStopped).toBe(false);
    const releasedAt = performance.now();
    gateway.world.release();
    expect((await running).data).toEqual({ waitForRelease: true });
    await stopped;
    // A client that keeps its connection open does not hold up the shutdown.
    expect(performance.now() - releasedAt).toBeLessThan(5_000);
  });
});
