import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { Logger } from "@lentera/kit";
import { type ApiKeys, apiKeyUsage } from "./api-keys.js";
import { publicError } from "./errors.js";
import type { Federation } from "./federation.js";
import { parseOptions, validationRules } from "./limits.js";
import type { Metrics } from "./metrics.js";
import { type RequestScope, scopeOrThrow } from "./request.js";

/** The pipeline that every operation goes through, however it arrived. */
export function createApollo(
  federation: Federation,
  logger: Logger,
  metrics: Metrics,
  apiKeys: ApiKeys,
): ApolloServer<RequestScope> {
  return new ApolloServer<RequestScope>({
    gateway: federation,
    logger,
    introspection: true,
    parseOptions,
    validationRules,
    maxRecursiveSelections: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // A browser sends no credentials on its own: callers are known by a header, never by a cookie.
    csrfPrevention: false,
    formatError: (formatted, error) => publicError(formatted, error, scopeOrThrow()),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      httpStatus,
      measured(metrics),
      apiKeyUsage(apiKeys),
    ],
  });
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

function measured(metrics: Metrics): ApolloServerPlugin<RequestScope> {
  return {
    requestDidStart: () => {
      const end = metrics.operations.startTimer();
      return Promise.resolve({
        willSendResponse: ({ operation, response }) => {
          const errors = response.body.kind === "single" ? response.body.singleResult.errors : undefined;
          const outcome = errors === undefined ? "ok" : String(errors[0]?.extensions?.["code"]);
          end({ type: operation?.operation ?? "none", outcome });
          return Promise.resolve();
        },
      });
    },
  };
}
