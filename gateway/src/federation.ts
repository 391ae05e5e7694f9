import { createHash } from "node:crypto";
import { type Schema, Supergraph, operationFromDocument } from "@apollo/federation-internals";
import { type GraphQLDataSource, type ServiceMap, buildOperationContext, executeQueryPlan } from "@apollo/gateway";
import { type PlanNode, type QueryPlan, QueryPlanner, type SubscriptionNode } from "@apollo/query-planner";
import type { ApolloServerOptionsWithGateway } from "@apollo/server";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  execute,
  getOperationAST,
  getVariableValues,
} from "graphql";
import { BoundedCache } from "./bounded-cache.js";
import { refusal, unnamedOperation } from "./errors.js";
import type { RequestScope } from "./request.js";
import type { SubgraphOperation, SubgraphSource } from "./sources/source.js";

type Gateway = ApolloServerOptionsWithGateway<RequestScope>["gateway"];
type Executor = NonNullable<Awaited<ReturnType<Gateway["load"]>>["executor"]>;
type RequestContext = Parameters<Executor>[0];

/** An operation as its sender wrote it. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Record<string, unknown> | undefined;
}

/** Characters of source text whose plans are kept. */
const PLANNED_CHARACTERS = 4_000_000;
/** Answers in place of the primary subgraph when an event of a subscription is executed. */
const EVENT_SOURCE = "(event)";

/** Reports how long a subgraph took for one fetch. */
export type FetchObserver = (subgraph: string, seconds: number, outcome: "ok" | "errors" | "failed") => void;

/**
 * The supergraph: its public schema, and the plans by which operations run over the subgraphs. It stands where
 * `ApolloGateway` would, on the same planner and executor, because subscriptions have to share both, and because
 * `ApolloGateway` reports to its vendor.
 */
export class Federation implements Gateway {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly #sources: ReadonlyMap<string, SubgraphSource>;
  readonly #fetchers: ServiceMap;
  readonly #supergraphSdl: string;
  readonly #supergraphSchema: GraphQLSchema;
  readonly #apiSchema: Schema;
  readonly #planner: QueryPlanner;
  readonly #plans = new BoundedCache<QueryPlan>(PLANNED_CHARACTERS);

