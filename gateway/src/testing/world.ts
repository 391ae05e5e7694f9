import { buildSubgraphSchema } from "@apollo/subgraph";
import { LenteraError, type PubSub, type RequestIdentity, type Subgraph, createPubSub } from "@lentera/kit";
import { type GraphQLSchema, execute, parse, subscribe } from "graphql";
import { Issuer } from "./issuer.js";

/** A subgraph without a database. */
export type TestSubgraph = Pick<Subgraph, "name" | "sdl" | "schema" | "execute" | "subscribe" | "documents" | "health">;

export const BUDI = "0199aaaa-0000-7000-8000-000000000001";
export const SITI = "0199aaaa-0000-7000-8000-000000000002";
/** Known to learning, but to nobody in organization. */
export const GHOST = "0199aaaa-0000-7000-8000-000000000003";
export const BOARD = "0199bbbb-0000-7000-8000-000000000001";

/** Two small subgraphs that share users: names live in one, points and a live leaderboard in the other. */
export class World {
  readonly issuer = new Issuer();
  readonly pubSub: PubSub = createPubSub();
  readonly names = new Map([
    [BUDI, "Budi Santoso"],
    [SITI, "Siti Rahma"],
  ]);
  readonly points = new Map([
    [BUDI, 120],
    [SITI, 90],
  ]);
  /** What the subgraphs were asked by, newest last. */
  readonly requests: RequestIdentity[] = [];
  /** Subscriptions that are open in learning. */
  openSubscriptions = 0;
  /** Lets the mutation `waitForRelease` finish. */
  release: () => void = () => undefined;
  /** Resolves when `waitForRelease` has begun. */
  readonly waiting: Promise<void>;
  readonly #released: Promise<void>;
  #begin: () => void = () => undefined;

  constructor() {
    this.#released = new Promise((resolve) => (this.release = resolve));
    this.waiting = new Promise((resolve) => (this.#begin = resolve));
  }

  readonly organization: TestSubgraph = this.#subgraph(
    "organization",
    `
    type Query { viewer: User user(id: ID!): User! }
    type Mutation { rename(id: ID!, fullName: String!): User! waitForRelease: Boolean! }
    type User @key(fields: "id") { id: ID! fullName: String! "Only for the user." email: String }
    `,
    {
      Query: {
        viewer: (_: unknown, _arguments: unknown, { viewer }: RequestIdentity) =>
          viewer.userId && { id: viewer.userId },
        user: (_: unknown, { id }: { id: string }) => this.#user(id),
      },
      Mutation: {
        rename: (_: unknown, { id, fullName }: { id: string; fullName: string }) => {
          this.names.set(id, fullName);
          return { id };
        },
        waitForRelease: async () => {
          this.#begin();
          await this.#released;
          return true;
        },
      },
      User: {
        __resolveReference: ({ id }: { id: string }) => (this.names.has(id) ? { id } : null),
        fullName: ({ id }: { id: string }) => this.names.get(id),
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
    type Subscription { leaderboardChanged(leaderboardId: ID!, padding: Int = 0): Leaderboard! secretBoard: Leaderboard! brokenStream: Leaderboard! }
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
          subscribe: (_: unknown, { leaderboardId }: { leaderboardId: string }) =>
            this.#counted(`board:${leaderboardId}`),
          resolve: (_: unknown, { leaderboardId, padding }: { leaderboardId: string; padding: number }) => ({
            ...this.#board(leaderboardId),
            padding: "x".repeat(padding),
          }),
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

  #counted(topic: string): AsyncIterable<unknown> {
    const events = this.pubSub.subscribe(topic)[Symbol.asyncIterator]();
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
    const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])\n${types}`;
    const schema: GraphQLSchema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
    return {
      name,
      sdl,
      schema,
      execute: async ({ document, variables, operationName, ...identity }) => {
        this.requests.push(identity);
        return execute({ schema, document, variableValues: variables, operationName, contextValue: identity });
      },
      subscribe: async ({ document, variables, operationName, ...identity }) => {
        this.requests.push(identity);
        return subscribe({ schema, document, variableValues: variables, operationName, contextValue: identity });
      },
      documents: name === "organization" ? { "/.well-known/jwks.json": () => this.issuer.jwks() } : {},
      health: () => Promise.resolve(),
    };
  }
}
