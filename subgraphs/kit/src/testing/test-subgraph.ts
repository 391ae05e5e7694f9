import { randomUUID } from "node:crypto";
import { type ExecutionResult, parse, validate } from "graphql";
import pg from "pg";
import { pino } from "pino";
import { inject } from "vitest";
import { asViewer } from "../database.js";
import { type EventTransport, createEventTransport } from "../events.js";
import { type PubSub, createPubSub } from "../pubsub.js";
import type { Subgraph, SubgraphConfiguration } from "../subgraph.js";
import type { Language } from "../language.js";
import { type Role, type Viewer, anonymous } from "../viewer.js";

/** Given by the suite's global set-up: a real PostgreSQL with one migrated template database per subgraph. */
export interface PostgresForTests {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Of the roles `lentera_<subgraph>`. */
  readonly appPassword: string;
}
declare module "vitest" {
  interface ProvidedContext {
    postgres: PostgresForTests;
  }
}

export type TestResult<Data> = {
  data: Data | null;
  errors: { code: unknown; message: string; path: string; details: unknown }[];
};

/** Calls a subgraph as one viewer. */
export interface TestClient {
  readonly viewer: Viewer;
  run<Data = Record<string, never>>(query: string, variables?: Record<string, unknown>): Promise<TestResult<Data>>;
  /** Like `run`, and fails the test on any error. */
  data<Data = Record<string, never>>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  subscribe<Data>(query: string, variables?: Record<string, unknown>): Promise<AsyncIterableIterator<Data>>;
}

export interface TestSubgraph {
  readonly subgraph: Subgraph;
  readonly configuration: SubgraphConfiguration;
  readonly events: EventTransport;
  readonly pubSub: PubSub;
  /** Connects as the owner, who is above row level security: for factories and for looking behind the API. */
  readonly ownerUrl: string;
  readonly owner: pg.Pool;
  as(viewer: Viewer, language?: Language): TestClient;
  /** What row level security lets a viewer read when nobody wrote a `where`: the rows of each statement. */
  rowsAs(viewer: Viewer, statements: readonly string[]): Promise<unknown[][]>;
  /** Runs `work` and gives the SQL statements that the subgraph sent meanwhile. */
  statementsOf(work: () => Promise<unknown>): Promise<string[]>;
  stop(): Promise<void>;
}

/** Clones the template database of `name` and runs the subgraph on it: about 50 ms. */
export async function startTestSubgraph(
  name: string,
  create: (configuration: SubgraphConfiguration) => Promise<Subgraph>,
  overrides: Partial<SubgraphConfiguration> = {},
): Promise<TestSubgraph> {
  const { host, port, user, password, appPassword } = inject("postgres");
  const database = `test_${name}_${randomUUID().replaceAll("-", "")}`;
  const urlFor = (role: string, secret: string, of: string): string =>
    `postgresql://${role}:${encodeURIComponent(secret)}@${host}:${port}/${of}`;
  const maintenance = new pg.Client(urlFor(user, password, "postgres"));
  await maintenance.connect();
  await maintenance.query(`create database ${database} template template_${name}`);
  await maintenance.end();

  const ownerUrl = urlFor(user, password, database);
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 4 });
  const logger = pino({ level: "silent" });
  const events = overrides.events ?? createEventTransport({ logger });
  const pubSub = overrides.pubSub ?? createPubSub();
  const configuration: SubgraphConfiguration = {
    databaseUrl: urlFor(`lentera_${name}`, appPassword, database),
    ownerDatabaseUrl: ownerUrl,
    encryptionKeys: ["a key for tests only"],
    environment: {},
    logger,
    ...overrides,
    events,
    pubSub,
  };
  const subgraph = await create(configuration);

  return {
    subgraph,
    configuration,
    events,
    pubSub,
    ownerUrl,
    owner,
    as: (viewer, language = "en") => clientFor(subgraph, viewer, language),
    rowsAs: (viewer, statements) =>
      asViewer(viewer, async () => {
        const results = await Promise.all(statements.map((statement) => subgraph.pool.query(statement)));
        return results.map(({ rows }) => rows);
      }),
    statementsOf: async (work) => {
      const statements: string[] = [];
      subgraph.pool.onStatement = (text) => statements.push(text);
      await work();
      subgraph.pool.onStatement = undefined;
      return statements;
    },
    stop: async () => {
      await subgraph.stop();
      await events.close();
      await pubSub.close();
      await owner.end();
    },
  };
}

/** A viewer for tests; everything that is not said is harmless. */
export function buildViewer(
  parts: { role?: Role; userId?: string; organizationId?: string; permissions?: string[]; staff?: boolean } = {},
): Viewer & { userId: string } {
  const { role = "STUDENT", userId = randomUUID(), organizationId = null, permissions = [], staff = false } = parts;
  return { ...anonymous, kind: "USER", userId, organizationId, role, permissions, staff, sessionId: randomUUID() };
}

function clientFor(subgraph: Subgraph, viewer: Viewer, language: Language): TestClient {
  const requestFor = (query: string, variables?: Record<string, unknown>) => {
    const document = parse(query);
    const invalid = validate(subgraph.schema, document);
    if (invalid.length > 0) throw new Error(invalid.map((error) => error.message).join("\n"));
    return { document, variables, viewer, language, requestId: randomUUID(), ip: "127.0.0.1", userAgent: "test" };
  };
  const run = async <Data>(query: string, variables?: Record<string, unknown>): Promise<TestResult<Data>> =>
    resultOf<Data>(await subgraph.execute(requestFor(query, variables)));
  const dataOf = <Data>(result: TestResult<Data>): Data => {
    if (result.errors.length > 0 || result.data === null)
      throw new Error(`Unexpected: ${JSON.stringify(result.errors)}`);
    return result.data;
  };
  return {
    viewer,
    run,
    data: async <Data>(query: string, variables?: Record<string, unknown>) => dataOf(await run<Data>(query, variables)),
    subscribe: async <Data>(query: string, variables?: Record<string, unknown>) => {
      const stream = await subgraph.subscribe(requestFor(query, variables));
      if (!(Symbol.asyncIterator in stream)) throw new Error(`Unexpected: ${JSON.stringify(resultOf(stream).errors)}`);
      const results: AsyncIterableIterator<Data> = {
        [Symbol.asyncIterator]: () => results,
        next: async () => {
          const { done, value } = await stream.next();
          return done === true ? { done, value } : { done: false, value: dataOf(resultOf<Data>(value)) };
        },
        return: async () => {
          await stream.return?.();
          return { done: true, value: undefined };
        },
      };
      return results;
    },
  };
}

function resultOf<Data>(result: ExecutionResult): TestResult<Data> {
  return {
    data: (result.data ?? null) as Data | null,
    errors: (result.errors ?? []).map(({ message, path, extensions }) => ({
      code: extensions["code"],
      message,
      path: (path ?? []).join("."),
      details: extensions["details"],
    })),
  };
}

/** Waits until `check` gives something else than undefined, without guessing how long that takes. @throws after 10 s. */
export async function eventually<Result>(check: () => Promise<Result | undefined>): Promise<Result> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const result = await check();
    if (result !== undefined) return result;
    if (Date.now() > deadline) throw new Error("What the test waited for did not happen within 10 s.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
