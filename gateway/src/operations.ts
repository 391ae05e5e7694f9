import type { ApolloServer } from "@apollo/server";
import type { FormattedExecutionResult } from "graphql";
import type { OperationRequest } from "./federation.js";
import { type RequestScope, currentScope } from "./request.js";

/** Runs a query, a mutation, or one event of a subscription, through the same pipeline as an HTTP request. */
export async function executeOperation(
  apollo: ApolloServer<RequestScope>,
  scope: RequestScope,
  request: OperationRequest,
): Promise<FormattedExecutionResult> {
  const { body } = await currentScope.run(scope, () =>
    apollo.executeOperation({ ...request }, { contextValue: scope }),
  );
  if (body.kind !== "single") throw new Error("Incremental delivery is not offered.");
  return body.singleResult;
}
