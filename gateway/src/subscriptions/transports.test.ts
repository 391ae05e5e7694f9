import { createClient as createEventClient } from "graphql-sse";
import { createClient as createSocketClient } from "graphql-ws";
import { WebSocket } from "ws";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type TestGateway, startTestGateway } from "../testing/gateway.js";
import { BOARD, BUDI, SITI } from "../testing/world.js";

interface Result {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
  readonly extensions?: Record<string, unknown>;
}
interface Call {
  readonly authorization?: string;
  readonly resumeFrom?: string | undefined;
}
interface Running {
  readonly results: Result[];
  /** How it ended: "complete", the code of why access was refused, "COME BACK", or what the client library says. */
  readonly ended: Promise<string>;
  readonly stop: () => void;
}

const isClose = (reason: unknown): reason is { code: number; reason: string } =>
  typeof reason === "object" && reason !== null && "code" in reason;

const CLOSES: Record<string, string> = {
  "4403 Token expired": "TOKEN_EXPIRED",
  "4403 Access ended": "INVALID_TOKEN",
  "4403 Invalid token": "INVALID_TOKEN",
  "4410 Access changed": "COME BACK",
  "1001 The server is shutting down": "COME BACK",
};
const FAILURES: Record<string, string> = {
  "Server responded with 401: Unauthorized": "INVALID_TOKEN",
  "Connection closed while having active streams": "COME BACK",
  terminated: "COME BACK",
};

