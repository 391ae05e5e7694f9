import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeServices } from "@apollo/composition";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { createLogger, createPubSub } from "@lentera/kit";
import { parse } from "graphql";
import { createClient } from "graphql-ws";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { readGateway } from "./env.js";
import type { Gateway } from "./server.js";
import { startStandalone } from "./standalone.js";
import { type Peer, startPeer } from "./testing/peer.js";

const pubSub = createPubSub();

function subgraph(name: string, types: string, resolvers: object) {
  const typeDefs = parse(
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"]) ${types}`,
  );
  return { name, typeDefs, schema: buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]) };
}

const weather = subgraph(
  "weather",
  `type Query { city(id: ID!): City }
   type Subscription { changed: City! }
   type City @key(fields: "id") { id: ID! temperature: Int! }`,
  {
    Query: {
      city: (_: unknown, { id }: { id: string }) => {
        if (id === "0") throw new Error("There is no city 0.");
        return { id };
      },
    },
    Subscription: { changed: { subscribe: () => pubSub.subscribe("weather"), resolve: () => ({ id: "1" }) } },
    City: { temperature: () => 31 },
  },
);
const people = subgraph("people", `type City @key(fields: "id") { id: ID! mayor: String! }`, {
  City: { mayor: ({ id }: { id: string }) => `Mayor ${id}` },
});

describe("a gateway over any supergraph", () => {
  let folder: string;
  let file: string;
  let peers: Record<"weather" | "people", Peer>;
  let gateway: Gateway;

  function composed(...names: ("weather" | "people")[]): string {
    const all = { weather, people };
    return composeServices(names.map((name) => ({ ...all[name], url: peers[name].url }))).supergraphSdl ?? "";
  }

  async function replaceFile(content: string): Promise<void> {
    await writeFile(`${file}.new`, content);
    await rename(`${file}.new`, file);
  }

  async function ask(query: string): Promise<unknown> {
    const answer = await fetch(`http://127.0.0.1:${gateway.port}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
    return answer.json();
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "lentera-supergraph-"));
    file = join(folder, "supergraph.graphql");
    peers = {
      weather: await startPeer(weather.schema, "/weather/api"),
      people: await startPeer(people.schema, "/people/api"),
    };
    await writeFile(file, composed("weather"));
    gateway = await startStandalone(file, {
      host: "127.0.0.1",
      port: 0,
      trustedProxies: 0,
      logger: createLogger("silent"),
      hasLimits: false,
    });
  });
  afterEach(async () => {
    await gateway.stop();
    await Promise.all([peers.weather.stop(), peers.people.stop()]);
    await rm(folder, { recursive: true });
  });

  it("answers from the addresses in the supergraph, and passes errors on as they come", async () => {
    expect(await ask("{ city(id: 1) { temperature } }")).toEqual({ data: { city: { temperature: 31 } } });
    expect(await ask("{ city(id: 0) { id } }")).toMatchObject({
      data: { city: null },
      errors: [{ message: "There is no city 0.", path: ["city"] }],
    });
    const health = async (path: string) => (await fetch(`http://127.0.0.1:${gateway.port}${path}`)).status;
    expect([await health("/healthz"), await health("/readyz")]).toEqual([200, 200]);
    await peers.weather.stop();
    expect([await health("/healthz"), await health("/readyz")]).toEqual([200, 503]);
    peers.weather = await startPeer(weather.schema, "/weather/api");
  });

  it("goes over to another supergraph, without an end of what runs; one that is none changes nothing", async () => {
    const client = createClient({ url: `ws://127.0.0.1:${gateway.port}/graphql`, webSocketImpl: WebSocket });
    const events = client.iterate({ query: "subscription { changed { id temperature } }" });
    const next = async () => (await events.next()).value?.data;
    const ticking = setInterval(() => pubSub.publish("weather", {}), 20);
    try {
      expect(await next()).toEqual({ changed: { id: "1", temperature: 31 } });
      const joined = "{ city(id: 1) { temperature mayor } }";
      expect(await ask(joined)).toMatchObject({ errors: [{ message: expect.stringContaining('"mayor"') }] });
      await replaceFile(composed("weather", "people"));
      const answer = { data: { city: { temperature: 31, mayor: "Mayor 1" } } };
      await vi.waitFor(async () => expect(await ask(joined)).toEqual(answer), { timeout: 5_000, interval: 100 });
      expect(await next()).toEqual({ changed: { id: "1", temperature: 31 } });
      await replaceFile("type Query { nothing: Int }");
      await replaceFile(composed("people", "weather"));
      expect(await ask(joined)).toEqual(answer);
      expect(await next()).toEqual({ changed: { id: "1", temperature: 31 } });
    } finally {
      clearInterval(ticking);
      await client.dispose();
    }
  });

  it("says what is missing when it cannot start", async () => {
    await expect(
      startStandalone(join(folder, "missing"), {
        host: "",
        port: 0,
        trustedProxies: 0,
        logger: createLogger("silent"),
      }),
    ).rejects.toThrow("cannot be read; set SUPERGRAPH_FILE to a file that can.");
    expect(() => readGateway({ SUPERGRAPH_FILE: file })).toThrow(
      "The environment variable AUTH has to be off with SUPERGRAPH_FILE, because such subgraphs issue no tokens, but it is not set.",
    );
    expect(readGateway({ SUPERGRAPH_FILE: file, AUTH: "off", LIMITS: "off" })).toMatchObject({
      SUPERGRAPH_FILE: file,
      LIMITS: "off",
    });
  });
});
