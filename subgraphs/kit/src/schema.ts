import { buildSubgraphSchema } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { type GraphQLSchema, parse } from "graphql";
import { type AuthChecker, type NonEmptyArray, buildSchema, createResolversMap } from "type-graphql";
import { LenteraError } from "./errors.js";
import type { PubSub } from "./pubsub.js";
import type { Viewer } from "./viewer.js";

const LINK = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.7"
  import: ["@key", "@external", "@requires", "@provides", "@shareable", "@inaccessible", "@override"]
)`;

type ClassList = NonEmptyArray<Function>;

export interface SchemaParts<Ctx> {
  readonly resolvers: ClassList;
  /** Entities and stubs that no field of a resolver returns. */
  readonly orphanedTypes?: readonly Function[];
  /** How the gateway's `{ __typename, id, … }` becomes an object, by type name. */
  readonly references: Readonly<Record<string, (reference: Reference, ctx: Ctx) => unknown>>;
}

/** What the gateway knows of an entity: its key and the fields that a `@requires` asked for. */
export interface Reference {
  readonly __typename: string;
  readonly id: string;
}

/** `@Authorized()` means signed in, as a person or by an API key; everything finer is a policy in a service. */
const signedIn: AuthChecker<{ readonly viewer: Viewer }> = ({ context }) => {
  if (context.viewer.kind === "ANONYMOUS") throw new LenteraError("UNAUTHORIZED");
  return true;
};

/** The executable federation 2 schema of decorated classes, and its SDL. */
export async function buildFederatedSchema<Ctx extends { readonly viewer: Viewer }>(
  parts: SchemaParts<Ctx>,
  pubSub: PubSub,
): Promise<{ schema: GraphQLSchema; sdl: string }> {
  const decorated = await buildSchema({
    resolvers: parts.resolvers,
    orphanedTypes: [...(parts.orphanedTypes ?? [])],
    authChecker: signedIn,
    pubSub,
    validate: false,
    skipCheck: true,
  });
  const sdl = `${LINK}\n\n${printSchemaWithDirectives(decorated)}\n`;
  const references = Object.fromEntries(
    Object.entries(parts.references).map(([type, resolve]) => [
      type,
      { __resolveReference: (reference: Reference, ctx: Ctx) => resolve(reference, ctx) },
    ]),
  );
  const resolvers = merged(createResolversMap(decorated), references);
  // The two libraries describe the same map of resolvers by types that do not meet.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
  return { schema, sdl };
}

/** Both maps' resolvers of each type. */
function merged(resolvers: Record<string, object>, references: Record<string, object>): Record<string, object> {
  const types = new Set([...Object.keys(resolvers), ...Object.keys(references)]);
  return Object.fromEntries([...types].map((type) => [type, { ...resolvers[type], ...references[type] }]));
}
