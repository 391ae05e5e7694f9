import { PrismaPg } from "@prisma/adapter-pg";
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  createSourceEventStream,
  execute,
} from "graphql";
import type { Runner } from "graphile-worker";
import pg from "pg";
import type { Logger } from "pino";
import { type Context, type RawClient, type TransactionalClient } from "./context.js";
import { type IdentityPool, asViewer, createPool } from "./database.js";
import { type EventConsumer, type EventTransport, eventJobs, subscribeConsumers } from "./events.js";
import { LenteraError, inputErrorOf, messageFor } from "./errors.js";
import { type Job, jobsDone, startWorker } from "./jobs.js";
import { type PubSub, messagesOf } from "./pubsub.js";
import type { Route } from "./route.js";
import { type SchemaParts, buildFederatedSchema } from "./schema.js";
import type { Language } from "./language.js";
import { type RequestIdentity, system } from "./viewer.js";

export interface SubgraphRequest extends RequestIdentity {
  readonly document: DocumentNode;
  /** For a subscription: the cursor of the last event that was seen (`extensions.cursor` of its result). */
  readonly resumeFrom?: string | undefined;
  readonly variables?: Record<string, unknown> | undefined;
  readonly operationName?: string | undefined;
}

/** A running subgraph, as the gateway (in process) or the HTTP server (alone) sees it. */
export interface Subgraph {
  readonly name: string;
  readonly sdl: string;
  readonly schema: GraphQLSchema;
  execute(request: SubgraphRequest): Promise<ExecutionResult>;
  /**
   * A stream of results, each with its position in `extensions.cursor`; an ExecutionResult with errors when there is
   * nothing to subscribe to. What breaks the stream is its last result.
   */
  subscribe(request: SubgraphRequest): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult>;
  /** Public JSON documents that the gateway re-publishes, by path. */
  readonly documents: Readonly<Record<string, () => Promise<unknown>>>;
  /** HTTP beside GraphQL that the gateway passes through, by path. */
  readonly routes: Readonly<Record<string, Route>>;
  /** Resolves when the database answers. */
  health(): Promise<void>;
  /** Starts working off jobs and events. */
  startWorkers(): Promise<void>;
  /** Resolves when every job that is due has run, those that they added included. Needs workers somewhere. */
  jobsDone(): Promise<void>;
  /** Finishes what is running and closes every connection. */
  stop(): Promise<void>;
  /** For tests and metrics. */
  readonly pool: IdentityPool;
}

/** Where a subgraph finds its surroundings; each `env.ts` (alone) or the all-in-one host makes one. */
export interface SubgraphConfiguration {
  /** Connects as the role without BYPASSRLS. */
  readonly databaseUrl: string;
  /** Connects as the owner, for the job queue only. */
  readonly ownerDatabaseUrl: string;
  /** Newest first; see encryption.ts. */
  readonly encryptionKeys: readonly string[];
  readonly logger: Logger;
  readonly events: EventTransport;
  readonly pubSub: PubSub;
  /** The process's variables, of which each subgraph reads its own in its `env.ts`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** For tests; the system's clock otherwise. */
  readonly clock?: () => Date;
}

export interface SubgraphDefinition<
  Transaction extends RawClient,
  Client extends TransactionalClient<Transaction> & Transaction,
  Ctx extends Context<Transaction, Client>,
> extends SchemaParts<Ctx> {
  readonly name: string;
  readonly createClient: (adapter: PrismaPg) => Client & { $disconnect(): Promise<void> };
  readonly createContext: (db: Client, identity: RequestIdentity, configuration: SubgraphConfiguration) => Ctx;
  readonly jobs?: (createSystemContext: () => Ctx) => readonly Job[];
  readonly consumers?: readonly EventConsumer<Transaction>[];
  readonly documents?: (createSystemContext: () => Ctx) => Readonly<Record<string, () => Promise<unknown>>>;
  readonly routes?: (createSystemContext: () => Ctx) => Readonly<Record<string, Route>>;
}

const SYSTEM_IDENTITY: RequestIdentity = { viewer: system, requestId: "system", language: "id" };

/** Puts a subgraph together: schema, database under row level security, workers. */
export async function createSubgraphFrom<
  Transaction extends RawClient,
  Client extends TransactionalClient<Transaction> & Transaction,
  Ctx extends Context<Transaction, Client>,
