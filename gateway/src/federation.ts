import { createHash } from "node:crypto";
import type { ApolloServerOptionsWithGateway } from "@apollo/server";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  getOperationAST,
  getVariableValues,
} from "graphql";
import { refusal, unnamedOperation, withoutSuggestion } from "./errors.js";
import { type WrittenAnswer, runOperation } from "./executor/execute.js";
import { InFlight } from "./executor/in-flight.js";
import type { CompiledOperation } from "./executor/operation.js";
import { Planning } from "./executor/planning.js";
import { type FetchObserver, Upstream } from "./executor/upstream.js";
import { WrittenData } from "./executor/written-data.js";
import { type RequestScope, scopeOrThrow } from "./request.js";
import type { SubgraphOperation, SubgraphResponse, SubgraphSource } from "./sources/source.js";

type Gateway = ApolloServerOptionsWithGateway<RequestScope>["gateway"];
type Executor = NonNullable<Awaited<ReturnType<Gateway["load"]>>["executor"]>;
type RequestContext = Parameters<Executor>[0];

/** An operation as its sender wrote it. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Record<string, unknown> | undefined;
}

export interface FederationOptions {
  readonly observe?: FetchObserver;
  /** A fetch that takes longer has failed. */
  readonly fetchTimeoutMs?: number;
  /** Whether equal fetches of viewers with equal rights share one answer while it is under way; they do. */
  readonly sharesFetches?: boolean;
  /** Whether no error names what is in the schema. */
  readonly hidesSchema?: boolean;
}

const FETCH_TIMEOUT_MS = 30_000;

/**
 * The supergraph: its public schema, and the execution of operations over the subgraphs. It stands where `ApolloGateway`
 * would, on the same planner, with an executor of its own.
 */
export class Federation implements Gateway {
  #planning: Planning;
  readonly #sources = new Map<string, SubgraphSource>();
  readonly #upstream: Upstream;
  /** Whole queries, which like their fetches run once where equal ones of equal rights would run at once. */
  readonly #running = new InFlight<WrittenAnswer>((answer) => answer);
  readonly #listeners = new Set<Parameters<Gateway["onSchemaLoadOrUpdate"]>[0]>();
  /** What the events of a running subscription were asked for with: a new supergraph changes nothing for them. */
  readonly #operationOf = new WeakMap<SubgraphResponse, { operation: CompiledOperation; planning: Planning }>();

  /** @throws when a subgraph of the supergraph has no source. */
  constructor(
    supergraphSdl: string,
    sources: readonly SubgraphSource[],
    private readonly options: FederationOptions = {},
  ) {
    const { observe = () => undefined, fetchTimeoutMs = FETCH_TIMEOUT_MS, sharesFetches = true } = options;
    this.#planning = new Planning(supergraphSdl);
    this.#connect(this.#planning, sources);
    this.#upstream = new Upstream(this.#sources, { observe, timeoutMs: fetchTimeoutMs, isShared: sharesFetches });
  }

  /** What clients see. */
  get schema(): GraphQLSchema {
    return this.#planning.schema;
  }

  /** Those that the supergraph needs now. */
  get sources(): SubgraphSource[] {
    return this.#planning.subgraphs.map(({ name }) => this.source(name));
  }

  /** @throws when there is none of this name. */
  source(name: string): SubgraphSource {
    const source = this.#sources.get(name);
    if (source === undefined)
      throw new Error(`The supergraph knows the subgraph "${name}", but nothing connects to it.`);
    return source;
  }

