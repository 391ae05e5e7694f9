import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type TestGateway, TRANSPORTS, nextResult, startTestGateway } from "./testing/gateway.js";
import { BOARD, BUDI, GHOST, SITI } from "./testing/world.js";

describe.each(TRANSPORTS)("a gateway with subgraphs %s", (transport) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway(transport);
  });
  afterAll(() => gateway.stop());

  it("joins the fields of two subgraphs", async () => {
    const { status, data, errors } = await gateway.post(
      `query ($id: ID!) { leaderboard(id: $id) { entries { points user { id fullName } } } }`,
      { variables: { id: BOARD } },
    );
    expect(errors).toBeUndefined();
    expect(status).toBe(200);
    expect(data).toEqual({
      leaderboard: {
        entries: [
          { points: 120, user: { id: BUDI, fullName: "Budi Santoso" } },
          { points: 90, user: { id: SITI, fullName: "Siti Rahma" } },
        ],
      },
    });
  });

  it("runs a mutation and joins its result", async () => {
    const { data } = await gateway.post(
      `mutation { rename(id: "${SITI}", fullName: "Siti Aminah") { fullName points } }`,
    );
    expect(data).toEqual({ rename: { fullName: "Siti Aminah", points: 90 } });
    gateway.world.names.set(SITI, "Siti Rahma");
  });

  it("tells the subgraphs who asks, in which language, and under which request id", async () => {
    const authorization = await gateway.world.issuer.bearer(BUDI);
    const { data } = await gateway.post("{ viewer { fullName } }", {
      headers: {
        authorization,
        "x-request-id": "tour-1",
        "accept-language": "fr, en;q=0.8, id;q=0.5",
        "user-agent": "tour",
      },
    });
    expect(data).toEqual({ viewer: { fullName: "Budi Santoso" } });
    expect(gateway.world.requests.at(-1)).toMatchObject({
      viewer: { kind: "USER", userId: BUDI, role: "STUDENT", permissions: ["exam:take"], staff: false },
      requestId: "tour-1",
      language: "en",
      ip: "127.0.0.1",
      userAgent: "tour",
    });
  });

  it("asks as nobody without a token", async () => {
    expect((await gateway.post("{ viewer { id } }")).data).toEqual({ viewer: null });
    expect(gateway.world.requests.at(-1)).toMatchObject({
      viewer: { kind: "ANONYMOUS", userId: null },
      language: "id",
    });
  });

  it("passes a catalogue error on with its code, number and the request id, in the caller's language", async () => {
    const unknown = `{ user(id: "${GHOST}") { id } }`;
    const { status, data, errors } = await gateway.post(unknown, { headers: { "x-request-id": "req-7" } });
    expect(status).toBe(200);
    expect(data).toBeNull();
    expect(errors).toEqual([
      {
        message: "Data tidak ditemukan.",
        path: ["user"],
        extensions: { code: "NOT_FOUND", number: 3001, details: [], requestId: "req-7" },
      },
    ]);
    const english = await gateway.post(unknown, { headers: { "accept-language": "en" } });
    expect(english.errors?.[0]?.message).toBe("Not found.");
  });

  it("masks any other error and logs it once under the request id", async () => {
    const { status, errors } = await gateway.post("{ brokenAlways }", { headers: { "x-request-id": "req-masked" } });
    expect(status).toBe(200);
    expect(errors).toEqual([
      {
        message: "Terjadi kesalahan di sisi kami. Coba lagi.",
        path: ["brokenAlways"],
        extensions: { code: "SERVER_ERROR", number: 6002, details: [], requestId: "req-masked" },
      },
    ]);
    const logged = gateway.logs.filter(({ requestId, level }) => requestId === "req-masked" && level === 50);
    expect(logged).toHaveLength(1);
    expect(JSON.stringify(logged)).toContain("hunter2");
  });

  it("answers what it can when a part fails", async () => {
    const { data, errors } = await gateway.post("{ users { fullName rank } broken }");
    expect(data).toEqual({
      users: [
        { fullName: "Budi Santoso", rank: 1 },
        { fullName: "Siti Rahma", rank: null },
      ],
      broken: null,
    });
    expect(errors?.map(({ path }) => path)).toEqual(expect.arrayContaining([["broken"], ["users", 1, "rank"]]));
  });

  it("never turns a missing entity into a silent null", async () => {
    gateway.world.points.set(GHOST, 5);
    const { data, errors } = await gateway.post("{ users { id fullName } }");
    gateway.world.points.delete(GHOST);
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code: "SERVER_ERROR" });
  });

  it("says what is wrong with a document or its variables, with status 200", async () => {
    for (const query of ["{ nothing }", "{ viewer { ", `{ user(id: 1, x: 2) { id } }`]) {
      const { status, errors } = await gateway.post(query);
      expect(status).toBe(200);
      expect(errors?.[0]?.extensions).toMatchObject({ code: "VALIDATION_ERROR", number: 2001 });
    }
    const unnamed = await gateway.post("query A { __typename } query B { __typename }");
    expect(unnamed.errors?.[0]?.extensions).toMatchObject({ code: "VALIDATION_ERROR" });
    const { status, errors } = await gateway.post("query ($id: ID!) { user(id: $id) { id } }");
    expect(status).toBe(200);
    expect(errors?.[0]?.message).toContain("$id");
    expect(errors?.[0]?.extensions).toMatchObject({ code: "VALIDATION_ERROR" });
  });

  it("answers a malformed document 400 to a client of application/graphql-response+json", async () => {
    const { status } = await gateway.post("{ nothing }", { headers: { accept: "application/graphql-response+json" } });
    expect(status).toBe(400);
  });

  it("001-40: refuses documents that are too deep, too wide or too long", async () => {
    const deep = `{ users ${"{ next ".repeat(15)} { id } ${"}".repeat(15)} }`;
    const cyclic = "{ users { ...F } } fragment F on User { next { ...F } }";
    const wide = `{ ${Array.from({ length: 21 }, (_, i) => `a${i}: viewer { id }`).join(" ")} }`;
    const long = `{ users { ${"id ".repeat(10_001)} } }`;
    const broad = `{ users { ${"id ".repeat(201)} } }`;
    const aliased = `{ users { ${Array.from({ length: 51 }, (_, i) => `a${i}: id`).join(" ")} } }`;
    const directed = `{ users { ${"id @skip(if: true) ".repeat(51)} } }`;
    for (const [query, sentence] of [
      [deep, "17 levels deep"],
      [cyclic, "itself"],
      [wide, "21 root fields"],
      [long, "10000 tokens"],
      [broad, "200 fields side by side"],
      [aliased, "50 aliases"],
      [directed, "50 directives"],
    ] as const) {
      const { errors } = await gateway.post(query);
      expect(errors?.[0]?.message).toContain(sentence);
      expect(errors?.[0]?.extensions).toMatchObject({ code: "VALIDATION_ERROR" });
    }
  });

  it("sends a subscriber over HTTP to the WebSocket", async () => {
    const { errors } = await gateway.post(`subscription { leaderboardChanged(leaderboardId: "${BOARD}") { id } }`);
    expect(errors?.[0]?.message).toContain("WebSocket");
  });

  it("becomes ready when every subgraph is", async () => {
    const answer = await fetch(`${gateway.url}/readyz`);
    expect(answer.status).toBe(200);
    const ready = { status: "ready", checkedAt: expect.any(String) };
    expect(await answer.json()).toEqual({ ...ready, subgraphs: { organization: ready, learning: ready } });
  });

  it("publishes the keys of organization", async () => {
    const answer = await fetch(`${gateway.url}/.well-known/jwks.json`);
    expect(await answer.json()).toEqual(await gateway.world.issuer.jwks());
  });

  it("delivers events with the fields of another subgraph, as the subscriber sees them", async () => {
    const client = gateway.connect({ authorization: await gateway.world.issuer.bearer(SITI) });
    const events = client.iterate({
      query: `subscription ($id: ID!) { leaderboardChanged(leaderboardId: $id) { entries { points user { fullName email } } } }`,
      variables: { id: BOARD },
    });
    const first = nextResult(events);
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(1));
    gateway.world.addPoints(SITI, 1);
    const siti = { fullName: "Siti Rahma", email: `${SITI}@lentera.test` };
    const budi = { fullName: "Budi Santoso", email: null };
    expect((await first)?.data).toEqual({
      leaderboardChanged: {
        entries: [
          { points: 120, user: budi },
          { points: 91, user: siti },
        ],
      },
    });
    const second = nextResult(events);
    gateway.world.names.set(SITI, "Siti Aminah");
    gateway.world.addPoints(SITI, 30);
    expect((await second)?.data).toEqual({
      leaderboardChanged: {
        entries: [
          { points: 121, user: { ...siti, fullName: "Siti Aminah" } },
          { points: 120, user: budi },
        ],
      },
    });
    await events.return?.();
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(0));
    gateway.world.names.set(SITI, "Siti Rahma");
    gateway.world.points.set(SITI, 90);
  });

  it("delivers events long after the subscription began", async () => {
    const events = gateway.connect().iterate({
      query: `subscription { leaderboardChanged(leaderboardId: "${BOARD}") { entries { user { fullName } } } }`,
    });
    const event = nextResult(events);
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(1));
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    try {
      gateway.world.addPoints(BUDI, 0);
      const entries = [{ user: { fullName: "Budi Santoso" } }, { user: { fullName: "Siti Rahma" } }];
      expect(await event).toMatchObject({ data: { leaderboardChanged: { entries } } });
      const later = nextResult(events);
      vi.setSystemTime(Date.now() + 10 * 60_000);
      gateway.world.addPoints(BUDI, 0);
      expect(await later).toMatchObject({ data: { leaderboardChanged: { entries } } });
    } finally {
      vi.useRealTimers();
    }
    await events.return?.();
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(0));
  });

  it("tells a subscriber why there is nothing to subscribe to", async () => {
    const events = gateway.connect().iterate({ query: "subscription { secretBoard { id } }" });
    const value = await nextResult(events);
    expect(value?.errors?.[0]?.extensions).toMatchObject({ code: "INSUFFICIENT_PERMISSIONS", number: 1004 });
    expect(await nextResult(events)).toBeUndefined();
  });

  it("masks what breaks a stream", async () => {
    const events = gateway.connect().iterate({ query: "subscription { brokenStream { id } }" });
    expect((await nextResult(events))?.data).toEqual({ brokenStream: { id: BOARD } });
    const value = await nextResult(events);
    expect(value?.errors?.[0]).toMatchObject({ extensions: { code: "SERVER_ERROR", number: 6002 } });
    expect(JSON.stringify(value)).not.toContain("hunter2");
    expect(await nextResult(events)).toBeUndefined();
  });

  it("runs queries and mutations over the WebSocket", async () => {
    const client = gateway.connect();
    const query = await nextResult(client.iterate({ query: `{ user(id: "${BUDI}") { fullName points } }` }));
    expect(query?.data).toEqual({ user: { fullName: "Budi Santoso", points: 120 } });
    const mutation = await nextResult(
      client.iterate({ query: `mutation { rename(id: "${BUDI}", fullName: "Budi Santoso") { id } }` }),
    );
    expect(mutation?.data).toEqual({ rename: { id: BUDI } });
  });
});

