import type { ApolloServer } from "@apollo/server";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { anonymous, createLogger } from "@lentera/kit";
import { type FormattedExecutionResult, type GraphQLSchema, execute, parse } from "graphql";
import { createApollo } from "../apollo.js";
import { compose } from "../composition.js";
import { Federation, type FederationOptions } from "../federation.js";
import { Metrics } from "../metrics.js";
import { Observation } from "../observation.js";
import { executeOperation } from "../operations.js";
import type { RequestScope } from "../request.js";
import type { SubgraphOperation, SubgraphResponse, SubgraphSource } from "../sources/source.js";

type Resolvers = Record<string, Record<string, unknown>>;

/** A subgraph of a test: its types, and how they resolve. */
export interface TestTypes {
  readonly sdl: string;
  readonly resolvers?: Resolvers;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@requires", "@external", "@provides", "@shareable", "@interfaceObject", "@inaccessible", "@override", "@context", "@fromContext"
])\n`;

/** A subgraph in this process that remembers what it was asked. */
export class TestSource implements SubgraphSource {
  readonly operations: SubgraphOperation[] = [];
  /** Runs before each answer; may wait or throw. */
  before: (operation: SubgraphOperation, scope: RequestScope) => Promise<void> | void = () => undefined;

  constructor(
    readonly name: string,
    readonly schema: GraphQLSchema,
    private readonly resolve: Pick<Parameters<typeof execute>[0], "fieldResolver" | "typeResolver"> = {},
  ) {}

  async fetch(operation: SubgraphOperation, scope: RequestScope): Promise<SubgraphResponse> {
    this.operations.push(operation);
    await this.before(operation, scope);
    const { document, variables, operationName } = operation;
    return execute({
      ...this.resolve,
      schema: this.schema,
      document,
      variableValues: variables,
      operationName,
      contextValue: scope.identity,
    });
  }

  subscribe(): never {
    throw new Error("This subgraph has no events.");
  }

  health(): Promise<void> {
    return Promise.resolve();
  }

  document(): never {
    throw new Error("This subgraph publishes nothing.");
  }

  route(): never {
    throw new Error("This subgraph has no routes.");
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** The pipeline of a gateway over small subgraphs, without a server. */
export interface TestFederation {
  readonly federation: Federation;
  readonly apollo: ApolloServer<RequestScope>;
  readonly sources: Readonly<Record<string, TestSource>>;
  run(
    query: string,
    options?: { variables?: Record<string, unknown>; scope?: Partial<RequestScope> },
  ): Promise<FormattedExecutionResult>;
}

export async function federate(
  types: Readonly<Record<string, TestTypes>>,
  { supergraph, ...options }: FederationOptions & { supergraph?: string } = {},
): Promise<TestFederation> {
  const subgraphs = Object.entries(types).map(([name, { sdl, resolvers = {} }]) => ({
    name,
    sdl: LINK + sdl,
    resolvers,
  }));
  const sources = Object.fromEntries(
    subgraphs.map(({ name, sdl, resolvers }) => [
      name,
      new TestSource(name, buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }])),
    ]),
  );
  return federateSources(supergraph ?? compose(subgraphs), sources, options);
}

export async function federateSources(
  supergraphSdl: string,
  sources: Readonly<Record<string, TestSource>>,
  options: FederationOptions = {},
): Promise<TestFederation> {
  const federation = new Federation(supergraphSdl, Object.values(sources), options);
  const logger = createLogger("silent");
  const apollo = createApollo(federation, logger, new Observation(new Metrics()), undefined, {
    hasLimits: false,
    hidesErrors: false,
  });
  await apollo.start();
  let requests = 0;
  return {
    federation,
    apollo,
    sources,
    run: (query, { variables, scope } = {}) => {
      const requestId = `request ${++requests}`;
      const identity = { viewer: anonymous, requestId, language: "en", ip: "127.0.0.1", userAgent: undefined } as const;
      return executeOperation(apollo, { identity, logger, ...scope }, { query, variables });
    },
  };
}
