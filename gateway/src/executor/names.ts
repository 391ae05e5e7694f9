import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  isInterfaceType,
  isObjectType,
  visit,
} from "graphql";

/**
 * The planner fetches keys and required fields under their own names, and would take a field that a person renamed to such a
 * name for it (`{ user { id: fullName reviews { body } } }`). So in plans and answers of subgraphs each field has a key that
 * belongs to it alone.
 */
export class FieldKeys {
  readonly #fieldNames = new Set<string>(["__typename"]);

  constructor(schema: GraphQLSchema) {
    for (const type of Object.values(schema.getTypeMap()))
      if (isObjectType(type) || isInterfaceType(type))
        for (const name of Object.keys(type.getFields())) this.#fieldNames.add(name);
  }

  /** What a field is called in plans and answers of subgraphs. */
  of({ name: { value: name }, alias: aliasNode }: FieldNode): string {
    const alias = aliasNode?.value ?? name;
    if (name === "__typename") return name;
    const isTaken = alias !== name && (this.#fieldNames.has(alias) || alias.startsWith("_"));
    return isTaken || alias in Object.prototype ? `_${alias}_${name}` : alias;
  }

  /** The document that is planned, and the names in the answer of those keys that differ from them. */
  rename(document: DocumentNode): {
    readonly document: DocumentNode;
    readonly responseNames: ReadonlyMap<string, string>;
  } {
    const responseNames = new Map<string, string>();
    const renamed = visit(document, {
      Field: (field) => {
        if (isIntrospection(field)) return false;
        const key = this.of(field);
        const responseName = field.alias?.value ?? field.name.value;
        if (key === responseName) return undefined;
        if (key === field.name.value) return { ...field, alias: undefined };
        responseNames.set(key, responseName);
        return { ...field, alias: { kind: Kind.NAME, value: key } };
      },
    });
    return { document: renamed, responseNames };
  }
}

/** `__schema` and `__type`, which are answered without the subgraphs. */
export function isIntrospection({ name: { value } }: FieldNode): boolean {
  return value === "__schema" || value === "__type";
}