describe("a gateway whose subgraph is gone", () => {
  it("004-18, 003-71: answers the rest, says what is unavailable, and is not ready", async () => {
    const gateway = await startTestGateway("over HTTP");
    await gateway.stopLearning();
    const { status, data, errors } = await gateway.post(`{ user(id: "${BUDI}") { fullName points } }`);
    expect(status).toBe(200);
    expect(data).toEqual({ user: { fullName: "Budi Santoso", points: null } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "SERVICE_UNAVAILABLE", number: 6003 });
    const value = await nextResult(
      gateway.connect().iterate({ query: `subscription { leaderboardChanged(leaderboardId: "${BOARD}") { id } }` }),
    );
    expect(value?.errors?.[0]?.extensions).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    const ready = await fetch(`${gateway.url}/readyz`);
    expect(ready.status).toBe(503);
    const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(await ready.json()).toEqual({
      status: "not ready",
      checkedAt: moment,
      subgraphs: {
        organization: { status: "ready", checkedAt: moment },
        learning: { status: "not ready", checkedAt: moment },
      },
    });
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
    await gateway.stop();
  });

  it("ends a running subscription with an error", async () => {
    const gateway = await startTestGateway("over HTTP");
    const events = gateway
      .connect()
      .iterate({ query: `subscription { leaderboardChanged(leaderboardId: "${BOARD}") { id } }` });
    const event = nextResult(events);
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(1));
    await gateway.stopLearning();
    expect((await event)?.errors?.[0]?.extensions).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    expect(await nextResult(events)).toBeUndefined();
    await gateway.stop();
  });
});
