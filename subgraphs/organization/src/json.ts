import { GraphQLScalarType, valueFromASTUntyped } from "graphql";

/** Any JSON value, for what has no shape of its own in the schema. */
export const Json = new GraphQLScalarType({
  name: "JSON",
  description: "Any JSON value.",
  parseValue: (value: unknown) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});
