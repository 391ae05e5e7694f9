import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  LenteraError,
  type PubSub,
  type RequestIdentity,
  type Subgraph,
  createPubSub,
  runSubscription,
} from "@lentera/kit";
import { type GraphQLSchema, execute, parse } from "graphql";
import { Issuer } from "./issuer.js";

/** A subgraph without a database. */
export type TestSubgraph = Pick<
  Subgraph,
  "name" | "sdl" | "schema" | "execute" | "subscribe" | "documents" | "routes" | "health"
>;

export const BUDI = "0199aaaa-0000-7000-8000-000000000001";
export const SITI = "0199aaaa-0000-7000-8000-000000000002";
/** Known to learning, but to nobody in organization. */
export const GHOST = "0199aaaa-0000-7000-8000-000000000003";
export const BOARD = "0199bbbb-0000-7000-8000-000000000001";

/** Two small subgraphs that share users: names live in one, points and a live leaderboard in the other. */
export class World {
  readonly issuer = new Issuer();
  readonly names = new Map([
    [BUDI, "Budi Santoso"],
    [SITI, "Siti Rahma"],
  ]);
  readonly points = new Map([
    [BUDI, 120],
    [SITI, 90],
  ]);
  /** Claims of API keys by their secrets. */
  readonly apiKeys = new Map<string, object>();
  /** Whose access has ended. */
  readonly ended: { kind: "SESSION" | "API_KEY" | "USER"; id: string; endedAt: string }[] = [];
  /** Secrets that the gateway asked about, and what it told of their use. */
  readonly lookUps: string[] = [];
  readonly usage: unknown[] = [];
  /** What the subgraphs were asked by, newest last. */
  readonly requests: RequestIdentity[] = [];
  /** Subscriptions that are open in learning. */
  openSubscriptions = 0;
  /** Holds up organization when it is asked for a name. */
  slowDown: ((userId: string) => Promise<void>) | undefined;
  /** Lets the mutation `waitForRelease` finish. */
  release: () => void = () => undefined;
  /** Resolves when `waitForRelease` has begun. */
  readonly waiting: Promise<void>;
  readonly #released: Promise<void>;
  #begin: () => void = () => undefined;

  constructor(readonly pubSub: PubSub = createPubSub()) {
    this.#released = new Promise((resolve) => (this.release = resolve));
    this.waiting = new Promise((resolve) => (this.#begin = resolve));
  }

  readonly organization: TestSubgraph = this.#subgraph(
    "organization",
    `
    type Query {
      viewer: User
      user(id: ID!, nick: String @deprecated(reason: "Nobody has one.")): User!
      authenticateApiKey(secret: String!): ApiKeyClaims @inaccessible
      endedAccess(since: DateTime!): [EndedAccess!]! @inaccessible
    }
    type Mutation {
      rename(id: ID!, fullName: String!): User!
      waitForRelease: Boolean!
      recordApiUsage(input: RecordApiUsageInput!): Boolean! @inaccessible
    }
    scalar DateTime @inaccessible
    type EndedAccess @inaccessible { kind: String! id: ID! endedAt: DateTime! }
    type ApiKeyClaims @inaccessible { apiKeyId: ID! organizationId: ID! permissions: [String!]! isTest: Boolean! }
    input RecordApiUsageInput @inaccessible { entries: [ApiUsageEntryInput!]! idempotencyKey: String! }
    input ApiUsageEntryInput @inaccessible {
      apiKeyId: ID! day: String! requests: Int! errors: Int! deprecatedFields: [DeprecatedFieldUsageInput!]!
    }
    input DeprecatedFieldUsageInput @inaccessible { field: String! count: Int! }
    type User @key(fields: "id") { id: ID! fullName: String! name: String @deprecated(reason: "Use fullName.") "Only for the user." email: String }
    `,
    {
      Query: {
        viewer: (_: unknown, _arguments: unknown, { viewer }: RequestIdentity) =>
          viewer.userId && { id: viewer.userId },
        user: (_: unknown, { id }: { id: string }) => this.#user(id),
        authenticateApiKey: (_: unknown, { secret }: { secret: string }, { viewer }: RequestIdentity) => {
          if (viewer.kind !== "SYSTEM") throw new LenteraError("INSUFFICIENT_PERMISSIONS");
          this.lookUps.push(secret);
          return this.apiKeys.get(secret) ?? null;
        },
        endedAccess: (_: unknown, { since }: { since: string }) => this.ended.filter(({ endedAt }) => endedAt > since),
      },
      Mutation: {
        rename: (_: unknown, { id, fullName }: { id: string; fullName: string }) => {
          this.names.set(id, fullName);
          return { id };
        },
        recordApiUsage: (_: unknown, { input }: { input: unknown }, { viewer }: RequestIdentity) => {
          if (viewer.kind !== "SYSTEM") throw new LenteraError("INSUFFICIENT_PERMISSIONS");
          this.usage.push(input);
          return true;
        },
        waitForRelease: async () => {
          this.#begin();
          await this.#released;
          return true;
        },
      },
      User: {
        __resolveReference: ({ id }: { id: string }) => (this.names.has(id) ? { id } : null),
        fullName: async ({ id }: { id: string }) => {
          await this.slowDown?.(id);
          return this.names.get(id);
        },
        email: ({ id }: { id: string }, _: unknown, { viewer }: RequestIdentity) =>
          viewer.userId === id ? `${id}@lentera.test` : null,
      },
    },
  );

  readonly learning: TestSubgraph = this.#subgraph(
    "learning",
    `
    type Query { leaderboard(id: ID!): Leaderboard! users: [User!]! broken: String brokenAlways: String! }
    type Mutation { addPoints(userId: ID!, points: Int!): Leaderboard! }
    type Subscription { leaderboardChanged(leaderboardId: ID!, padding: Int = 0): Leaderboard! secretBoard: Leaderboard! brokenStream: Leaderboard! scored(userId: ID, salt: String): Score! }
    "One score; \`seenBy\` is all that this subgraph knows of the subscriber."
    type Score { number: Int! user: User! seenBy: String! padding(length: Int!): String! }
    type Leaderboard @key(fields: "id") { id: ID! entries: [Entry!]! padding: String! }
    type Entry { points: Int! user: User! }
    type User @key(fields: "id") { id: ID! points: Int rank: Int next: User }
    `,
    {
      Query: {
        leaderboard: (_: unknown, { id }: { id: string }) => this.#board(id),
        users: () => [...this.points.keys()].map((id) => ({ id })),
        broken: () => this.#break(),
        brokenAlways: () => this.#break(),
      },
      Mutation: {
        addPoints: (_: unknown, { userId, points }: { userId: string; points: number }) => {
          this.addPoints(userId, points);
          return this.#board(BOARD);
        },
      },
      Subscription: {
        leaderboardChanged: {
          subscribe: (_: unknown, { leaderboardId }: { leaderboardId: string }, { pubSub }: { pubSub: PubSub }) =>
            this.#counted(pubSub, `board:${leaderboardId}`),
          resolve: (_: unknown, { leaderboardId, padding }: { leaderboardId: string; padding: number }) => ({
            ...this.#board(leaderboardId),
            padding: "x".repeat(padding),
          }),
        },
        scored: {
          subscribe: (_: unknown, { userId }: { userId?: string }, { pubSub }: { pubSub: PubSub }) =>
            this.#counted(pubSub, `scores:${userId ?? ""}`),
          resolve: (score: object) => score,
        },
        secretBoard: {
          subscribe: () => {
            throw new LenteraError("INSUFFICIENT_PERMISSIONS");
          },
        },
        brokenStream: {
          subscribe: async function* () {
            yield {};
            throw new Error("the connection postgres://lentera:hunter2@db was reset");
          },
          resolve: () => this.#board(BOARD),
        },
      },
      Score: {
        user: ({ userId }: { userId: string }) => ({ id: userId }),
        seenBy: (_: unknown, _arguments: unknown, { viewer, language, ip, userAgent }: RequestIdentity) =>
          JSON.stringify({ viewer, language, ip, userAgent }),
        padding: (_: unknown, { length }: { length: number }) => "x".repeat(length),
      },
      User: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        points: ({ id }: { id: string }) => this.points.get(id),
        rank: ({ id }: { id: string }) => (id === SITI ? this.#break() : 1),
        next: ({ id }: { id: string }) => ({ id }),
      },
    },
  );

