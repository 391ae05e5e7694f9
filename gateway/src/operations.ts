import type { ApolloServer } from "@apollo/server";
import { type DocumentNode, GraphQLError, type FormattedExecutionResult } from "graphql";
import type { Federation, OperationRequest } from "./federation.js";
import { type RequestScope, currentScope } from "./request.js";
import type { SubgraphResponse } from "./sources/source.js";

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

/**
 * Runs a subscription: its primary fetch at the subgraph that has the events, and the rest of its plan on each event,
 * as the subscriber. Whatever goes wrong arrives as a last result with errors. `return` ends it at once.
 */
export async function subscribeOperation<Result>(
  { apollo, federation }: { apollo: ApolloServer<RequestScope>; federation: Federation },
  scope: RequestScope,
  request: OperationRequest,
  document: DocumentNode,
  map: (result: FormattedExecutionResult) => Result,
): Promise<AsyncGenerator<Result, undefined>> {
  const events = await subscribe(federation, scope, request, document).catch((error: unknown) => failed(error));
  return mapEvents(events, async (event) => {
    // A signature over the identity lives for a minute, a subscription for longer: each event has its own identity.
    const eventScope = { ...scope, identity: { ...scope.identity }, event };
    return map(await executeOperation(apollo, eventScope, request));
  });
}

async function subscribe(
  federation: Federation,
  scope: RequestScope,
  request: OperationRequest,
  document: DocumentNode,
): Promise<AsyncIterator<SubgraphResponse, undefined>> {
  const errors = federation.variableErrors(document, request);
  if (errors.length > 0) return failed(...errors);
  const { source, operation } = federation.primaryFetch(document, request);
  return source.subscribe(operation, scope);
}

async function* failed(...errors: unknown[]): AsyncGenerator<SubgraphResponse, undefined> {
  yield { data: null, errors: errors.map(asGraphQLError) };
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError("A subscription failed.", {
    originalError: error instanceof Error ? error : new Error(String(error)),
  });
}

/**
 * Unlike a generator, which waits for the next event first, this ends as soon as its reader leaves. An error of the
 * stream becomes a last event.
 */
function mapEvents<Result>(
  events: AsyncIterator<SubgraphResponse, undefined>,
  map: (event: SubgraphResponse) => Promise<Result>,
): AsyncGenerator<Result, undefined> {
  let source = events;
  const finish = async (): Promise<IteratorResult<Result, undefined>> => {
    await source.return?.();
    return { done: true, value: undefined };
  };
  return {
    async next() {
      let event: IteratorResult<SubgraphResponse, undefined>;
      try {
        event = await source.next();
      } catch (error) {
        source = failed(error);
        event = await source.next();
      }
      return event.done === true ? { done: true, value: undefined } : { done: false, value: await map(event.value) };
    },
    return: finish,
    throw: finish,
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await finish();
    },
  };
}
