import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from "graphql";
import { isObject } from "../executor/json.js";
import { TestSource } from "./federation.js";

/** A whole number from 0 that depends on nothing but a text (FNV-1a). */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return state >>> 0;
}

/** Few ids, so that entities stand in an answer many times. */
const IDS = 5;

/**
 * A subgraph that answers every operation its types allow. What an entity answers depends on its type and id alone, so that
 * all subgraphs tell the same of it; some nullable fields are null and some fail.
 */
export function randomSubgraph(name: string, sdl: string, { failures }: { failures: boolean }): TestSource {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: entityResolvers(sdl) as never }]);
  return new TestSource(name, schema, { fieldResolver: resolver(schema, failures), typeResolver });
}

const typeResolver: GraphQLTypeResolver<unknown, unknown> = (value) =>
  isObject(value) ? String(value["__typename"]) : undefined;

function entityResolvers(sdl: string): Record<string, object> {
  const types = parse(sdl).definitions.flatMap((definition) =>
    "name" in definition && "directives" in definition && definition.name !== undefined
      ? definition.directives?.some(({ name }) => name.value === "key")
        ? [definition.name.value]
        : []
      : [],
  );
  return Object.fromEntries(
    types.map((type) => [
      type,
      { __resolveReference: (reference: object) => ({ ...reference, seed: seedOf(type, reference) }) },
    ]),
  );
}

function seedOf(type: string, object: object): string {
  return "id" in object ? `${type}:${String(object.id)}` : type;
}

function resolver(schema: GraphQLSchema, failures: boolean): GraphQLFieldResolver<unknown, unknown> {
  return (source, given, _context, { fieldName, returnType, parentType }) => {
    const known = isObject(source) ? source : {};
    if (known[fieldName] !== undefined) return known[fieldName];
    const parent = typeof known["seed"] === "string" ? known["seed"] : parentType.name;
    const seed = `${parent}.${fieldName}(${JSON.stringify(given)})`;
    return valueOf(schema, returnType, seed, failures);
  };
}

function valueOf(schema: GraphQLSchema, type: GraphQLOutputType, seed: string, failures: boolean): unknown {
  if (isNonNullType(type)) return present(schema, type.ofType, seed, failures);
  const choice = hash(`${seed}?`) % 24;
  if (failures && choice === 0) throw new Error(`${seed} has failed.`);
  return choice < 3 ? null : present(schema, type, seed, failures);
}

function present(schema: GraphQLSchema, type: GraphQLOutputType, seed: string, failures: boolean): unknown {
  if (isListType(type))
    return Array.from({ length: hash(seed) % 4 }, (_, index) =>
      valueOf(schema, type.ofType, `${seed}[${index}]`, failures),
    );
  if (isAbstractType(type)) {
    const types = schema.getPossibleTypes(type);
    const chosen = types[hash(seed) % types.length];
    return chosen === undefined ? null : present(schema, chosen, seed, failures);
  }
  if (isObjectType(type)) {
    const isEntity = type.astNode?.directives?.some(({ name }) => name.value === "key") === true;
    const id = `${type.name}-${hash(seed) % IDS}`;
    return isEntity ? { __typename: type.name, id, seed: `${type.name}:${id}` } : { __typename: type.name, seed };
  }
  const number = hash(seed);
  if (isEnumType(type)) {
    const values = type.getValues();
    return values[number % values.length]?.name;
  }
  if ("name" in type)
    switch (type.name) {
      case "Int":
        return number % 1_000;
      case "Float":
        return (number % 1_000) / 8;
      case "Boolean":
        return number % 2 === 0;
      default:
        return `${type.name} "${seed}"`.slice(0, 60);
    }
  return null;
}