  /** Scores, and tells everybody who watches the leaderboard. */
  addPoints(userId: string, points: number): void {
    this.points.set(userId, (this.points.get(userId) ?? 0) + points);
    this.pubSub.publish(`board:${BOARD}`, {});
  }

  /** Tells everybody who watches the scores; `number` counts them. */
  score(number: number, userId: string = BUDI): void {
    this.pubSub.publish("scores:", { number, userId });
  }

  #user(id: string): { id: string } {
    if (!this.names.has(id)) throw new LenteraError("NOT_FOUND");
    return { id };
  }

  #board(id: string): object {
    const entries = [...this.points].map(([userId, points]) => ({ points, user: { id: userId } }));
    return { id, entries: entries.toSorted((a, b) => b.points - a.points), padding: "" };
  }

  #break(): never {
    throw new Error("the connection postgres://lentera:hunter2@db was reset");
  }

  #counted(pubSub: PubSub, topic: string): AsyncIterable<unknown> {
    const events = pubSub.subscribe(topic)[Symbol.asyncIterator]();
    this.openSubscriptions += 1;
    let isOpen = true;
    return {
      [Symbol.asyncIterator]: () => ({
        next: () => events.next(),
        return: async () => {
          if (isOpen) this.openSubscriptions -= 1;
          isOpen = false;
          return (await events.return?.()) ?? { done: true, value: undefined };
        },
      }),
    };
  }

  #subgraph(name: string, types: string, resolvers: Record<string, Record<string, unknown>>): TestSubgraph {
    const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@inaccessible"])\n${types}`;
    const schema: GraphQLSchema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
    return {
      name,
      sdl,
      schema,
      execute: async ({ document, variables, operationName, ...identity }) => {
        if (identity.viewer.kind !== "SYSTEM") this.requests.push(identity);
        return execute({ schema, document, variableValues: variables, operationName, contextValue: identity });
      },
      subscribe: (request) => {
        const { document: _document, variables: _variables, operationName: _operationName, ...identity } = request;
        this.requests.push(identity);
        return runSubscription(schema, request, this.pubSub, ({ viewer, language, ip, userAgent }, pubSub) => ({
          viewer,
          language,
          ip,
          userAgent,
          pubSub,
        }));
      },
      routes: {},
      documents: name === "organization" ? { "/.well-known/jwks.json": () => this.issuer.jwks() } : {},
      health: () => Promise.resolve(),
    };
  }
}
