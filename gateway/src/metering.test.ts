import { afterEach, describe, expect, it } from "vitest";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { QUOTAS, type Quotas } from "./quotas.js";
import { type HttpAnswer, type TestGateway, nextResult, startTestGateway } from "./testing/gateway.js";
import { BUDI, SITI } from "./testing/world.js";

const costIn = (extensions: Record<string, unknown> = {}): { remaining: number; resetAt: string } =>
  (extensions as { cost: { remaining: number; resetAt: string } }).cost;
const QUOTAS_FOR_TESTS: Quotas = { public: 5, standard: 10, premium: 20, admin: 40, address: 60 };
const VIEWER = "{ viewer { id } }";

it("001-41: the quotas are what the specification says", () => {
  expect(QUOTAS).toMatchObject({ public: 20, standard: 100, premium: 500, admin: 1000 });
});

describe("001-41: how much everybody may ask for", () => {
  let gateway: TestGateway;
  const start = async (quotas: Partial<Quotas> = {}): Promise<void> => {
    gateway = await startTestGateway("in process", { quotas: { ...QUOTAS_FOR_TESTS, ...quotas } });
  };
  afterEach(() => gateway.stop());

  const bearer = (claims: Record<string, unknown> = {}, userId = BUDI): Promise<string> =>
    gateway.world.issuer.bearer(userId, { claims });
  const ask = (headers: Record<string, string> = {}, query = VIEWER): Promise<HttpAnswer> =>
    gateway.post(query, { headers: { "accept-language": "en", ...headers } });
  const statuses = async (count: number, headers: Record<string, string>): Promise<number[]> => {
    const found: number[] = [];
    for (let number = 0; number < count; number++) found.push((await ask(headers)).status);
    return found;
  };
  const times = (count: number, status: number): number[] => Array.from({ length: count }, () => status);

  it("depends on who asks", async () => {
    await start();
    gateway.world.apiKeys.set("lnt_test_1", {
      apiKeyId: crypto.randomUUID(),
      organizationId: crypto.randomUUID(),
      permissions: [],
      isTest: true,
    });
    expect(await statuses(6, {})).toEqual([...times(5, 200), 429]);
    expect(await statuses(11, { authorization: await bearer() })).toEqual([...times(10, 200), 429]);
    expect(await statuses(1, { authorization: await bearer({}, SITI) })).toEqual([200]);
    expect(await statuses(21, { "x-api-key": "lnt_test_1" })).toEqual([...times(20, 200), 429]);
  });

  it("is more for staff and for platform admins", async () => {
    await start({ address: 1000 });
    expect(await statuses(21, { authorization: await bearer({ staff: true, role: "TEACHER" }) })).toEqual([
      ...times(20, 200),
      429,
    ]);
    expect(await statuses(41, { authorization: await bearer({ role: "PLATFORM_ADMIN" }, SITI) })).toEqual([
      ...times(40, 200),
      429,
    ]);
  });

  it("001-40: is bounded for an address as well, and 004-15: before anybody looks at the token or the document", async () => {
    await start({ address: 3 });
    expect(await statuses(4, { authorization: "Bearer nonsense" })).toEqual([401, 401, 401, 429]);
    const refused = await ask({ authorization: await bearer() }, "{ nonsense");
    expect(refused.status).toBe(429);
    expect(refused.errors?.[0]).toMatchObject({
      message: "Too many requests. Please try again shortly.",
      extensions: { code: "RATE_LIMITED", number: 4005, details: [] },
    });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(20);
  });

  it("004-15: asks who it is before it asks what they want", async () => {
    await start();
    expect((await ask({ authorization: "Bearer nonsense" }, "{ nonsense")).status).toBe(401);
    const strict = { accept: "application/graphql-response+json" };
    expect((await ask({ authorization: await bearer(), ...strict }, "{ nonsense")).status).toBe(400);
  });

  it("is charged for what an operation can cost and given back what it did not", async () => {
    await start();
    const authorization = await bearer();
    const nested = "{ users { next { next { id } } } }";
    const { status, data, extensions } = await ask({ authorization }, nested);
    expect([status, data]).toMatchObject([200, { users: [{ next: { next: { id: BUDI } } }, {}] }]);
    expect(extensions?.["cost"]).toMatchObject({ requested: 30, actual: 6, limit: 1000, remaining: 900 });
    const resetAt = Date.parse(costIn(extensions).resetAt);
    expect(resetAt - Date.now()).toBeGreaterThan(1_000);
    expect(resetAt - Date.now()).toBeLessThan(10_000);

    const dear = `{ ${Array.from({ length: 8 }, (_, index) => `a${index}: users { next { next { next { next { id } } } } }`).join(" ")} }`;
    const large = await ask({ authorization }, dear);
    expect(large.extensions?.["cost"]).toMatchObject({ requested: 400, actual: 80, limit: 1000 });
    const { remaining } = costIn(large.extensions);
    expect(remaining).toBeGreaterThanOrEqual(800);
    expect(remaining).toBeLessThan(850);
  });

  it("refuses an operation that costs more than is left, and one that would never be allowed", async () => {
    await start();
    const authorization = await bearer();
    await statuses(7, { authorization });
    const users = (count: number): string =>
      `{ ${Array.from({ length: count }, (_, index) => `a${index}: users { next { next { next { next { id } } } } }`).join(" ")} }`;
    const refused = await ask({ authorization }, users(10));
    expect([refused.status, refused.data]).toEqual([429, undefined]);
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: "RATE_LIMITED" });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(5);
    const never = await ask({}, users(20));
    expect(never.errors?.[0]?.message).toContain("This operation can cost 1000; you have 500 a minute.");
    expect(never.errors?.[0]?.extensions).toMatchObject({ code: "LIMIT_EXCEEDED" });
  });

  it("holds over a WebSocket, too, and an event costs nothing", async () => {
    await start();
    const client = createClient({
      url: `${gateway.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    const events = client.iterate({ query: "subscription { scored { number } }" });
    const first = nextResult(events);
    await expect.poll(() => gateway.world.openSubscriptions).toBe(1);
    for (let number = 0; number < 20; number++) gateway.world.score(number);
    await first;
    for (let number = 1; number < 20; number++)
      expect((await nextResult(events))?.data).toEqual({ scored: { number } });
    for (let number = 0; number < 4; number++)
      expect((await nextResult(client.iterate({ query: VIEWER })))?.extensions).toHaveProperty("cost");
    await expect(nextResult(client.iterate({ query: VIEWER }))).rejects.toMatchObject([
      { extensions: { code: "RATE_LIMITED" } },
    ]);
    await client.dispose();
  });
});
