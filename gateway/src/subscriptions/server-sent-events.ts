import { randomInt } from "node:crypto";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { LenteraError, type Viewer } from "@lentera/kit";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type FormattedExecutionResult, type GraphQLError, OperationTypeNode, getOperationAST } from "graphql";
import { z } from "zod";
import { errorBody, publicError, unnamedOperation } from "../errors.js";
import { executeOperation } from "../operations.js";
import type { RequestScope } from "../request.js";
import type { LiveClient } from "./clients.js";
import { CLOSE, type CloseReason } from "./close.js";
import type { Services } from "./protocol.js";

/** Says that the connection is alive to whatever stands between. */
const HEARTBEAT_MS = 12_000;
/** A client that lost its connection comes back after a time between these. */
const RETRY_MS = [500, 3_000] as const;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const MIME_TYPE = "text/event-stream";

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue("This is not JSON.");
    return z.NEVER;
  }
});
const members = z.record(z.string(), z.unknown()).nullish();
const body = z.object({
  query: z.string().default(""),
  operationName: z.string().nullish(),
  variables: members,
  extensions: members,
});
const search = body.extend({ variables: json.pipe(members).optional(), extensions: json.pipe(members).optional() });

/**
 * Whether the client asks for a stream of events: graphql-sse, distinct connections mode. Some clients say of every
 * request that they could read events, too.
 */
export function wantsEvents({ headers: { accept = "" } }: FastifyRequest): boolean {
  return accept.includes(MIME_TYPE) && !accept.includes("json");
}

type EventServices = Pick<Services, "apollo" | "documents" | "persisted" | "streams" | "clients">;

/**
 * Runs one operation and answers with events: `next` for each result, `complete` at the end. The `id` of an event is the
 * cursor from which `Last-Event-ID` (or `extensions.resumeFrom`) goes on.
 * @throws LIMIT_EXCEEDED for too many connections
 */
export async function serveEvents(
  services: EventServices,
  call: {
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
    readonly scope: RequestScope;
    readonly expiresAt: number | null;
  },
): Promise<FastifyReply> {
  const { request, reply, scope, expiresAt } = call;
  const asked = request.method === "GET" ? search.safeParse(request.query) : body.safeParse(request.body);
  if (!asked.success) return reply.status(400).send(errorBody("VALIDATION_ERROR", scope.identity));
  const { operationName, variables, extensions } = asked.data;
  const found = services.persisted?.find(asked.data) ?? asked.data.query;
  const query = typeof found === "string" ? found : "";
  const operation = { query, operationName: operationName ?? undefined, variables: variables ?? undefined };
  const client = new EventClient(reply.raw, scope.identity.viewer, scope.identity.ip ?? "");
  if (!services.clients.arrive(client) || !services.clients.identify(client)) {
    client.abandon();
    throw new LenteraError("LIMIT_EXCEEDED");
  }
  const document = typeof found === "string" ? services.documents.read(query) : [found];
  const kind = "kind" in document ? getOperationAST(document, operationName)?.operation : undefined;
  if (request.method === "GET" && kind === OperationTypeNode.MUTATION) {
    client.abandon();
    return reply.header("allow", "POST").status(405).send(errorBody("VALIDATION_ERROR", scope.identity));
  }
  reply.hijack();
  client.open({ "x-request-id": scope.identity.requestId }, expiresAt);
  const refused = (errors: readonly GraphQLError[]): FormattedExecutionResult => ({
    errors: errors.map((error) => publicError(error.toJSON(), error, scope)),
  });
  client.refuse = (code) => refused([new LenteraError(code)]);
  try {
    if (!("kind" in document)) await client.send(refused(document));
    else if (kind === undefined) await client.send(refused([unnamedOperation()]));
    else if (kind !== OperationTypeNode.SUBSCRIPTION)
      await client.send(await executeOperation(services.apollo, scope, operation));
    else {
      const resumeFrom = extensions?.["resumeFrom"] ?? request.headers["last-event-id"];
      const from = typeof resumeFrom === "string" && resumeFrom !== "" ? { resumeFrom } : {};
      const results = services.streams.open(
        { scope: { ...scope, ...from }, request: operation, document },
        { as: (result) => result, onTooSlow: () => client.close(CLOSE.tooSlow) },
      );
      void client.closing.then(() => results.return());
      for await (const result of results) await client.send(result);
    }
  } finally {
    client.complete();
  }
  return reply;
}

/** One client's stream of events. */
class EventClient implements LiveClient {
  refuse: ((code: "TOKEN_EXPIRED" | "INVALID_TOKEN") => FormattedExecutionResult) | undefined;
  readonly #closing = Promise.withResolvers<void>();
  readonly closing = this.#closing.promise;
  #heartbeat: NodeJS.Timeout | undefined;
  #expiry: NodeJS.Timeout | undefined;

  constructor(
    private readonly response: ServerResponse,
    readonly viewer: Viewer,
    readonly ip: string,
  ) {
    response.once("close", () => this.abandon());
  }

  open(headers: Record<string, string>, expiresAt: number | null): void {
    this.response.writeHead(200, {
      ...headers,
      "content-type": `${MIME_TYPE}; charset=utf-8`,
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      "x-content-type-options": "nosniff",
    });
    this.response.write(`retry: ${randomInt(...RETRY_MS)}\n\n`);
    this.#heartbeat = setInterval(() => this.response.write(":\n\n"), HEARTBEAT_MS);
    if (expiresAt === null) return;
    const delay = Math.min(Math.max(expiresAt - Date.now(), 0), LONGEST_TIMER_MS);
    this.#expiry = setTimeout(() => this.close(CLOSE.tokenExpired), delay);
  }

  /** Resolves when the client is ready for more. */
  async send(result: FormattedExecutionResult): Promise<void> {
    if (this.response.writableEnded || this.response.destroyed) return;
    const cursor = result.extensions?.["cursor"];
    const id = typeof cursor === "string" ? `id: ${cursor}\n` : "";
    if (this.response.write(`event: next\n${id}data: ${JSON.stringify(result)}\n\n`)) return;
    await Promise.race([once(this.response, "drain"), this.closing]);
  }

  /** There is nothing more to come. */
  complete(): void {
    if (!this.response.writableEnded) this.response.end("event: complete\ndata: \n\n");
    this.abandon();
  }

  /** Without access there is a last error and an end; in all other cases the client comes back and goes on. */
  close(reason: CloseReason): void {
    if (reason.code !== CLOSE.tokenExpired.code) {
      this.response.destroy();
      return this.abandon();
    }
    const code = reason === CLOSE.tokenExpired ? "TOKEN_EXPIRED" : "INVALID_TOKEN";
    if (this.refuse !== undefined) void this.send(this.refuse(code));
    this.complete();
  }

  /** Stops everything that runs for this client. */
  abandon(): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#expiry);
    this.#closing.resolve();
  }
}
