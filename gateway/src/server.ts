import { fastifyApolloHandler } from "@as-integrations/fastify";
import fastifyCompress from "@fastify/compress";
import { LenteraError, type Logger, anonymous, mountRoute } from "@lentera/kit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { printSchema } from "graphql";
import { serveAccountPages } from "./account-pages/account-pages.js";
import { ApiKeys } from "./api-keys.js";
import { createApollo } from "./apollo.js";
import { Documents } from "./documents.js";
import { EndedAccess } from "./ended-access.js";
import { Federation } from "./federation.js";
import { serveHealth } from "./health.js";
import { createHttpServer } from "./http.js";
import { Metrics } from "./metrics.js";
import { Observation } from "./observation.js";
import { Metering, QUOTAS, type Quotas } from "./quotas.js";
import type { PersistedDocuments } from "./persisted-documents.js";
import { inMemory, overRedis } from "./rate-limiter.js";
import {
  type RequestScope,
  authorizationFrom,
  clientAddress,
  clientNameFrom,
  currentScope,
  languageFrom,
  scopeOrThrow,
  userAgentFrom,
} from "./request.js";
import { batching } from "./sources/batching.js";
import type { SubgraphSource } from "./sources/source.js";
import { listenError } from "./start-error.js";
import { serveStatic } from "./static.js";
import { CONNECTION_LIMITS, Clients, type ConnectionLimits } from "./subscriptions/clients.js";
import { serveEvents, wantsEvents } from "./subscriptions/server-sent-events.js";
import { serveSockets } from "./subscriptions/sockets.js";
import { Streams } from "./subscriptions/streams.js";
import { Authenticator } from "./viewer.js";

/** The subgraph that issues access tokens and publishes the keys to verify them with. */
const IDENTITY_SUBGRAPH = "organization";
/** Signed links to files, kept by the same subgraph. */
const FILES_PATH = "/files/:id";
/** What payment providers and banks tell, and signed links to papers of loan applications, for the subgraph that keeps the money. */
const FINANCE_SUBGRAPH = "finance";
const FINANCE_PATHS = [
  "/webhooks/payments/:provider",
  "/webhooks/payouts/xendit",
  "/webhooks/banks",
  "/loan-documents",
];
const JWKS_PATH = "/.well-known/jwks.json";
/** Requests that are still running after this long do not hold up a shutdown. */
const DRAIN_MS = 10_000;

export interface GatewayOptions {
  readonly supergraphSdl: string;
  /** One for each subgraph of the supergraph. */
  readonly sources: readonly SubgraphSource[];
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** {@link QUOTAS} unless they are given. */
  readonly quotas?: Quotas | undefined;
  /** Where several gateways count together; each counts for itself without. */
  readonly redisUrl?: string | undefined;
  /** {@link CONNECTION_LIMITS} unless they are given. */
  readonly connectionLimits?: ConnectionLimits;
  /** Proxies in front of us that append to `x-forwarded-for`. */
  readonly trustedProxies: number;
  /** Pages of these origins may call the API from a browser, beside our own. */
  readonly corsOrigins?: readonly string[] | undefined;
  readonly logger: Logger;
  /** Whether an operation may be only so deep, wide and long; it may. */
  readonly hasLimits?: boolean;
  /** Whether equal queries of viewers with equal rights that run at once are asked once; they are. */
  readonly sharesFetches?: boolean;
  /** False for a supergraph without Lentera's organization: everybody is anonymous, and errors are passed on as they come. */
  readonly hasIdentity?: boolean;
  /** Documents that may be asked for by their hash; none without. */
  readonly persisted?: PersistedDocuments | undefined;
  /** Whether nobody is told what is in the schema: no introspection, no file, no suggestions in errors. */
  readonly hidesSchema?: boolean;
}

/** A gateway that listens. */
export interface Gateway {
  readonly port: number;
  /** Goes over to another supergraph, see {@link Federation.reload}. The sources are closed with the gateway. */
  reload(supergraphSdl: string, sources: readonly SubgraphSource[]): void;
  /** Refuses what is new, lets running requests finish, sends whoever listens away (1001), then closes the sources. */
  stop(): Promise<void>;
}

