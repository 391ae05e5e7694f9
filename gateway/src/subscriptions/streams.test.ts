import { LANGUAGES, Role } from "@lentera/kit";
import fc from "fast-check";
import type { FormattedExecutionResult } from "graphql";
import { type Client, createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type TestGateway, TRANSPORTS, startTestGateway } from "../testing/gateway.js";
import { BUDI, SITI } from "../testing/world.js";

type Result = FormattedExecutionResult<Record<string, unknown>, Record<string, unknown>>;
const SCORED = "subscription { scored { number user { fullName } } }";

describe.each(TRANSPORTS)("streams of a gateway with subgraphs %s", (transport) => {
  let gateway: TestGateway;
  const clients: Client[] = [];
  beforeEach(async () => {
    gateway = await startTestGateway(transport);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.terminate();
    await gateway.stop();
  });

  function connect(connectionParams: Record<string, unknown> = {}): Client {
    const client = createClient({
      url: `${gateway.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams,
    });
    clients.push(client);
    return client;
  }

  /** Collects what a subscription brings. */
  function collect(client: Client, query: string, resumeFrom?: string): { results: Result[]; stop: () => void } {
    const results: Result[] = [];
    const stop = client.subscribe<Record<string, unknown>, Record<string, unknown>>(
      { query, ...(resumeFrom !== undefined && { extensions: { resumeFrom } }) },
      { next: (result) => results.push(result), error: () => undefined, complete: () => undefined },
    );
    return { results, stop };
  }

  interface Score {
    readonly number: number;
    readonly seenBy: string;
    readonly user: { readonly fullName: string };
  }
  const scoreOf = ({ data }: Result): Score => (data as unknown as { scored: Score }).scored;
  const numbersOf = (results: readonly Result[]): number[] => results.map((result) => scoreOf(result).number);
  const cursorOf = (result: Result | undefined): string => String(result?.extensions?.["cursor"]);
  const untilOpen = (count: number): Promise<void> =>
    vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(count));

  it("keeps the order of events that resolve at the same time, and fetches their entities together", async () => {
    const { results } = collect(connect(), SCORED);
    await untilOpen(1);
    let running = 0;
    let most = 0;
    gateway.world.slowDown = async (userId) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, userId === BUDI ? 10 : 1));
      running -= 1;
    };
    const before = gateway.world.requests.length;
    for (let number = 0; number < 100; number++) gateway.world.score(number, number % 3 === 0 ? BUDI : SITI);
    await vi.waitFor(() => expect(results).toHaveLength(100));
    expect(numbersOf(results)).toEqual(Array.from({ length: 100 }, (_, number) => number));
    const names = results.map((result) => scoreOf(result).user.fullName);
    expect(names).toEqual(names.map((_, number) => (number % 3 === 0 ? "Budi Santoso" : "Siti Rahma")));
    expect(most).toBeGreaterThan(1);
    expect(gateway.world.requests.length - before).toBeLessThan(60);
  });

  it("serves everybody who asks for the same and sees the same by one stream", async () => {
    const authorization = await gateway.world.issuer.bearer(BUDI);
    const all = Array.from({ length: 10 }, () => connect({ authorization })).flatMap((client) =>
      Array.from({ length: 3 }, () => collect(client, SCORED)),
    );
    const ready = collect(connect({ authorization }), "subscription Another { scored { number } }");
    await untilOpen(2);
    await vi.waitFor(() => {
      gateway.world.score(-1);
      for (const { results } of [...all, ready]) expect(results.length).toBeGreaterThan(0);
    });
    const everybodyHears = async (number: number): Promise<void> => {
      gateway.world.score(number);
      await vi.waitFor(() => {
        for (const { results } of all) expect(numbersOf(results).at(-1)).toBe(number);
      });
    };
    await everybodyHears(6);
    const before = gateway.world.requests.length;
    await everybodyHears(7);
    expect(gateway.world.requests.length - before).toBe(1);
    expect(gateway.world.openSubscriptions).toBe(2);
    ready.stop();
    for (const { stop } of all.slice(1)) stop();
    await untilOpen(1);
    gateway.world.score(8);
    await vi.waitFor(() => expect(numbersOf(all[0]?.results ?? []).at(-1)).toBe(8));
    all[0]?.stop();
    await untilOpen(0);
  });

  it("never gives a viewer what another one sees, whatever tells the two apart", async () => {
    const some = (count: number): string[] =>
      Array.from({ length: count }, (_, index) => `0199eeee-0000-7000-8000-00000000000${index}`);
    const viewer = fc.record({
      sub: fc.constantFrom(...some(2)),
      sid: fc.constantFrom(...some(2)),
      org: fc.option(fc.constantFrom(...some(2))),
      role: fc.constantFrom(Role.STUDENT, Role.TEACHER, Role.ADMIN),
      permissions: fc.constantFrom([], ["exam:take"], ["students:read", "exam:take"]),
      staff: fc.boolean(),
      imp: fc.option(fc.constantFrom(...some(2)), { nil: undefined }),
      language: fc.constantFrom(...LANGUAGES),
    });
    const everybody = fc.sample(viewer, { numRuns: 60, seed: 20_261_120 });
    const seeing = await Promise.all(
      everybody.map(async ({ language, ...claims }) => {
        const authorization = await gateway.world.issuer.bearer(claims.sub, { claims });
        return {
          language,
          claims,
          ...collect(connect({ authorization, language }), "subscription { scored { seenBy } }"),
        };
      }),
    );
    const different = new Set(everybody.map((one) => JSON.stringify(one))).size;
    expect(different).toBeGreaterThan(30);
    await untilOpen(different);
    await vi.waitFor(() => {
      gateway.world.score(1);
      for (const { results } of seeing) expect(results.length).toBeGreaterThan(0);
    });
    for (const { language, claims, results } of seeing)
      for (const result of results) {
        const { sub, sid, org, role, permissions, staff, imp } = claims;
        expect(JSON.parse(scoreOf(result).seenBy)).toEqual({
          language,
          viewer: {
            kind: "USER",
            userId: sub,
            sessionId: sid,
            organizationId: org,
            role,
            permissions,
            staff,
            impersonatorId: imp ?? null,
            apiKeyId: null,
            isTest: false,
          },
        });
      }
  });

  it("goes over to another schema in the middle of a stream, with nothing lost and nothing doubled", async () => {
    const running = collect(connect(), SCORED);
    await untilOpen(1);
    for (let number = 0; number < 300; number++) {
      gateway.world.score(number);
      if (number % 100 === 50) gateway.reload(`extend type Query { added${number}: String }`);
      if (number % 10 === 0) await new Promise(setImmediate);
    }
    gateway.world.score(300);
    await vi.waitFor(() => expect(running.results.length).toBeGreaterThan(300), 5_000);
    expect(numbersOf(running.results)).toEqual(Array.from({ length: 301 }, (_, number) => number));
    expect(running.results.every((result) => scoreOf(result).user.fullName === "Budi Santoso")).toBe(true);
    const { data } = await gateway.post("{ __schema { queryType { fields { name } } } }");
    expect(JSON.stringify(data)).toContain("added250");
  });

  it("goes on after a cursor, with nothing lost and nothing doubled, and says when it cannot", async () => {
    const first = collect(connect(), SCORED);
    await untilOpen(1);
    for (let number = 0; number < 20; number++) gateway.world.score(number);
    await vi.waitFor(() => expect(first.results).toHaveLength(20));
    const staying = collect(connect(), SCORED);
    first.stop();
    for (let number = 20; number < 300; number++) gateway.world.score(number);
    const cursor = cursorOf(first.results[9]);
    const resumed = collect(connect(), SCORED, cursor);
    await vi.waitFor(() => expect(resumed.results).toHaveLength(290));
    expect(numbersOf(resumed.results)).toEqual(Array.from({ length: 290 }, (_, index) => index + 10));
    staying.stop();
    resumed.stop();
    await untilOpen(0);

    for (let number = 300; number < 400; number++) gateway.world.score(number);
    const late = collect(connect(), SCORED, cursorOf(resumed.results.at(-1)));
    await vi.waitFor(() => expect(late.results).toHaveLength(100));
    expect(numbersOf(late.results)).toEqual(Array.from({ length: 100 }, (_, index) => index + 300));

    const lost = collect(connect(), SCORED, "nonsense");
    await vi.waitFor(() => expect(lost.results).toHaveLength(1));
    expect(lost.results[0]).toMatchObject({ errors: [{ extensions: { code: "CURSOR_EXPIRED", number: 4007 } }] });
  });
});
