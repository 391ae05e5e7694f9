import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError } from "graphql";
import { type Cost, costOf, objectsIn, objectsInText } from "./cost.js";
import { WrittenData } from "./executor/written-data.js";
import { type Metering, RateLimitError, retryAfterSeconds } from "./quotas.js";
import type { RequestScope } from "./request.js";

/** Charges each operation before it runs, gives back what it did not need, and says so in `extensions.cost`. */
export function metered(metering: Metering): ApolloServerPlugin<RequestScope> {
  return {
    requestDidStart: () => {
      let charged: Cost | undefined;
      return Promise.resolve({
        didResolveOperation: async ({ schema, document, request, contextValue: { bill } }) => {
          if (bill === undefined) return;
          const cost = costOf(schema, document, request);
          await metering.chargeFor(bill, cost).catch(withStatus);
          charged = cost;
        },
        willSendResponse: async ({ response, contextValue: { bill } }) => {
          if (bill === undefined || charged === undefined || response.body.kind !== "single") return;
          const { singleResult } = response.body;
          const data: unknown = singleResult.data;
          const cost = await metering.settle(
            bill,
            charged,
            data instanceof WrittenData ? objectsInText(data.text) : objectsIn(data),
          );
          singleResult.extensions = { ...singleResult.extensions, cost };
        },
      });
    },
  };
}

function withStatus(error: unknown): never {
  if (!(error instanceof RateLimitError)) throw error;
  const headers = new Map([["retry-after", retryAfterSeconds(error)]]);
  throw new GraphQLError(error.message, {
    originalError: error,
    extensions: { ...error.extensions, http: { status: 429, headers } },
  });
}
