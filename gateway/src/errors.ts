import { CATALOGUE, type ErrorCode, LenteraError, isErrorCode, messageFor } from "@lentera/kit";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import type { RequestScope } from "./request.js";

/** A request that cannot be understood, by the codes that Apollo Server gives it. Their sentence is kept. */
const MISUNDERSTOOD = new Set<unknown>([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "BAD_REQUEST",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_FOUND",
]);

/** A request refused with a sentence of its own. */
export function refusal(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** Several operations in a document, or none of the name that was asked for. */
export function unnamedOperation(): GraphQLError {
  return refusal("VALIDATION_ERROR", "Name one operation of the document in `operationName`.");
}

const SUGGESTION = / ?Did you mean [^?]+\?/;

/** The message of an error without the names in the schema that could have been meant. */
export function withoutSuggestion(message: string): string {
  return message.replace(SUGGESTION, "");
}

/** @returns the error as its receiver may see it. What is not in the catalogue is masked, and logged once with its cause. */
export function publicError(
  error: GraphQLFormattedError,
  original: unknown,
  { identity, logger }: RequestScope,
): GraphQLFormattedError {
  const code = codeOf(error);
  if (code === undefined) logger.error({ err: rootCause(original), path: error.path }, "an operation failed");
  return {
    message:
      code === undefined
        ? messageFor("SERVER_ERROR", identity.language)
        : translated(error.message, code, identity.language),
    ...(error.locations !== undefined && code !== undefined && { locations: error.locations }),
    ...(error.path !== undefined && { path: error.path }),
    extensions: extensionsOf(code ?? "SERVER_ERROR", identity.requestId, error.extensions?.["details"]),
  };
}

/** The body of an HTTP answer that never reached GraphQL. */
export function errorBody(
  code: ErrorCode,
  scope: Pick<RequestScope["identity"], "language" | "requestId">,
  message: string = messageFor(code, scope.language),
): { errors: GraphQLFormattedError[] } {
  return { errors: [{ message, extensions: extensionsOf(code, scope.requestId, []) }] };
}

/** A subgraph that does not answer. Its receiver learns only that; the log learns why. */
export function unavailable(subgraph: string, cause: unknown, logger: Logger): LenteraError {
  logger.error({ err: cause, subgraph }, "a subgraph did not answer");
  return new LenteraError("SERVICE_UNAVAILABLE", { cause });
}

function codeOf({ extensions }: GraphQLFormattedError): ErrorCode | undefined {
  const code = extensions?.["code"];
  if (MISUNDERSTOOD.has(code)) return "VALIDATION_ERROR";
  return isErrorCode(code) ? code : undefined;
}

function extensionsOf(code: ErrorCode, requestId: string, details: unknown): Record<string, unknown> {
  return { code, number: CATALOGUE[code].number, details: Array.isArray(details) ? details : [], requestId };
}

/** Our own sentences exist in every language; other sentences stay as they are. */
function translated(message: string, code: ErrorCode, language: RequestScope["identity"]["language"]): string {
  return message === CATALOGUE[code].en ? messageFor(code, language) : message;
}

function rootCause(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError !== undefined ? rootCause(error.originalError) : error;
}
