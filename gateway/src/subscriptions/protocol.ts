import type { ApolloServer } from "@apollo/server";
import { type ErrorCode, LenteraError, messageFor } from "@lentera/kit";
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  getOperationAST,
} from "graphql";
import { type Context, type Server, type SubscribePayload, makeServer } from "graphql-ws";
import type { Documents } from "../documents.js";
import { publicError, unnamedOperation } from "../errors.js";
import type { Federation, OperationRequest } from "../federation.js";
import { executeOperation } from "../operations.js";
import type { PersistedDocuments } from "../persisted-documents.js";
import type { RequestScope } from "../request.js";
import type { Authenticator } from "../viewer.js";
import type { Clients } from "./clients.js";
import { CLOSE, type CloseReason } from "./close.js";
import type { Connection } from "./connection.js";
import type { Bill, Metering } from "../quotas.js";
import type { Streams } from "./streams.js";
import { visibilityOf } from "./visibility.js";

/** Operations that one socket may have running. */
const MAX_OPERATIONS = 50;

export interface Services {
  readonly apollo: ApolloServer<RequestScope>;
  readonly federation: Federation;
  readonly authenticator: Pick<Authenticator, "authenticate">;
  readonly documents: Documents;
  readonly persisted?: PersistedDocuments | undefined;
  readonly streams: Streams;
  readonly clients: Clients;
  readonly metering: Metering;
}

type InitPayload = Record<string, unknown> | undefined;
type Socket = Context<InitPayload, Connection>;

/** graphql-transport-ws over the gateway's own pipeline: the same documents, limits, errors and plans as over HTTP. */
export function createProtocol(services: Services): Server<Connection> {
  return makeServer<InitPayload, Connection>({
    onConnect: (socket) => connect(services, socket),
    onSubscribe: (socket, _id, payload) => prepare(services, socket, payload),
    execute: ({ contextValue }) => pending(contextValue).execute(),
    subscribe: async ({ contextValue }) => pending(contextValue).subscribe(),
    onError: ({ extra }, _id, _payload, errors) =>
      errors.map((error) => publicError(error.toJSON(), error, extra.scope())),
  });
}

/** `connection_init` with `{ authorization: "Bearer …", language: "id" | "en" }`, both optional. */
async function connect(
  { authenticator, clients }: Services,
  { connectionParams, extra: connection }: Socket,
): Promise<boolean> {
  const { authorization, language } = connectionParams ?? {};
  if (language === "id" || language === "en") connection.language = language;
  try {
    const { viewer, expiresAt } = await authenticator.authenticate(
      typeof authorization === "string" ? authorization : undefined,
    );
    if (!connection.isOpen) return false;
    connection.viewer = viewer;
    connection.closeAt(expiresAt);
  } catch (error) {
    connection.close(closeReasonFor(error));
    return false;
  }
  if (clients.identify(connection)) return true;
  connection.close(CLOSE.tooManyConnections);
  return false;
}

/**
 * The protocol has no second `connection_init`: a client that has a new token sends `ping` with the payload
 * `{ authorization: "Bearer …" }`. The `pong` says `{ authorization: { expiresAt } }`, or why the token was not taken, in
 * which case the one before stays in force. A token of somebody else, or of the same person with other rights, is for
 * a new connection: 4410.
 */
export async function answerPing(
  { authenticator }: Pick<Services, "authenticator">,
  connection: Connection,
  payload: Record<string, unknown> | undefined,
): Promise<Record<string, unknown> | undefined> {
  const authorization = payload?.["authorization"];
  if (typeof authorization !== "string") return payload;
  try {
    const { viewer, expiresAt } = await authenticator.authenticate(authorization);
    if (visibilityOf({ viewer, language: connection.language }) !== visibilityOf(connection))
      connection.close(CLOSE.accessChanged);
    else connection.closeAt(expiresAt);
    return { authorization: { expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString() } };
  } catch (error) {
    const code = error instanceof LenteraError ? error.code : "SERVER_ERROR";
    return { authorization: { code, message: messageFor(code, connection.language) } };
  }
}

const CLOSE_REASONS: Partial<Record<ErrorCode, CloseReason>> = {
  TOKEN_EXPIRED: CLOSE.tokenExpired,
  INVALID_TOKEN: CLOSE.invalidToken,
  SERVICE_UNAVAILABLE: CLOSE.unavailable,
};

function closeReasonFor(error: unknown): CloseReason {
  return (error instanceof LenteraError ? CLOSE_REASONS[error.code] : undefined) ?? CLOSE.failed;
}

/** An operation that was found to be sound and is about to run. */
class PendingOperation {
  constructor(
    private readonly services: Services,
    private readonly connection: Connection,
    readonly scope: RequestScope,
    readonly request: OperationRequest,
    readonly document: DocumentNode,
  ) {}

  async execute(): Promise<ExecutionResult> {
    return asResult(await executeOperation(this.services.apollo, this.scope, this.request));
  }

  subscribe(): AsyncGenerator<ExecutionResult, undefined> {
    return this.services.streams.open(this, {
      as: asResult,
      onTooSlow: () => this.connection.close(CLOSE.tooSlow),
    });
  }
}

/** @returns what to run, or why it is not run. */
async function prepare(
  services: Services,
  { extra: connection, subscriptions }: Socket,
  { query: sent, operationName, variables, extensions }: SubscribePayload,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  if (Object.keys(subscriptions).length > MAX_OPERATIONS) return [new LenteraError("LIMIT_EXCEEDED")];
  const { viewer, ip } = connection;
  let bill: Bill | undefined;
  try {
    bill = await services.metering.begin(viewer, ip);
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
  const query = services.persisted?.find({ query: sent, extensions }) ?? sent;
  if (typeof query !== "string") return [query];
  const document = services.documents.read(query);
  if (!("kind" in document)) return document;
  if (!getOperationAST(document, operationName)) return [unnamedOperation()];
  const resumeFrom = typeof extensions?.["resumeFrom"] === "string" ? extensions["resumeFrom"] : undefined;
  const request = { query, operationName: operationName ?? undefined, variables: variables ?? undefined };
  return {
    schema: services.federation.schema,
    document,
    operationName,
    contextValue: new PendingOperation(
      services,
      connection,
      { ...connection.scope(), bill, resumeFrom },
      request,
      document,
    ),
  };
}

function pending(contextValue: unknown): PendingOperation {
  if (contextValue instanceof PendingOperation) return contextValue;
  throw new Error("An operation arrived without having been prepared.");
}

/** The protocol library takes errors as objects. */
function asResult({ data, errors, extensions }: FormattedExecutionResult): ExecutionResult {
  return {
    ...(data !== undefined && { data }),
    ...(errors !== undefined && { errors: errors.map(({ message, ...rest }) => new GraphQLError(message, rest)) }),
    ...(extensions !== undefined && { extensions }),
  };
}
