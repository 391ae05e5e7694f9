import { type Logger, LenteraError, type RequestIdentity, signRequest } from "@lentera/kit";
import type { DocumentNode, GraphQLFormattedError } from "graphql";
import { type Client, createClient } from "graphql-ws";
import { Pool } from "undici";
import { WebSocket } from "ws";
import { z } from "zod";
import { unavailable } from "../errors.js";
import { isObject } from "../executor/json.js";
import type { RequestScope } from "../request.js";
import { EventQueue } from "./event-queue.js";
import { post } from "./exchange.js";
import type { SubgraphOperation, SubgraphResponse, SubgraphSource } from "./source.js";

/** Connections kept open to one subgraph. */
const CONNECTIONS = 64;
const ANSWER_TIMEOUT_MS = 30_000;
const HEALTH_TIMEOUT_MS = 2_000;
/** The socket for subscriptions stays open this long after the last one ended. */
const IDLE_SOCKET_MS = 10_000;
const KEEP_ALIVE_MS = 10_000;

const errorList = z.array(
  z.object({
    message: z.string(),
    path: z.array(z.union([z.string(), z.number()])).optional(),
    extensions: z.record(z.string(), z.unknown()).optional(),
  }),
);

export interface HttpSourceOptions {
  readonly name: string;
  /** Where GraphQL is answered, over HTTP and WebSocket; an origin such as `http://127.0.0.1:4001` means `/graphql` there. */
  readonly url: string;
  /** Signs who asks; undefined for a subgraph that is no part of Lentera and is told nothing of its viewers. */
  readonly viewerSecret?: string | undefined;
}

/** A subgraph behind HTTP: keep-alive connections, one WebSocket for all subscriptions, a signed viewer in each request. */
export class HttpSource implements SubgraphSource {
  readonly name: string;
  readonly #pool: Pool;
  readonly #sockets: Client;
  /** One signature serves all fetches of an operation. */
  readonly #tokens = new WeakMap<RequestIdentity, Promise<string>>();

  readonly #origin: string;
  readonly #path: string;
  /** The bodies of requests up to their variables. */
  readonly #beginnings = new WeakMap<DocumentNode, string>();

  readonly url: string;

  constructor(private readonly options: HttpSourceOptions) {
    this.name = options.name;
    this.url = options.url;
    const { origin, pathname, search } = new URL(options.url);
    this.#origin = origin;
    this.#path = pathname === "/" ? "/graphql" : `${pathname}${search}`;
    this.#pool = new Pool(origin, {
      connections: CONNECTIONS,
      headersTimeout: ANSWER_TIMEOUT_MS,
      bodyTimeout: ANSWER_TIMEOUT_MS,
    });
    this.#sockets = createClient({
      url: `${origin.replace(/^http/, "ws")}${this.#path}`,
      webSocketImpl: WebSocket,
      lazyCloseTimeout: IDLE_SOCKET_MS,
      keepAlive: KEEP_ALIVE_MS,
      // Events are missed while a socket is down, and the signature has gone stale: the subscriber has to ask again.
      retryAttempts: 0,
    });
  }

  /** @throws SERVICE_UNAVAILABLE when there is no answer, or none that makes sense. */
  async fetch(
    { document, query, variables, operationName }: SubgraphOperation,
    { identity, logger, signal }: RequestScope,
  ): Promise<SubgraphResponse> {
    try {
      const viewer = await this.#token(identity);
      const text = await post(this.#pool, {
        path: this.#path,
        headers: {
          "content-type": "application/json",
          accept: "application/json",
          ...(viewer !== undefined && { "x-lentera-viewer": viewer }),
          "x-request-id": identity.requestId,
          "accept-language": identity.language,
        },
        body: this.#body(document, query, operationName, variables),
        signal,
      });
      return responseFrom(JSON.parse(text));
    } catch (error) {
      if (signal?.aborted === true) throw error;
      throw unavailable(this.name, error, logger);
    }
  }

  #body(
    document: DocumentNode,
    query: string,
    operationName: string | undefined,
    variables: Record<string, unknown>,
  ): string {
    let beginning = this.#beginnings.get(document);
    if (beginning === undefined) {
      beginning = JSON.stringify({ query, ...(operationName !== undefined && { operationName }) }).slice(0, -1);
      this.#beginnings.set(document, beginning);
    }
    return `${beginning},"variables":${JSON.stringify(variables)}}`;
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

  /** A subgraph that is no part of Lentera has no health of its own to tell: it can work when it answers a query. */
  async health(): Promise<void> {
    if (this.options.viewerSecret === undefined) {
      const signal = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ query: "{ __typename }" });
      responseFrom(JSON.parse(await post(this.#pool, { path: this.#path, headers, body, signal })));
      return;
    }
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
      const { method, headers } = request;
      return await fetch(`${this.#origin}${pathname}${search}`, { method, headers, body });
    } catch (cause) {
      throw new LenteraError("SERVICE_UNAVAILABLE", { cause });
    }
  }

  async close(): Promise<void> {
    await this.#sockets.dispose();
    await this.#pool.close();
  }

  async #token(identity: RequestIdentity): Promise<string | undefined> {
    const { viewerSecret } = this.options;
    if (viewerSecret === undefined) return undefined;
    const known = this.#tokens.get(identity);
    if (known !== undefined) return known;
    const token = signRequest(viewerSecret, identity);
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
  if (!isObject(body)) throw new Error("The answer is not one of GraphQL.");
  const { data, extensions } = body;
  if (data !== undefined && data !== null && !isObject(data)) throw new Error("The data of the answer is no object.");
  const errors = body["errors"] === undefined ? undefined : errorList.parse(body["errors"]);
  if (data === undefined && errors === undefined) throw new Error("The answer has neither data nor errors.");
  return {
    ...(data !== undefined && { data }),
    ...(errors !== undefined && { errors }),
    ...(isObject(extensions) && { extensions }),
  };
}
