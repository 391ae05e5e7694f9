import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isUnionType,
} from "graphql";

/** Numbers from 0 to below 1 that a seed decides (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.trunc(state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const DEEPEST = 5;

/** A valid operation with two Boolean variables, `$a` and `$b`, for its `@skip` and `@include`. */
export function randomOperation(schema: GraphQLSchema, seed: number): string {
  const random = randomFrom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const fragments: string[] = [];
  let aliases = 0;

  function value(type: GraphQLInputType): string {
    if (isNonNullType(type)) return value(type.ofType);
    if (isListType(type)) return `[${value(type.ofType)}]`;
    if (isInputObjectType(type)) return `{${inputs(Object.values(type.getFields()), ": ")}}`;
    if (isEnumType(type)) return type.getValues()[0]?.name ?? "null";
    switch (type.name) {
      case "Int":
        return String(1 + below(5));
      case "Float":
        return "1.5";
      case "Boolean":
        return String(below(2) === 0);
      default:
        return `"${type.name}-${below(5)}"`;
    }
  }

  function inputs(all: readonly (GraphQLArgument | GraphQLInputField)[], separator: string): string {
    return all
      .filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined)
      .map(({ name, type }) => `${name}${separator}${value(type)}`)
      .join(", ");
  }

  function condition(): string {
    const choice = below(24);
    if (choice > 3) return "";
    return ` @${choice % 2 === 0 ? "skip" : "include"}(if: ${choice < 2 ? "$a" : "$b"})`;
  }

  function field(definition: GraphQLField<unknown, unknown>, depth: number): string {
    const { name, type, args } = definition;
    const returned = getNamedType(type);
    const given = inputs(args, ": ");
    // The same field with other arguments under one name would not be valid, so whatever has arguments gets a name of its own.
    const alias = given !== "" || below(6) === 0 ? `x${aliases++}: ` : "";
    const inner = isCompositeType(returned) ? ` ${selection(returned, depth + 1)}` : "";
    return `${alias}${name}${given === "" ? "" : `(${given})`}${condition()}${inner}`;
  }

  function selection(type: GraphQLCompositeType, depth: number): string {
    const parts = isUnionType(type) ? ["__typename"] : fields(type, depth);
    if (isAbstractType(type))
      for (const possible of schema.getPossibleTypes(type))
        if (below(2) === 0) parts.push(`... on ${possible.name}${condition()} ${selection(possible, depth)}`);
    if (below(5) === 0) parts.push("__typename");
    if (below(8) === 0 && depth < DEEPEST) {
      const name = `F${fragments.length}`;
      fragments.push("");
      fragments[Number(name.slice(1))] = `fragment ${name} on ${type.name} ${selection(type, depth + 1)}`;
      parts.push(`...${name}`);
    }
    return `{ ${parts.length === 0 ? "__typename" : parts.join(" ")} }`;
  }

  function fields(type: Exclude<GraphQLCompositeType, { getTypes: unknown }>, depth: number): string[] {
    const all = Object.values(type.getFields()).filter(
      (one) => depth < DEEPEST || !isCompositeType(getNamedType(one.type)),
    );
    const wanted = Math.min(1 + below(5), all.length);
    const chosen = new Set<GraphQLField<unknown, unknown>>();
    while (chosen.size < wanted) {
      const one = all[below(all.length)];
      if (one !== undefined) chosen.add(one);
    }
    return [...chosen].map((one) => field(one, depth));
  }

  const isMutation = below(6) === 0;
  const root = isMutation ? schema.getMutationType() : schema.getQueryType();
  if (root === undefined || root === null) throw new Error("There is nothing to ask.");
  const body = `{ ${fields(root, 1).join(" ")} }`;
  return [`${isMutation ? "mutation" : "query"} ($a: Boolean! = true, $b: Boolean!) ${body}`, ...fragments].join("\n");
}
