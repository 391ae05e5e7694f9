import { type GraphQLFormattedError, GraphQLError, type GraphQLSchema, execute as executeLocally } from "graphql";
import type { RequestScope } from "../request.js";
import type { SubgraphOperation, SubgraphResponse } from "../sources/source.js";
import { Faults } from "./faults.js";
import { type JsonObject, isObject, merge } from "./json.js";
import type { CompiledOperation } from "./operation.js";
import { type ResponsePath, objectsAt, placesAt } from "./places.js";
import type { Fetch, Step } from "./plan.js";
import type { Upstream } from "./upstream.js";

/** Places of one failed fetch that are told as errors of their own. */
const TOLD_PLACES = 100;

/** The values of an operation's variables. */
export interface Variables {
  /** As they were sent. */
  readonly sent: Readonly<Record<string, unknown>>;
  /** Checked and with defaults. */
  readonly coerced: Readonly<Record<string, unknown>>;
}

/** An answer whose data is written already. */
export interface WrittenAnswer {
  readonly text: string;
  readonly errors: readonly GraphQLError[];
}

/** What one execution runs with. */
export interface Surroundings {
  readonly upstream: Upstream;
  readonly schema: GraphQLSchema;
  /** The names in the supergraph of fields that were renamed for the planner. */
  readonly originalName: (key: string) => string;
}

/** Runs an operation over the subgraphs. It never throws for what a subgraph does: that stands in the errors. */
export async function runOperation(
  operation: CompiledOperation,
  variables: Variables,
  scope: RequestScope,
  surroundings: Surroundings,
): Promise<WrittenAnswer> {
  return new Execution(operation, variables, scope, surroundings).run();
}

class Execution {
  readonly #data: JsonObject = {};
  readonly #faults = new Faults();

  constructor(
    private readonly operation: CompiledOperation,
    private readonly variables: Variables,
    private readonly scope: RequestScope,
    private readonly surroundings: Surroundings,
  ) {}