  /** @throws when a subgraph of the supergraph has no source. */
  constructor(supergraphSdl: string, sources: readonly SubgraphSource[], observe: FetchObserver = () => undefined) {
    const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: false });
    this.#supergraphSdl = supergraphSdl;
    this.#supergraphSchema = supergraph.schema.toGraphQLJSSchema();
    this.#apiSchema = supergraph.apiSchema();
    this.#planner = new QueryPlanner(supergraph, { exposeDocumentNodeInFetchNode: true });
    this.schema = this.#apiSchema.toGraphQLJSSchema();
    this.#sources = new Map(sources.map((source) => [source.name, source]));
    for (const { name } of supergraph.subgraphsMetadata()) this.source(name);
    this.#fetchers = Object.fromEntries(sources.map((source) => [source.name, dataSource(source, observe)]));
  }

  /** @throws when there is none of this name. */
  source(name: string): SubgraphSource {
    const source = this.#sources.get(name);
    if (source === undefined)
      throw new Error(`The supergraph knows the subgraph "${name}", but nothing connects to it.`);
    return source;
  }

  /** What a subscription asks of the subgraph that has its events, and which that is. The document must be valid. */
  primaryFetch(
    document: DocumentNode,
    { query, operationName, variables = {} }: OperationRequest,
  ): { source: SubgraphSource; operation: SubgraphOperation } {
    const { node } = this.#plan(document, query, createHash("sha256").update(query).digest("hex"), operationName);
    if (node?.kind !== "Subscription") throw new Error("This operation is not a subscription.");
    const { primary } = node;
    const used = (primary.variableUsages ?? []).filter((name) => Object.hasOwn(variables, name));
    return {
      source: this.source(primary.serviceName),
      operation: planned({
        document: primary.operationDocumentNode,
        query: primary.operation,
        operationName: primary.operationName,
        variables: Object.fromEntries(used.map((name) => [name, variables[name]])),
      }),
    };
  }

  /** What is wrong with the variables of an operation; nothing when they fit. */
  variableErrors(document: DocumentNode, { operationName, variables }: OperationRequest): readonly GraphQLError[] {
    const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
    return getVariableValues(this.schema, definitions, variables ?? {}).errors ?? [];
  }

  onSchemaLoadOrUpdate(callback: Parameters<Gateway["onSchemaLoadOrUpdate"]>[0]): () => void {
    callback({ apiSchema: this.schema, coreSupergraphSdl: this.#supergraphSdl });
    return () => undefined;
  }

  load(): Promise<{ executor: Executor }> {
    return Promise.resolve({ executor: (requestContext) => this.#execute(requestContext) });
  }

  /** The sources belong to whoever made them. */
  stop(): Promise<void> {
    return Promise.resolve();
  }

  async #execute(requestContext: RequestContext): ReturnType<Executor> {
    const { request, document, source, queryHash } = requestContext;
    const { event }: Partial<RequestScope> = requestContext.context;
    const { operationName, variables } = request;
    const operation = getOperationAST(document, operationName);
    if (!operation) return { errors: [unnamedOperation()] };
    if (isIntrospection(operation))
      return execute({ schema: this.schema, document, operationName, variableValues: variables });
    const operationContext = buildOperationContext({ schema: this.schema, operationDocument: document, operationName });
    const errors = this.variableErrors(document, { query: source, operationName, variables });
    if (errors.length > 0) return { errors };

    const { node } = this.#plan(document, source, queryHash, operationName);
    const isSubscription = node?.kind === "Subscription";
    if (isSubscription && event === undefined)
      return {
        errors: [
          refusal(
            "VALIDATION_ERROR",
            "Send subscriptions over a WebSocket (graphql-transport-ws) to this same address.",
          ),
        ],
      };
    const fetchers =
      event === undefined ? this.#fetchers : { ...this.#fetchers, [EVENT_SOURCE]: { process: async () => event } };
    const {
      data,
      errors: executionErrors,
      extensions,
    } = await executeQueryPlan(
      { kind: "QueryPlan", ...(node !== undefined && { node: isSubscription ? onEvent(node) : node }) },
      fetchers,
      requestContext,
      operationContext,
      this.#supergraphSchema,
      this.#apiSchema,
    );
    return { data: data ?? null, errors: executionErrors ?? completionErrors(extensions) };
  }

  #plan(document: DocumentNode, source: string, hash: string, operationName: string | undefined): QueryPlan {
    const key = `${hash}:${operationName ?? ""}`;
    const known = this.#plans.get(key);
    if (known !== undefined) return known;
    const operation = operationFromDocument(
      this.#apiSchema,
      document,
      operationName === undefined ? {} : { operationName },
    );
    const plan = this.#planner.buildQueryPlan(operation);
    this.#plans.set(key, plan, source.length);
    return plan;
  }
}

/** Asks about the schema only, which needs no subgraph and no plan. */
function isIntrospection({ selectionSet }: OperationDefinitionNode): boolean {
  return selectionSet.selections.every((node) => node.kind === Kind.FIELD && node.name.value.startsWith("__"));
}

function onEvent({ primary, rest }: SubscriptionNode): PlanNode {
  return {
    kind: "Sequence",
    nodes: [{ ...primary, serviceName: EVENT_SOURCE }, ...(rest === undefined ? [] : [rest])],
  };
}

/** A null where the schema allows none, without an error of a subgraph that explains it: a fault of ours, never silent. */
function completionErrors(extensions: Record<string, unknown> | undefined): GraphQLError[] | undefined {
  const errors = extensions?.["valueCompletion"];
  return Array.isArray(errors) ? errors.filter((error) => error instanceof GraphQLError) : undefined;
}

/** What the executor calls for each fetch of a plan. */
function dataSource(source: SubgraphSource, observe: FetchObserver): GraphQLDataSource<RequestScope> {
  return {
    async process(options) {
      if (!("incomingRequestContext" in options)) throw new Error("Only operations are fetched.");
      const { request, document, context } = options;
      const operation = planned({
        document,
        query: request.query,
        operationName: request.operationName,
        variables: request.variables,
      });
      const startedAt = performance.now();
      const report = (outcome: Parameters<FetchObserver>[2]): void =>
        observe(source.name, (performance.now() - startedAt) / 1000, outcome);
      try {
        const response = await source.fetch(operation, context);
        report(response.errors === undefined ? "ok" : "errors");
        return response;
      } catch (error) {
        report("failed");
        throw error;
      }
    },
  };
}

/** Our plans carry the documents of their fetches. */
function planned({ document, query, operationName, variables = {} }: Partial<SubgraphOperation>): SubgraphOperation {
  if (document === undefined || query === undefined)
    throw new Error("The planner did not give the document of a fetch.");
  return { document, query, operationName, variables };
}
