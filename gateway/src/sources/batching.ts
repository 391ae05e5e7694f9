import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { copy } from "../executor/json.js";
import type { RequestScope } from "../request.js";
import type { SubgraphOperation, SubgraphResponse, SubgraphSource } from "./source.js";

/** Entities that one fetch may ask for. */
const MAX_REPRESENTATIONS = 1_000;

/** A fetch of entities that waits for the one before it. */
interface Waiting {
  readonly operation: SubgraphOperation;
  readonly representations: readonly unknown[];
  readonly scope: RequestScope;
  readonly answer: PromiseWithResolvers<SubgraphResponse>;
}

/** Equal fetches of one stream's events: one is under way at a time, and those that come meanwhile go together. */
type Lane = Waiting[];

/**
 * A source through which the events of a stream fetch their entities together when several wait. The first goes at
 * once, so an event that comes alone is not held up; an entity that several events name is asked for once.
 */
export function batching(source: SubgraphSource): SubgraphSource {
  const lanesOf = new WeakMap<object, Map<string, Lane>>();

  async function fetch(operation: SubgraphOperation, scope: RequestScope): Promise<SubgraphResponse> {
    const { representations, ...others } = operation.variables;
    if (scope.stream === undefined || !Array.isArray(representations)) return source.fetch(operation, scope);
    const lanes = lanesOf.get(scope.stream) ?? new Map<string, Lane>();
    lanesOf.set(scope.stream, lanes);
    const key = JSON.stringify([operation.query, operation.operationName, others]);
    const waiting = { operation, representations, scope, answer: Promise.withResolvers<SubgraphResponse>() };
    const lane = lanes.get(key);
    if (lane !== undefined) lane.push(waiting);
    else {
      const own: Lane = [waiting];
      lanes.set(key, own);
      void work(own).finally(() => lanes.delete(key));
    }
    return waiting.answer.promise;
  }

  async function work(lane: Lane): Promise<void> {
    while (lane.length > 0) await fetchTogether(source, takeFrom(lane));
  }

  return {
    name: source.name,
    fetch,
    subscribe: (operation, scope) => source.subscribe(operation, scope),
    health: () => source.health(),
    document: (path) => source.document(path),
    route: (path, request) => source.route(path, request),
    close: () => source.close(),
  };
}

function takeFrom(lane: Lane): Lane {
  let count = 0;
  const fitting = lane.findIndex(({ representations }, index) => {
    count += representations.length;
    return index > 0 && count > MAX_REPRESENTATIONS;
  });
  return lane.splice(0, fitting === -1 ? lane.length : fitting);
}

async function fetchTogether(source: SubgraphSource, batch: Lane): Promise<void> {
  const [first] = batch;
  if (first === undefined) return;
  try {
    if (batch.length === 1) return first.answer.resolve(await source.fetch(first.operation, first.scope));
    const places = new Map<string, number>();
    const representations: unknown[] = [];
    const placesOf = batch.map((waiting) =>
      waiting.representations.map((representation) => {
        const key = JSON.stringify(representation);
        const place = places.get(key) ?? representations.push(representation) - 1;
        places.set(key, place);
        return place;
      }),
    );
    const variables = { ...first.operation.variables, representations };
    const answer = await source.fetch({ ...first.operation, variables }, first.scope);
    batch.forEach((waiting, index) => waiting.answer.resolve(partOf(answer, placesOf[index] ?? [])));
  } catch (error) {
    for (const { answer } of batch) answer.reject(error);
  }
}

/** What one of several would have been answered, its own to build on. An error that names no entity concerns all. */
function partOf({ data, errors = [] }: SubgraphResponse, places: readonly number[]): SubgraphResponse {
  const entities = data?.["_entities"];
  const ownErrors = errors.flatMap((error) => errorsAt(error, places));
  const own = Array.isArray(entities) ? { ...data, _entities: places.map((place) => copy(entities[place])) } : data;
  return { ...(own !== undefined && { data: own }), ...(ownErrors.length > 0 && { errors: ownErrors }) };
}

function errorsAt(error: GraphQLFormattedError, places: readonly number[]): readonly GraphQLFormattedError[] {
  const [root, place, ...rest] = error.path ?? [];
  if (root !== "_entities" || typeof place !== "number") return [error];
  return places.flatMap((candidate, index) =>
    candidate === place ? [moved(error, ["_entities", index, ...rest])] : [],
  );
}

/** An error of an in-process subgraph is an object with its cause, which has to stay. */
function moved(error: GraphQLFormattedError, path: readonly (string | number)[]): GraphQLFormattedError {
  return error instanceof GraphQLError
    ? new GraphQLError(error.message, {
        nodes: error.nodes,
        source: error.source,
        positions: error.positions,
        path,
        originalError: error.originalError,
        extensions: error.extensions,
      })
    : { ...error, path };
}
