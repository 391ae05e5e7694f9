import { type ErrorCode, type Logger, LenteraError } from "@lentera/kit";
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { errorBody } from "./errors.js";
import { RateLimitError, retryAfterSeconds } from "./quotas.js";
import type { Metrics } from "./metrics.js";
import { languageFrom, requestIdFrom } from "./request.js";

const MAX_BODY_BYTES = 1_000_000;

/** An HTTP server that answers every failure in the envelope of GraphQL errors, logs one line for each request, and counts it. */
export function createHttpServer(options: {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly corsOrigins?: readonly string[] | undefined;
  readonly isStopping: () => boolean;
}): FastifyInstance {
  const { logger, metrics, isStopping } = options;
  const app = Fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: "idle",
    requestIdHeader: false,
    genReqId: ({ headers }) => requestIdFrom(headers["x-request-id"]),
  });
  app.removeContentTypeParser("text/plain");

  app.addHook("onRequest", (request, reply, done) => {
    reply.headers({
      "x-request-id": request.id,
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "strict-transport-security": "max-age=31536000; includeSubDomains",
      "x-frame-options": "DENY",
      "content-security-policy": "frame-ancestors 'none'; object-src 'none'; base-uri 'self'",
      "cross-origin-opener-policy": "same-origin",
    });
    done();
  });
  allowOrigins(app, new Set(options.corsOrigins));
  app.addHook("onSend", (_request, reply, payload, done) => {
    // A connection that stayed open after its last answer would hold up the shutdown.
    if (isStopping()) reply.header("connection", "close");
    done(null, payload);
  });
  app.addHook("onResponse", (request, { statusCode: status, elapsedTime }, done) => {
    const route = request.routeOptions.url ?? "none";
    metrics.httpRequests.observe({ method: request.method, route, status }, elapsedTime / 1000);
    logger.info(
      { requestId: request.id, method: request.method, route, status, durationMs: Math.round(elapsedTime) },
      "request",
    );
    done();
  });
  app.setErrorHandler((error: FastifyError, request, reply) => fail(error, request, reply, logger));
  app.setNotFoundHandler((request, reply) => reply.status(404).send(bodyOf("NOT_FOUND", request)));
  return app;
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  UNAUTHORIZED: 401,
  INVALID_TOKEN: 401,
  TOKEN_EXPIRED: 401,
  NOT_FOUND: 404,
  LIMIT_EXCEEDED: 429,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
};

const SENTENCES: Record<number, string> = {
  400: "The request cannot be read; send a JSON object with `query`, and `variables` and `operationName` when they are needed.",
  413: "The request is larger than 1 MB; send less at once.",
  415: "The body has to be JSON; send it with the header `content-type: application/json`.",
};

function fail(error: FastifyError, request: FastifyRequest, reply: FastifyReply, logger: Logger): FastifyReply {
  if (error instanceof LenteraError) {
    const status = STATUS[error.code] ?? 400;
    if (error instanceof RateLimitError) void reply.header("retry-after", retryAfterSeconds(error));
    if (status === 401) void reply.header("www-authenticate", 'Bearer error="invalid_token"');
    return reply.status(status).send(bodyOf(error.code, request));
  }
  const status = error.statusCode ?? 500;
  if (status < 500)
    return reply.status(status).send(bodyOf("VALIDATION_ERROR", request, SENTENCES[status] ?? error.message));
  logger.error({ err: error, requestId: request.id }, "a request failed");
  return reply.status(500).send(bodyOf("SERVER_ERROR", request));
}

function bodyOf(code: ErrorCode, { id, headers }: FastifyRequest, message?: string): ReturnType<typeof errorBody> {
  return errorBody(code, { requestId: id, language: languageFrom(headers["accept-language"]) }, message);
}

/** A browser asks again about an origin that it knows after this many seconds. */
const PREFLIGHT_SECONDS = 600;

/**
 * Lets pages of these origins call us, and no others. Credentials are not allowed to anybody: callers are known by a header
 * that a page has to set itself.
 */
function allowOrigins(app: FastifyInstance, origins: ReadonlySet<string>): void {
  app.addHook("onRequest", (request, reply, done) => {
    const { origin } = request.headers;
    void reply.header("vary", "origin");
    if (origin === undefined || !origins.has(origin)) return done();
    // On the response itself, as streams of events are written past Fastify.
    reply.raw.setHeader("access-control-allow-origin", origin);
    reply.raw.setHeader("access-control-expose-headers", "x-request-id, retry-after");
    if (request.method !== "OPTIONS") return done();
    return reply
      .headers({
        "access-control-allow-methods": "GET, POST, PUT",
        "access-control-allow-headers":
          "authorization, content-type, accept-language, x-api-key, x-request-id, last-event-id, apollographql-client-name",
        "access-control-max-age": PREFLIGHT_SECONDS,
      })
      .status(204)
      .send();
  });
}