/** Each client library as it is published, without its own retries. */
const TRANSPORTS: Record<string, (gateway: TestGateway, query: string, call: Call) => Running> = {
  "graphql-ws": (gateway, query, { authorization, resumeFrom }) => {
    const client = createSocketClient({
      url: `${gateway.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization, language: "en" },
    });
    const results: Result[] = [];
    const ended = Promise.withResolvers<string>();
    const stop = client.subscribe<Record<string, unknown>, Record<string, unknown>>(
      { query, extensions: { resumeFrom } },
      {
        next: (result) => results.push(result),
        error: (error) => {
          if (Array.isArray(error)) results.push({ errors: error });
          const close = isClose(error) ? `${error.code} ${error.reason}` : "complete";
          ended.resolve(CLOSES[close] ?? close);
        },
        complete: () => ended.resolve("complete"),
      },
    );
    return { results, ended: ended.promise, stop };
  },
  "graphql-sse": (gateway, query, { authorization, resumeFrom }) => {
    const client = createEventClient({
      url: `${gateway.url}/graphql`,
      retryAttempts: 0,
      headers: {
        "accept-language": "en",
        ...(authorization !== undefined && { authorization }),
        ...(resumeFrom !== undefined && { "last-event-id": resumeFrom }),
      },
    });
    const results: Result[] = [];
    const ended = Promise.withResolvers<string>();
    const stop = client.subscribe<Record<string, unknown>, Record<string, unknown>>(
      { query },
      {
        next: (result) => results.push(result),
        error: (error) => {
          const message = error instanceof Error ? error.message : String(error);
          ended.resolve(FAILURES[message] ?? message);
        },
        complete: () => {
          const code = results.at(-1)?.errors?.[0]?.extensions?.["code"];
          ended.resolve(code === "TOKEN_EXPIRED" || code === "INVALID_TOKEN" ? code : "complete");
        },
      },
    );
    return { results, ended: ended.promise, stop };
  },
};

describe.each(Object.keys(TRANSPORTS))("a subscription over %s", (name) => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await startTestGateway("in process", { connectionLimits: { perViewer: 3, perAddress: 5 } });
  });
  afterEach(() => gateway.stop());

  const SCORED = "subscription { scored { number user { fullName email } } }";
  const run = (query: string, call: Call = {}): Running => TRANSPORTS[name]!(gateway, query, call);
  const untilOpen = (count: number): Promise<void> =>
    vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(count));
  const numbersOf = (results: readonly Result[]): number[] =>
    results.map(({ data }) => (data as { scored: { number: number } }).scored.number);

  it("brings each event with the fields of another subgraph, as its subscriber sees them", async () => {
    const { results, stop } = run(SCORED, { authorization: await gateway.world.issuer.bearer(SITI) });
    await untilOpen(1);
    gateway.world.score(1, SITI);
    gateway.world.score(2, BUDI);
    await vi.waitFor(() => expect(results).toHaveLength(2));
    expect(results).toMatchObject([
      { data: { scored: { number: 1, user: { fullName: "Siti Rahma", email: `${SITI}@lentera.test` } } } },
      { data: { scored: { number: 2, user: { fullName: "Budi Santoso", email: null } } } },
    ]);
    stop();
    await untilOpen(0);
  });

  it("goes on after the cursor of the last event, with nothing lost and nothing doubled", async () => {
    const first = run(SCORED);
    await untilOpen(1);
    for (let number = 0; number < 5; number++) gateway.world.score(number);
    await vi.waitFor(() => expect(first.results).toHaveLength(5));
    first.stop();
    await untilOpen(0);
    for (let number = 5; number < 50; number++) gateway.world.score(number);
    const again = run(SCORED, { resumeFrom: String(first.results[4]?.extensions?.["cursor"]) });
    await vi.waitFor(() => expect(again.results).toHaveLength(45));
    expect(numbersOf(again.results)).toEqual(Array.from({ length: 45 }, (_, index) => index + 5));
    const lost = run(SCORED, { resumeFrom: "long-gone" });
    expect(await lost.ended).toBe("complete");
    expect(lost.results).toMatchObject([{ errors: [{ extensions: { code: "CURSOR_EXPIRED" } }] }]);
  });

  it("can be a query or a mutation, too", async () => {
    const query = run(`{ user(id: "${BUDI}") { fullName } }`);
    expect([await query.ended, query.results]).toMatchObject([
      "complete",
      [{ data: { user: { fullName: "Budi Santoso" } } }],
    ]);
    const mutation = run(`mutation { rename(id: "${BUDI}", fullName: "Budi Santoso") { id } }`);
    expect([await mutation.ended, mutation.results]).toMatchObject(["complete", [{ data: { rename: { id: BUDI } } }]]);
  });

  it.each(["subscription { ", "subscription { nothing }", "query A { __typename } query B { __typename }"])(
    "says what is wrong with the document %s",
    async (document) => {
      const { results, ended } = run(document);
      expect(await ended).toBe("complete");
      expect(results).toMatchObject([{ errors: [{ extensions: { code: "VALIDATION_ERROR", number: 2001 } }] }]);
    },
  );

  it("is refused to a token that is not sound", async () => {
    const { ended, results } = run(SCORED, { authorization: "Bearer nonsense" });
    expect(await ended).toBe("INVALID_TOKEN");
    expect([results, gateway.world.openSubscriptions]).toEqual([[], 0]);
  });

  it("ends when the token expires", async () => {
    const expiresAt = Math.ceil(Date.now() / 1000) + 1;
    const { ended } = run(SCORED, { authorization: await gateway.world.issuer.bearer(BUDI, { expiresAt }) });
    expect(await ended).toBe("TOKEN_EXPIRED");
    await untilOpen(0);
  });

  it.each(["SESSION", "API_KEY"] as const)(
    "001-40: ends within seconds when the %s it was let in by is over",
    async (kind) => {
      const id = crypto.randomUUID();
      const organizationId = crypto.randomUUID();
      gateway.world.apiKeys.set("lnt_test_1", { apiKeyId: id, organizationId, permissions: [], isTest: true });
      const authorization =
        kind === "SESSION" ? await gateway.world.issuer.bearer(BUDI, { claims: { sid: id } }) : "Bearer lnt_test_1";
      const other = run(SCORED, { authorization: await gateway.world.issuer.bearer(BUDI) });
      const { ended } = run(SCORED, { authorization });
      await untilOpen(2);
      const endedAt = new Date();
      gateway.world.ended.push({ kind, id, endedAt: endedAt.toISOString() });
      expect(await ended).toBe("INVALID_TOKEN");
      expect(Date.now() - endedAt.getTime()).toBeLessThan(4_000);
      await untilOpen(1);
      const { status } = await gateway.post("{ viewer { id } }", { headers: { authorization } });
      expect(status).toBe(401);
      other.stop();
    },
  );

  it("ends when its viewer may see less than before, for the client to come back and go on", async () => {
    const authorization = await gateway.world.issuer.bearer(BUDI);
    const { ended, results } = run(SCORED, { authorization });
    await untilOpen(1);
    gateway.world.score(1);
    await vi.waitFor(() => expect(results).toHaveLength(1));
    gateway.world.ended.push({ kind: "USER", id: BUDI, endedAt: new Date().toISOString() });
    expect(await ended).toBe("COME BACK");
    gateway.world.score(2);
    const again = run(SCORED, { authorization, resumeFrom: String(results[0]?.extensions?.["cursor"]) });
    await vi.waitFor(() => expect(numbersOf(again.results)).toEqual([2]));
    again.stop();
  });

  it("is limited in number by viewer and by address", async () => {
    const [budi, siti] = [await gateway.world.issuer.bearer(BUDI), await gateway.world.issuer.bearer(SITI)];
    const watch = (number: number): string => `subscription { scored(salt: "${number}") { number } }`;
    const open = [1, 2, 3].map((number) => run(watch(number), { authorization: budi }));
    await untilOpen(3);
    expect(await run(watch(4), { authorization: budi }).ended).toContain("429");
    const others = [5, 6].map((number) => run(watch(number), { authorization: siti }));
    await untilOpen(5);
    expect(await run(watch(7)).ended).toContain("429");
    open[0]?.stop();
    await untilOpen(4);
    const next = run(watch(8), { authorization: siti });
    await untilOpen(5);
    for (const { stop } of [...open, ...others, next]) stop();
  });

  it("ends for the client to come back when the server stops", async () => {
    const { ended } = run(SCORED);
    await untilOpen(1);
    await gateway.stop();
    expect(await ended).toBe("COME BACK");
    expect(gateway.world.openSubscriptions).toBe(0);
  });
});

describe("server-sent events", () => {
  it("carry the cursor as their id, are not cached, and change nothing over GET", async () => {
    const gateway = await startTestGateway("in process");
    const abort = new AbortController();
    const headers = { accept: "text/event-stream" };
    const query = new URLSearchParams({
      query: `subscription { leaderboardChanged(leaderboardId: "${BOARD}") { id } }`,
    });
    const answer = await fetch(`${gateway.url}/graphql?${query.toString()}`, { headers, signal: abort.signal });
    expect(answer.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(answer.headers.get("cache-control")).toContain("no-cache");
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(1));
    gateway.world.addPoints(BUDI, 0);
    let text = "";
    for await (const chunk of answer.body!) {
      text += Buffer.from(chunk).toString();
      if (text.includes("data: ")) break;
    }
    expect(text).toMatch(/retry: \d+\n\nevent: next\nid: ([\w-]+:\d+)\ndata: \{.*"cursor":"\1".*\}\n\n$/);
    abort.abort();
    const mutation = new URLSearchParams({ query: `mutation { rename(id: "${BUDI}", fullName: "X") { id } }` });
    const refused = await fetch(`${gateway.url}/graphql?${mutation.toString()}`, { headers });
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, "POST"]);
    expect(gateway.world.names.get(BUDI)).toBe("Budi Santoso");
    const unreadable = await fetch(`${gateway.url}/graphql?query=1&variables=nonsense`, { headers });
    expect(unreadable.status).toBe(400);
    await gateway.stop();
  });
});
