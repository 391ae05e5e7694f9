import { serveSubgraph } from "@lentera/kit";
import { type Client, type ClientOptions, type FormattedExecutionResult, createClient } from "graphql-ws";
import { pino } from "pino";
import { WebSocket } from "ws";
import { z } from "zod";
import { compose } from "../composition.js";
import { quotasFor } from "../quotas.js";
import { type GatewayOptions, startGateway } from "../server.js";
import { HttpSource } from "../sources/http.js";
import { InProcessSource } from "../sources/in-process.js";
import type { SubgraphSource } from "../sources/source.js";
import { type TestSubgraph, World } from "./world.js";

export const TRANSPORTS = ["in process", "over HTTP"] as const;
export type Transport = (typeof TRANSPORTS)[number];

const VIEWER_SECRET = "a secret between gateway and subgraphs, for tests";

const logLine = z.record(z.string(), z.unknown());
const result = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.record(z.string(), z.unknown()),
      }),
    )
    .optional(),
  extensions: z.record(z.string(), z.unknown()).optional(),
});
export type HttpAnswer = z.infer<typeof result> & { readonly status: number; readonly headers: Headers };

/** A gateway over the two subgraphs of {@link World}, reached by a transport. */
export interface TestGateway {
  readonly world: World;
  readonly url: string;
  readonly port: number;
  /** What was logged, one JSON object for each line. */
  readonly logs: Record<string, unknown>[];
  post(
    query: string,
    options?: { variables?: Record<string, unknown>; headers?: Record<string, string> },
  ): Promise<HttpAnswer>;
  /** A graphql-transport-ws client that does not reconnect. */
  connect(options?: { authorization?: string; on?: ClientOptions["on"] }): Client;
  /** Goes over to the same supergraph with more in it. */
  reload(organizationTypes: string): void;
  /** Makes learning unreachable; over HTTP only. */
  stopLearning(): Promise<void>;
  stop(): Promise<void>;
}

export async function startTestGateway(
  transport: Transport,
  options: Pick<
    GatewayOptions,
    "connectionLimits" | "corsOrigins" | "hidesSchema" | "persisted" | "quotas" | "redisUrl"
  > = {},
): Promise<TestGateway> {
  const world = new World();
  const logs: Record<string, unknown>[] = [];
  const logger = pino({ level: "info" }, { write: (line: string) => void logs.push(logLine.parse(JSON.parse(line))) });
  const subgraphs = [world.organization, world.learning];
  const sources = await Promise.all(subgraphs.map((subgraph) => connectTo(subgraph, transport)));
  const gateway = await startGateway({
    quotas: quotasFor({ isDemo: true, factor: 1_000 }),
    ...options,
    supergraphSdl: compose(subgraphs),
    sources: sources.map(({ source }) => source),
    host: "127.0.0.1",
    port: 0,
    trustedProxies: 0,
    logger,
  });
  const url = `http://127.0.0.1:${gateway.port}`;
  const clients: Client[] = [];

  return {
    world,
    url,
    port: gateway.port,
    logs,
    post: async (query, { variables, headers } = {}) => {
      const answer = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return { ...result.parse(await answer.json()), status: answer.status, headers: answer.headers };
    },
    connect: ({ authorization, on } = {}) => {
      const client = createClient({
        url: `${url.replace("http", "ws")}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        ...(authorization !== undefined && { connectionParams: { authorization } }),
        ...(on !== undefined && { on }),
      });
      clients.push(client);
      return client;
    },
    reload: (types) => {
      const { name, sdl } = world.organization;
      gateway.reload(compose([{ name, sdl: sdl + types }, world.learning]), []);
    },
    stopLearning: async () => sources[1]?.stopServer(),
    stop: async () => {
      for (const client of clients) await client.dispose();
      await gateway.stop();
      await Promise.all(sources.map(({ stopServer }) => stopServer()));
    },
  };
}

async function connectTo(
  subgraph: TestSubgraph,
  transport: Transport,
): Promise<{ source: SubgraphSource; stopServer: () => Promise<void> }> {
  if (transport === "in process") return { source: new InProcessSource(subgraph), stopServer: () => Promise.resolve() };
  const server = await serveSubgraph(subgraph, { port: 0, viewerSecret: VIEWER_SECRET });
  let isStopped = false;
  return {
    source: new HttpSource({
      name: subgraph.name,
      url: `http://127.0.0.1:${server.port}`,
      viewerSecret: VIEWER_SECRET,
    }),
    stopServer: async () => {
      if (!isStopped) await server.close();
      isStopped = true;
    },
  };
}

type Result = FormattedExecutionResult<Record<string, unknown>, unknown>;

/** The next result of an operation; undefined when it has completed. */
export async function nextResult(results: AsyncIterator<Result>): Promise<Result | undefined> {
  const next = await results.next();
  return next.done === true ? undefined : next.value;
}
