import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { Logger } from "@lentera/kit";
import type { FormattedExecutionResult } from "graphql";
import { type ApiKeys, apiKeyUsage } from "./api-keys.js";
import { publicError, withoutSuggestion } from "./errors.js";
import { WrittenData } from "./executor/written-data.js";
import type { Federation } from "./federation.js";
import { parseOptions, validationRules } from "./limits.js";
import { metered } from "./metering.js";
import type { Observation } from "./observation.js";
import type { Metering } from "./quotas.js";
import type { PersistedDocuments } from "./persisted-documents.js";
import { type RequestScope, scopeOrThrow } from "./request.js";

/** The pipeline that every operation goes through, however it arrived. */
export function createApollo(
  federation: Federation,
  logger: Logger,
  observation: Observation,
  apiKeys: ApiKeys | undefined,
  options: {
    readonly hasLimits: boolean;
    readonly hidesErrors: boolean;
    readonly hidesSchema?: boolean;
    readonly metering?: Metering;
    readonly persisted?: PersistedDocuments | undefined;
  },
): ApolloServer<RequestScope> {
  const { hasLimits, hidesErrors, hidesSchema = false, metering, persisted } = options;
  return new ApolloServer<RequestScope>({
    gateway: federation,
    logger,
    introspection: !hidesSchema,
    ...(hasLimits && { parseOptions, validationRules }),
    maxRecursiveSelections: true,
    persistedQueries: persisted === undefined ? false : { cache: persisted.cache },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // A browser sends no credentials on its own: callers are known by a header, never by a cookie.
    csrfPrevention: false,
    formatError: (formatted, error) => {
      const shown = hidesErrors ? publicError(formatted, error, scopeOrThrow()) : formatted;
      return hidesSchema ? { ...shown, message: withoutSuggestion(shown.message) } : shown;
    },
    stringifyResult,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      httpStatus,
      ...(persisted === undefined ? [] : [persisted.plugin]),
      observation.plugin(),
      ...(apiKeys === undefined ? [] : [apiKeyUsage(apiKeys)]),
      ...(metering === undefined ? [] : [metered(metering)]),
    ],
  });
}

/** Data that the executor has written is sent as it is. */
function stringifyResult({ errors, data, extensions }: FormattedExecutionResult): string {
  if (!(data instanceof WrittenData)) return JSON.stringify({ errors, data, extensions });
  const before = errors === undefined ? "" : `"errors":${JSON.stringify(errors)},`;
  const after = extensions === undefined ? "" : `,"extensions":${JSON.stringify(extensions)}`;
  return `{${before}"data":${data.text}${after}}`;
}

const WELL_FORMED = new Set<unknown>([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "OPERATION_RESOLUTION_FAILURE",
]);

/** GraphQL over HTTP: a well-formed request is answered 200, unless the client speaks `application/graphql-response+json`. */
const httpStatus: ApolloServerPlugin<RequestScope> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ request, response, errors = [] }) => {
        const isStrict = request.http?.headers.get("accept")?.includes("application/graphql-response+json") ?? false;
        if (!isStrict && errors.every(({ extensions }) => WELL_FORMED.has(extensions["code"])))
          response.http.status = 200;
        return Promise.resolve();
      },
    }),
};
