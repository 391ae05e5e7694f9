import type { DocumentNode, GraphQLFormattedError } from "graphql";
import type { RequestScope } from "../request.js";

/** What a subgraph answers, in process or over the wire. */
export interface SubgraphResponse {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  /** Of an event of a subscription: `cursor` is its position, from which the subscription can be resumed. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** One fetch of a plan. */
export interface SubgraphOperation {
  readonly document: DocumentNode;
  /** The text of `document`. */
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Record<string, unknown>;
}

/** The gateway's way to one subgraph. Two adapters, one contract (sources.test.ts). */
export interface SubgraphSource {
  readonly name: string;
  /** Runs a query or a mutation. @throws SERVICE_UNAVAILABLE when there is no answer. */
  fetch(operation: SubgraphOperation, scope: RequestScope): Promise<SubgraphResponse>;
  /** The events of a subscription, from after `scope.resumeFrom` when that is given; one event with errors when there is nothing to subscribe to. `return` ends it at once. */
  subscribe(operation: SubgraphOperation, scope: RequestScope): Promise<AsyncIterator<SubgraphResponse, undefined>>;
  /** Resolves when the subgraph can work. */
  health(): Promise<void>;
  /** A public JSON document that the gateway re-publishes. @throws NOT_FOUND when the subgraph has none there. */
  document(path: string): Promise<unknown>;
  /** Passes an HTTP request beside GraphQL on. @throws NOT_FOUND when the subgraph has no such route */
  route(path: string, request: Request): Promise<Response>;
  /** Closes the connections to the subgraph. */
  close(): Promise<void>;
}