>(definition: SubgraphDefinition<Transaction, Client, Ctx>, configuration: SubgraphConfiguration): Promise<Subgraph> {
  const { schema, sdl } = await buildFederatedSchema(definition, configuration.pubSub);
  const { logger, events } = configuration;
  const pool = createPool(configuration.databaseUrl);
  pool.on("error", (error) => logger.warn({ err: error }, "an idle database connection broke"));
  const db = definition.createClient(new PrismaPg(pool));
  const contextFor = (identity: RequestIdentity, pubSub = configuration.pubSub): Ctx =>
    definition.createContext(db, identity, { ...configuration, pubSub });
  const systemContext = (): Ctx => contextFor(SYSTEM_IDENTITY);

  let workers: { runner: Runner; pool: pg.Pool } | undefined;

  async function startWorkers(): Promise<void> {
    const consumers = definition.consumers ?? [];
    const jobs = [
      ...(definition.jobs?.(systemContext) ?? []),
      ...eventJobs({ subgraph: definition.name, db, transport: events, consumers }),
    ];
    const ownerPool = new pg.Pool({ connectionString: configuration.ownerDatabaseUrl, max: 6 });
    const broken = (error: Error): void => logger.warn({ err: error }, "a database connection broke");
    ownerPool.on("error", broken).on("connect", (client) => client.on("error", broken));
    workers = { runner: await startWorker(ownerPool, jobs, logger), pool: ownerPool };
    await subscribeConsumers({ subgraph: definition.name, db, transport: events, consumers });
  }

  return {
    name: definition.name,
    sdl,
    schema,
    pool,
    documents: definition.documents?.(systemContext) ?? {},
    routes: definition.routes?.(systemContext) ?? {},
    execute: (request) =>
      asViewer(request.viewer, async () =>
        localized(
          await execute({
            schema,
            document: request.document,
            variableValues: request.variables,
            operationName: request.operationName,
            contextValue: contextFor(request),
          }),
          request.language,
        ),
      ),
    subscribe: (request) => runSubscription(schema, request, configuration.pubSub, contextFor),
    health: async () => void (await pool.query("select 1")),
    startWorkers,
    jobsDone: () => jobsDone(configuration.ownerDatabaseUrl),
    stop: async () => {
      await workers?.runner.stop();
      await workers?.pool.end();
      await db.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}

/**
 * A schema's subscription. Each event is executed with a fresh context (loaders must not remember the last event) as the
 * subscriber. `contextFor` is given the pub/sub to listen to, which knows where the subscriber had got to.
 */
export async function runSubscription(
  schema: GraphQLSchema,
  request: SubgraphRequest,
  pubSub: PubSub,
  contextFor: (identity: RequestIdentity, pubSub: PubSub) => unknown,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const { document, variables, operationName, viewer, language, resumeFrom } = request;
  const operation = { schema, document, variableValues: variables, operationName };
  let cursor: string | undefined;
  const resuming: PubSub = {
    ...pubSub,
    subscribe: (topic) => messagesOf(pubSub.listen(topic, resumeFrom), (position) => (cursor = position)),
  };
  const source = await asViewer(viewer, () =>
    createSourceEventStream({ ...operation, contextValue: contextFor(request, resuming) }),
  );
  if (!(Symbol.asyncIterator in source)) return localized(source, language);
  const events = source[Symbol.asyncIterator]();

  const take = async (): Promise<Taken> => {
    const event = await asViewer(viewer, () => events.next());
    return event.done === true ? ENDED : { event: event.value, position: cursor };
  };
  // Listen from now on, not from the first call of next(): nothing between the two may be missed.
  let upcoming: Promise<Taken> | undefined = take();
  let last = upcoming;
  last.catch(() => undefined);
  /** Events are taken one after the other, so that each is known by its cursor; they may be executed side by side. */
  const takeNext = (): Promise<Taken> => {
    const following = (previous: Taken): Taken | Promise<Taken> => (previous === ENDED ? ENDED : take());
    last = upcoming ?? last.then(following, () => ENDED);
    upcoming = undefined;
    return last;
  };
  const results: AsyncIterableIterator<ExecutionResult> = {
    [Symbol.asyncIterator]: () => results,
    next: async () => {
      let taken: Taken;
      try {
        taken = await takeNext();
      } catch (error) {
        return { done: false, value: localized({ data: null, errors: [asGraphQLError(error)] }, language) };
      }
      if (taken === ENDED) return { done: true, value: undefined };
      const { event, position } = taken;
      const result = await asViewer(viewer, async () =>
        execute({ ...operation, rootValue: event, contextValue: contextFor(request, pubSub) }),
      );
      const extensions = position !== undefined && { extensions: { cursor: position } };
      return { done: false, value: localized({ ...result, ...extensions }, language) };
    },
    return: async () => {
      await events.return?.();
      return { done: true, value: undefined };
    },
  };
  return results;
}

interface Taken {
  readonly event: unknown;
  readonly position: string | undefined;
}
const ENDED: Taken = { event: undefined, position: undefined };

function asGraphQLError(error: unknown): GraphQLError {
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}

/** Catalogue errors in the reader's language; others pass as they are and are masked at the gateway. */
function localized(result: ExecutionResult, language: Language): ExecutionResult {
  if (result.errors === undefined) return result;
  const errors = result.errors.map((error) => {
    const cause = inputErrorOf(error.originalError) ?? error.originalError;
    if (!(cause instanceof LenteraError)) return error;
    return new GraphQLError(messageFor(cause.code, language), {
      nodes: error.nodes ?? null,
      path: error.path ?? null,
      originalError: cause,
      extensions: cause.extensions,
    });
  });
  return { ...result, errors };
}
