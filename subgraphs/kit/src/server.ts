import { once } from "node:events";
import Fastify, { type FastifyInstance } from "fastify";
import { type ExecutionArgs, GraphQLError, parse, validate } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { z } from "zod";
import { LenteraError } from "./errors.js";
import { mountRoute } from "./route.js";
import type { Subgraph, SubgraphRequest } from "./subgraph.js";
import { verifyRequest } from "./viewer.js";

/** A subgraph behind HTTP, for the gateway only: a request without a signed viewer is refused. */
export interface SubgraphServer {
  readonly port: number;
  close(): Promise<void>;
}

const operation = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});
const subscribeExtensions = z.object({ viewer: z.string(), resumeFrom: z.string().optional() });
/** Parsed and validated documents by their text; the gateway sends few different ones. */
const CACHED_DOCUMENTS = 2000;

/**
 * `POST /graphql` with header `x-lentera-viewer`, graphql-transport-ws on the same path with the same token in
 * `extensions.viewer` of each operation (and `extensions.resumeFrom`, a cursor), `GET /healthz`, and the subgraph's public documents.
 */
export async function serveSubgraph(
  subgraph: Pick<Subgraph, "schema" | "execute" | "subscribe" | "documents" | "routes" | "health">,
  options: { port: number; host?: string; viewerSecret: string },
): Promise<SubgraphServer> {
  const { viewerSecret } = options;
  const app = Fastify({ bodyLimit: 10 * 1024 * 1024, forceCloseConnections: true });
  const documentFor = documentCache(subgraph);

  async function requestFor(body: z.infer<typeof operation>, token: string | undefined): Promise<SubgraphRequest> {
    const identity = await verifyRequest(viewerSecret, token);
    return {
      ...identity,
      document: documentFor(body.query),
      variables: body.variables ?? undefined,
      operationName: body.operationName ?? undefined,
    };
  }

  app.post("/graphql", async (request, reply) => {
    try {
      const token = request.headers["x-lentera-viewer"];
      const body = operation.parse(request.body);
      return await subgraph.execute(await requestFor(body, typeof token === "string" ? token : undefined));
    } catch (error) {
      return reply.status(statusOf(error)).send({ errors: errorsOf(error) });
    }
  });
  app.get("/healthz", async (_request, reply) => {
    await subgraph.health();
    return reply.send({ status: "healthy" });
  });
  for (const [path, load] of Object.entries(subgraph.documents)) app.get(path, load);
  for (const [path, answer] of Object.entries(subgraph.routes)) await mountRoute(app, path, answer);

  const requests = new WeakMap<ExecutionArgs, SubgraphRequest>();
  const requestOf = (args: ExecutionArgs): SubgraphRequest => {
    const request = requests.get(args);
    if (request === undefined) throw new Error("This operation did not come through onSubscribe.");
    return request;
  };
  const sockets = new WebSocketServer({ noServer: true });
  app.server.on("upgrade", (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (webSocket) => sockets.emit("connection", webSocket, request));
  });
  const stopSockets = useServer(
    {
      onSubscribe: async (_context, _id, payload): Promise<ExecutionArgs | readonly GraphQLError[]> => {
        try {
          const { viewer, resumeFrom } = subscribeExtensions.parse(payload.extensions);
          const request = { ...(await requestFor(operation.parse(payload), viewer)), resumeFrom };
          const args = { schema: subgraph.schema, document: request.document };
          requests.set(args, request);
          return args;
        } catch (error) {
          return errorsOf(error);
        }
      },
      execute: (args) => subgraph.execute(requestOf(args)),
      subscribe: (args) => subgraph.subscribe(requestOf(args)),
    },
    sockets,
  );

  await listen(app, options.port, options.host ?? "127.0.0.1");
  const address = app.server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : options.port,
    close: async () => {
      await stopSockets.dispose();
      await app.close();
    },
  };
}

async function listen(app: FastifyInstance, port: number, host: string): Promise<void> {
  await app.listen({ port, host });
  if (!app.server.listening) await once(app.server, "listening");
}

function documentCache(subgraph: Pick<Subgraph, "schema">): (query: string) => SubgraphRequest["document"] {
  const documents = new Map<string, SubgraphRequest["document"]>();
  return (query) => {
    const known = documents.get(query);
    if (known !== undefined) return known;
    const document = parse(query);
    const [error] = validate(subgraph.schema, document);
    if (error !== undefined) throw error;
    if (documents.size >= CACHED_DOCUMENTS) documents.clear();
    documents.set(query, document);
    return document;
  };
}

function statusOf(error: unknown): number {
  return error instanceof LenteraError ? 401 : 400;
}

function errorsOf(error: unknown): GraphQLError[] {
  return [error instanceof GraphQLError ? error : new GraphQLError("The request is not a GraphQL operation.")];
}