  async run(): Promise<WrittenAnswer> {
    const { primary, step } = this.operation;
    if (primary !== undefined && this.scope.event !== undefined) this.#takeRoot(primary, this.scope.event);
    if (step !== undefined) await this.#step(step);
    this.scope.signal?.throwIfAborted();
    const write = this.operation.shape(this.variables.coerced);
    const writing = { faults: this.#faults, path: [], introspection: this.#introspect(), written: [] };
    const text = write(this.#data, writing) ?? "null";
    return { text, errors: this.#faults.errors };
  }

  #introspect(): JsonObject {
    const { introspection: document } = this.operation;
    if (document === undefined) return {};
    const { schema } = this.surroundings;
    // Other fields than those about the schema answer with nothing here; only what is asked about the schema is read.
    const result = executeLocally({ schema, document, variableValues: this.variables.sent });
    if (result instanceof Promise) throw new Error("Introspection does not wait for anything.");
    return result.data ?? {};
  }

  async #step(step: Step): Promise<void> {
    if (this.scope.signal?.aborted === true) return;
    switch (step.kind) {
      case "sequence":
        for (const next of step.steps) await this.#step(next);
        return;
      case "parallel":
        await Promise.all(step.steps.map((next) => this.#step(next)));
        return;
      case "condition": {
        const next = this.variables.coerced[step.variable] === true ? step.whenTrue : step.whenFalse;
        if (next !== undefined) await this.#step(next);
        return;
      }
      case "fetch":
        await (step.representation === undefined ? this.#fetchRoot(step) : this.#fetchEntities(step));
    }
  }

  async #fetchRoot(fetch: Fetch): Promise<void> {
    if (objectsAt(this.#data, fetch.path).length === 0) return;
    const response = await this.#send(fetch, {});
    if (response !== undefined) this.#takeRoot(fetch, response);
  }

  #takeRoot(fetch: Fetch, { data, errors = [] }: SubgraphResponse): void {
    for (const error of errors) {
      const places = error.path === undefined ? [] : placesAt(this.#data, fetch.path, TOLD_PLACES);
      this.#tell(
        error,
        places.map(({ place }) => [...place, ...(error.path ?? [])]),
      );
    }
    if (!isObject(data)) return;
    fetch.outputRewrite?.(data);
    for (const object of objectsAt(this.#data, fetch.path)) merge(object, data);
  }

  async #fetchEntities(fetch: Fetch): Promise<void> {
    const { representation: represent, inputRewrite, outputRewrite } = fetch;
    /** Equal representations are asked about once. */
    const indexOf = new Map<string, number>();
    const representations: JsonObject[] = [];
    const objects: JsonObject[][] = [];
    for (const object of objectsAt(this.#data, fetch.path)) {
      const representation = represent?.(object);
      if (representation === undefined) continue;
      inputRewrite?.(representation);
      const key = JSON.stringify(representation);
      const index = indexOf.get(key);
      if (index !== undefined) objects[index]?.push(object);
      else {
        indexOf.set(key, representations.length);
        representations.push(representation);
        objects.push([object]);
      }
    }
    if (representations.length === 0) return;

    const response = await this.#send(fetch, { representations }, objects);
    if (response === undefined) return;
    const { data, errors = [] } = response;
    for (const error of errors) this.#tell(error, this.#pathsOf(fetch, objects, error.path));
    const entities = data?.["_entities"];
    if (!Array.isArray(entities)) {
      if (errors.length === 0) this.#fail(fetch, wrongAnswer(fetch), objects);
      return;
    }
    if (entities.length !== representations.length) return this.#fail(fetch, wrongAnswer(fetch), objects);
    entities.forEach((entity: unknown, index) => {
      const known = objects[index] ?? [];
      if (!isObject(entity)) return;
      if (entity["__typename"] === undefined && known[0]?.["__typename"] !== undefined)
        entity["__typename"] = known[0]["__typename"];
      outputRewrite?.(entity);
      for (const object of known) merge(object, entity);
    });
  }

  /** @returns undefined when there is no answer, which then stands in the errors. */
  async #send(
    fetch: Fetch,
    extra: JsonObject,
    objects?: readonly (readonly JsonObject[])[],
  ): Promise<SubgraphResponse | undefined> {
    const { upstream } = this.surroundings;
    const variables: JsonObject = {};
    for (const name of fetch.variables) {
      const value = this.variables.sent[name];
      if (value !== undefined && Object.hasOwn(this.variables.sent, name)) variables[name] = value;
    }
    const { document, query, operationName } = fetch;
    const operation: SubgraphOperation = { document, query, operationName, variables: { ...variables, ...extra } };
    try {
      return await (fetch.isMutation
        ? upstream.mutate(fetch.subgraph, operation, this.scope)
        : upstream.query(fetch.subgraph, operation, this.scope));
    } catch (error) {
      this.#fail(fetch, error, objects);
      return undefined;
    }
  }

  /** A fetch without an answer: every field that it should have brought has failed. */
  #fail(fetch: Fetch, cause: unknown, objects?: readonly (readonly JsonObject[])[]): void {
    const error = asGraphQLError(cause);
    const wanted = objects === undefined ? undefined : new Set(objects.flat());
    const places = placesAt(this.#data, fetch.path, TOLD_PLACES).filter(
      ({ object }) => wanted === undefined || wanted.has(object),
    );
    if (places.length * fetch.keys.length >= TOLD_PLACES) this.#faults.addRest();
    const paths = places.flatMap(({ place }) => fetch.keys.map((key) => [...place, key]));
    this.#tell(error, paths.slice(0, TOLD_PLACES));
  }

  /** Where in the answer an error of a fetch of entities belongs: wherever that entity stands. */
  #pathsOf(fetch: Fetch, objects: readonly (readonly JsonObject[])[], path: ResponsePath | undefined): ResponsePath[] {
    const [, index, ...rest] = path ?? [];
    const wanted = typeof index === "number" ? objects[index] : undefined;
    if (wanted === undefined) return [];
    const places = placesAt(this.#data, fetch.path, Number.POSITIVE_INFINITY);
    const own = places.filter(({ object }) => wanted.includes(object));
    if (own.length > TOLD_PLACES) this.#faults.addRest();
    return own.slice(0, TOLD_PLACES).map(({ place }) => [...place, ...rest]);
  }

  /** Adds an error at each of the paths, or once without a place when there is none. */
  #tell(error: GraphQLFormattedError, paths: readonly ResponsePath[]): void {
    const { message, extensions } = error;
    const originalError = error instanceof Error ? error : undefined;
    for (const path of paths.length === 0 ? [undefined] : paths)
      this.#faults.add(
        new GraphQLError(message, {
          ...(path !== undefined && { path: path.map((step) => this.#responseName(step)) }),
          ...(extensions !== undefined && { extensions }),
          ...(originalError !== undefined && { originalError }),
        }),
      );
  }

  #responseName(step: string | number): string | number {
    if (typeof step === "number") return step;
    return this.operation.responseNames.get(step) ?? this.surroundings.originalName(step);
  }
}

function wrongAnswer({ subgraph }: Fetch): GraphQLError {
  return new GraphQLError(`The subgraph "${subgraph}" did not answer with the entities that it was asked for.`);
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError("A subgraph did not answer.", {
    originalError: error instanceof Error ? error : new Error(String(error)),
  });
}