  /**
   * Takes a new supergraph; what runs goes on as it began. `sources` are added to the known ones, in the place of those of
   * the same names. @throws, and stays as it was, when the supergraph is none or a subgraph has no source.
   */
  reload(supergraphSdl: string, sources: readonly SubgraphSource[] = []): void {
    const planning = new Planning(supergraphSdl);
    this.#connect(planning, sources);
    this.#planning = planning;
    for (const listener of this.#listeners) this.#announce(listener);
  }

  /** What a subscription asks of the subgraph that has its events, and which that is. The document must be valid. */
  primaryFetch(
    document: DocumentNode,
    { query, operationName, variables = {} }: OperationRequest,
  ): { source: Pick<SubgraphSource, "subscribe">; operation: SubgraphOperation } {
    const planning = this.#planning;
    const hash = createHash("sha256").update(query).digest("hex");
    const operation = planning.compile(document, query, hash, operationName);
    if (operation?.primary === undefined) throw new Error("This operation is not a subscription.");
    const { primary } = operation;
    const used = primary.variables.filter((name) => Object.hasOwn(variables, name));
    const source = this.source(primary.subgraph);
    const remember = (event: SubgraphResponse): void => void this.#operationOf.set(event, { operation, planning });
    return {
      source: { subscribe: async (...request) => noting(await source.subscribe(...request), remember) },
      operation: {
        document: primary.document,
        query: primary.query,
        operationName: primary.operationName,
        variables: Object.fromEntries(used.map((name) => [name, variables[name]])),
      },
    };
  }

  /** What is wrong with the variables of an operation; nothing when they fit. */
  variableErrors(document: DocumentNode, { operationName, variables }: OperationRequest): readonly GraphQLError[] {
    const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
    const { errors = [] } = getVariableValues(this.schema, definitions, variables ?? {});
    if (this.options.hidesSchema !== true) return errors;
    return errors.map((error) => new GraphQLError(withoutSuggestion(error.message), { nodes: error.nodes }));
  }

  onSchemaLoadOrUpdate(callback: Parameters<Gateway["onSchemaLoadOrUpdate"]>[0]): () => void {
    this.#listeners.add(callback);
    this.#announce(callback);
    return () => this.#listeners.delete(callback);
  }

  load(): Promise<{ executor: Executor }> {
    return Promise.resolve({ executor: (requestContext) => this.#execute(requestContext) });
  }

  /** The sources belong to whoever made them. */
  stop(): Promise<void> {
    return Promise.resolve();
  }

  async #execute({ request, document, source, queryHash }: RequestContext): ReturnType<Executor> {
    const scope = scopeOrThrow();
    const { operationName, variables: sent = {} } = request;
    const { event } = scope;
    const begun = event && this.#operationOf.get(event);
    const planning = begun?.planning ?? this.#planning;
    const operation =
      begun?.operation ?? compileOrErrors(() => planning.compile(document, source, queryHash, operationName));
    if (operation instanceof GraphQLError) return { errors: [operation] };
    if (operation === undefined) return { errors: [unnamedOperation()] };
    const { variableDefinitions = [] } = operation.definition;
    const { errors: variableErrors, coerced = {} } = getVariableValues(planning.schema, variableDefinitions, sent);
    if (variableErrors !== undefined) return { errors: variableErrors };
    if (operation.primary !== undefined && event === undefined) return { errors: [needsSocket()] };

    const run = (signal: AbortSignal | undefined): Promise<WrittenAnswer> =>
      runOperation(operation, { sent, coerced }, signal === undefined ? scope : { ...scope, signal }, {
        upstream: this.#upstream,
        schema: planning.schema,
        originalName: (key) => planning.originalName(key),
      });
    const sharing = operation.definition.operation === OperationTypeNode.QUERY && this.#upstream.sharing(scope);
    const { text, errors } = await (sharing
      ? this.#running.join(
          [sharing, queryHash, operationName, JSON.stringify(sent)].join("\n"),
          scope.signal,
          (abort) => run(abort.signal),
        )
      : run(scope.signal));
    const data = new WrittenData(text);
    return { data: scope.takesText === true ? data : data.toJSON(), ...(errors.length > 0 && { errors }) };
  }

  #connect({ subgraphs }: Planning, sources: readonly SubgraphSource[]): void {
    const names = new Set([...this.#sources.keys(), ...sources.map(({ name }) => name)]);
    const missing = subgraphs.find(({ name }) => !names.has(name));
    if (missing !== undefined)
      throw new Error(`The supergraph knows the subgraph "${missing.name}", but nothing connects to it.`);
    for (const source of sources) this.#sources.set(source.name, source);
  }

  #announce(listener: Parameters<Gateway["onSchemaLoadOrUpdate"]>[0]): void {
    listener({ apiSchema: this.schema, coreSupergraphSdl: this.#planning.sdl });
  }
}

/** @returns the error of an operation that no plan can answer. */
function compileOrErrors(compile: () => CompiledOperation | undefined): CompiledOperation | GraphQLError | undefined {
  try {
    return compile();
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function needsSocket(): GraphQLError {
  return refusal(
    "VALIDATION_ERROR",
    "Send subscriptions over a WebSocket (graphql-transport-ws) to this same address.",
  );
}

/** Passes events on after having shown them to `note`. */
function noting(
  events: AsyncIterator<SubgraphResponse, undefined>,
  note: (event: SubgraphResponse) => void,
): AsyncIterator<SubgraphResponse, undefined> {
  return {
    next: async () => {
      const next = await events.next();
      if (next.done !== true) note(next.value);
      return next;
    },
    return: async () => (await events.return?.()) ?? { done: true, value: undefined },
  };
}
