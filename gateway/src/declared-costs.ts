import { type DocumentNode, type GraphQLSchema, Kind, isInterfaceType, isObjectType } from "graphql";

const COSTS = new Set(["cost", "listSize"]);

/**
 * Puts `@cost` and `@listSize` of the supergraph's fields on the fields of the public schema, which composition's libraries make
 * without any directives. They are not printed and nobody is told of them.
 */
export function declareCosts(schema: GraphQLSchema, supergraph: DocumentNode): void {
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const type = schema.getType(definition.name.value);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    const fields = type.getFields();
    for (const node of definition.fields ?? []) {
      const directives = node.directives?.filter(({ name }) => COSTS.has(name.value)) ?? [];
      const field = fields[node.name.value];
      if (field !== undefined && directives.length > 0) field.astNode = { ...node, directives };
    }
  }
}
