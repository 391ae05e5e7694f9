import { type Logger, LenteraError, type RequestIdentity, signRequest } from "@lentera/kit";
import type { GraphQLFormattedError } from "graphql";
import { type Client, createClient } from "graphql-ws";
import { Pool } from "undici";
import { WebSocket } from "ws";
import { z } from "zod";
import { unavailable } from "../errors.js";
import type { RequestScope } from "../request.js";
import { EventQueue } from "./event-queue.js";
import type { SubgraphOperation, SubgraphResponse, SubgraphSource } from "./source.js";

/** Connections kept open to one subgraph. */
const CONNECTIONS = 64;
const ANSWER_TIMEOUT_MS = 30_000;
const HEALTH_TIMEOUT_MS = 2_000;
/** The socket for subscriptions stays open this long after the last one ended. */
const IDLE_SOCKET_MS = 10_000;
const KEEP_ALIVE_MS = 10_000;

const answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .optional(),
  extensions: z.record(z.string(), z.unknown()).optional(),
});

/** A subgraph behind HTTP: keep-alive connections, one WebSocket for all subscriptions, a signed viewer in each request. */
export class HttpSource implements SubgraphSource {
  readonly name: string;
  readonly #pool: Pool;
  readonly #sockets: Client;
  /** One signature serves all fetches of an operation. */
  readonly #tokens = new WeakMap<RequestIdentity, Promise<string>>();

  /** `url` is the origin, as in `http://127.0.0.1:4001`. */
  constructor(
    private readonly options: { readonly name: string; readonly url: string; readonly viewerSecret: string },
  ) {
    this.name = options.name;
    this.#pool = new Pool(options.url, {
      connections: CONNECTIONS,
      headersTimeout: ANSWER_TIMEOUT_MS,
      bodyTimeout: ANSWER_TIMEOUT_MS,
    });
    this.#sockets = createClient({
      url: `${options.url.replace(/^http/, "ws")}/graphql`,
      webSocketImpl: WebSocket,
      lazyCloseTimeout: IDLE_SOCKET_MS,
      keepAlive: KEEP_ALIVE_MS,
      // Events are missed while a socket is down, and the signature has gone stale: the subscriber has to ask again.
      retryAttempts: 0,
    });
  }

  /** @throws SERVICE_UNAVAILABLE when there is no answer, or none that makes sense. */
  async fetch(
    { query, variables, operationName }: SubgraphOperation,
    { identity, logger }: RequestScope,
  ): Promise<SubgraphResponse> {
    try {
      const { body } = await this.#pool.request({
        method: "POST",
        path: "/graphql",
        headers: {
          "content-type": "application/json",
          "x-lentera-viewer": await this.#token(identity),
          "x-request-id": identity.requestId,
          "accept-language": identity.language,
        },
        body: JSON.stringify({ query, variables, operationName }),
      });
      return responseFrom(await body.json());
    } catch (error) {
      throw unavailable(this.name, error, logger);
    }
  }

  async subscribe(
    { query, variables, operationName }: SubgraphOperation,
    { identity, logger, resumeFrom }: RequestScope,
  ): Promise<AsyncIterator<SubgraphResponse, undefined>> {
    const { requestId, language } = identity;
    const viewer = await this.#token(identity);
    const queue = new EventQueue<SubgraphResponse>();
    const unsubscribe = this.#sockets.subscribe(
      { query, operationName, variables, extensions: { viewer, requestId, language, resumeFrom } },
      {
        next: (event) => {
          if (!queue.push(responseFrom(event))) queue.end({ data: null, errors: [new LenteraError("LIMIT_EXCEEDED")] });
        },
        error: (error) => queue.end({ data: null, errors: this.#refusal(error, logger) }),
        complete: () => queue.end(),
      },
    );
    queue.onEnd(unsubscribe);
    return queue;
  }

  async health(): Promise<void> {
    const { statusCode, body } = await this.#pool.request({
      method: "GET",
      path: "/healthz",
      signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS),
    });
    await body.dump();
    if (statusCode !== 200) throw new Error(`The subgraph "${this.name}" answered ${statusCode}.`);
  }

  async document(path: string): Promise<unknown> {
    const { statusCode, body } = await this.#pool.request({
      method: "GET",
      path,
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    if (statusCode === 200) return body.json();
    await body.dump();
    throw new LenteraError(statusCode === 404 ? "NOT_FOUND" : "SERVICE_UNAVAILABLE");
  }

  /** @throws SERVICE_UNAVAILABLE when there is no answer. */
  async route(_path: string, request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const body = request.body === null ? null : await request.arrayBuffer();
    try {
      return await fetch(`${this.options.url}${pathname}${search}`, { method: request.method, body });
    } catch (cause) {
      throw new LenteraError("SERVICE_UNAVAILABLE", { cause });
    }
  }

  async close(): Promise<void> {
    await this.#sockets.dispose();
    await this.#pool.close();
  }

  #token(identity: RequestIdentity): Promise<string> {
    const known = this.#tokens.get(identity);
    if (known !== undefined) return known;
    const token = signRequest(this.options.viewerSecret, identity);
    this.#tokens.set(identity, token);
    return token;
  }

  /** A list of errors is the subgraph's answer; anything else is the end of the connection. */
  #refusal(error: unknown, logger: Logger): readonly GraphQLFormattedError[] {
    if (Array.isArray(error)) return responseFrom({ errors: error }).errors ?? [];
    return [unavailable(this.name, error instanceof Error ? error : new Error("The socket was closed."), logger)];
  }
}

function responseFrom(body: unknown): SubgraphResponse {
  const { data, errors, extensions } = answer.parse(body);
  return {
    ...(data !== undefined && { data }),
    ...(errors !== undefined && { errors }),
    ...(extensions !== undefined && { extensions }),
  };
}