/** @throws StartError when the address cannot be listened on. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { supergraphSdl, logger, trustedProxies, hasLimits = true, hasIdentity = true, sharesFetches = true } = options;
  const { persisted, hidesSchema = false } = options;
  const metrics = new Metrics();
  const observation = new Observation(metrics);
  const federation = new Federation(supergraphSdl, options.sources.map(batching), {
    observe: (...fetch) => observation.fetched(...fetch),
    sharesFetches,
    hidesSchema,
  });
  const identitySource = hasIdentity ? federation.source(IDENTITY_SUBGRAPH) : undefined;
  const apiKeys = identitySource && new ApiKeys(identitySource, logger);
  const endedAccess = identitySource && new EndedAccess(identitySource, logger);
  const authenticator: Pick<Authenticator, "authenticate"> =
    identitySource && apiKeys && endedAccess
      ? new Authenticator(() => identitySource.document(JWKS_PATH), apiKeys, endedAccess)
      : { authenticate: () => Promise.resolve({ viewer: anonymous, expiresAt: null }) };
  const limiter = options.redisUrl === undefined ? inMemory() : overRedis(options.redisUrl, logger);
  const metering = new Metering(limiter, hasLimits ? (options.quotas ?? QUOTAS) : undefined);
  const apollo = createApollo(federation, logger, observation, apiKeys, {
    hasLimits,
    hidesErrors: hasIdentity,
    hidesSchema,
    persisted,
    metering,
  });
  await apollo.start();

  let isStopping = false;
  const app = createHttpServer({ logger, metrics, corsOrigins: options.corsOrigins, isStopping: () => isStopping });
  await app.register(fastifyCompress, { encodings: ["gzip", "deflate", "identity"], threshold: 1024 });
  serveHealth(
    app,
    () => federation.sources,
    () => isStopping,
  );
  app.get("/metrics", async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
  if (!hidesSchema)
    app.get("/schema.graphql", (_request, reply) =>
      reply.type("text/plain; charset=utf-8").send(printSchema(federation.schema)),
    );
  if (identitySource !== undefined) {
    app.get(JWKS_PATH, async (_request, reply) =>
      reply.header("cache-control", "public, max-age=300").send(await identitySource.document(JWKS_PATH)),
    );
    await mountRoute(app, FILES_PATH, (request) => identitySource.route(FILES_PATH, request));
    serveAccountPages(app);
  }
  if (options.sources.some(({ name }) => name === FINANCE_SUBGRAPH)) {
    const finance = federation.source(FINANCE_SUBGRAPH);
    for (const path of FINANCE_PATHS) await mountRoute(app, path, (request) => finance.route(path, request));
  }
  await serveStatic(app);
  app.get("/", (_request, reply) => reply.redirect(hasIdentity ? "/parent" : "/graphiql"));

  const clients = new Clients(options.connectionLimits ?? CONNECTION_LIMITS);
  endedAccess?.onEnd((ended) => clients.end(ended));
  const streams = new Streams({ apollo, federation }, metrics);
  const live = {
    apollo,
    metering,
    federation,
    authenticator,
    clients,
    streams,
    documents: new Documents(federation, hidesSchema),
    persisted,
  };
  const runOperation = fastifyApolloHandler(apollo, { context: () => Promise.resolve(scopeOrThrow()) });
  app.route({
    method: ["GET", "POST"],
    url: "/graphql",
    handler: async (request, reply) => {
      if (isBrowsing(request)) return reply.redirect("/graphiql");
      const { scope: asking, expiresAt } = await authenticated(request, {
        authenticator,
        metering,
        trustedProxies,
        logger,
      });
      if (wantsEvents(request)) return serveEvents(live, { request, reply, scope: asking, expiresAt });
      const scope = { ...asking, signal: untilGone(reply), takesText: true };
      return currentScope.run(scope, () => runOperation.call(app, request, reply));
    },
  });

  const sockets = serveSockets(app.server, live, { trustedProxies, logger, metrics });
  const port = await listen(app, options);
  endedAccess?.start();

  async function stop(): Promise<void> {
    isStopping = true;
    sockets.close();
    endedAccess?.stop();
    await clients.drain();
    const cutOff = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS);
    await app.close();
    clearTimeout(cutOff);
    await apollo.stop();
    await apiKeys?.close();
    await limiter.close();
    await Promise.all(federation.sources.map((source) => source.close()));
  }

  return { port, stop, reload: (sdl, added) => federation.reload(sdl, added.map(batching)) };
}

/** A person who opened the address of the API. */
function isBrowsing({ method, headers, url }: FastifyRequest): boolean {
  return method === "GET" && !url.includes("?") && headers.accept?.includes("text/html") === true;
}

/** Aborts when the client has left before it was answered. */
function untilGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once("close", () => {
    if (!raw.writableFinished) gone.abort(new LenteraError("SERVICE_UNAVAILABLE"));
  });
  return gone.signal;
}

/**
 * In this order (004-15): how often, then who. What they may and whether it makes sense comes later.
 * @throws RATE_LIMITED, INVALID_TOKEN, TOKEN_EXPIRED, SERVICE_UNAVAILABLE.
 */
async function authenticated(
  { socket, headers, id: requestId }: FastifyRequest,
  gateway: {
    readonly authenticator: Pick<Authenticator, "authenticate">;
    readonly metering: Metering;
    readonly trustedProxies: number;
    readonly logger: Logger;
  },
): Promise<{ readonly scope: RequestScope; readonly expiresAt: number | null }> {
  const { authenticator, metering, trustedProxies, logger } = gateway;
  const ip = clientAddress({ headers, remoteAddress: socket.remoteAddress }, trustedProxies);
  const authorization = authorizationFrom(headers);
  const arrived = await metering.arrive(ip, authorization);
  const { viewer, expiresAt } = await authenticator.authenticate(authorization);
  const bill = await metering.identify(viewer, arrived);
  const language = languageFrom(headers["accept-language"]);
  const identity = { viewer, requestId, language, ip, userAgent: userAgentFrom(headers["user-agent"]) };
  const client = clientNameFrom(headers["apollographql-client-name"]);
  return { scope: { identity, logger: logger.child({ requestId }), client, bill }, expiresAt };
}

async function listen(app: FastifyInstance, { host, port }: GatewayOptions): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw listenError(error, host, port);
  }
  const address = app.server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}
