import {
  type ArgumentNode,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type SelectionSetNode,
  type StringValueNode,
  type TypeNode,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
} from "graphql";

type Fields = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** A field with the arguments that some `@requires` gives it, under a name of its own. */
export interface RequiredField {
  readonly name: string;
  readonly arguments: readonly ArgumentNode[];
}

/** A supergraph in which every `@requires` names fields without arguments only. */
export interface PlanningSupergraph {
  readonly document: DocumentNode;
  /** By the names that stand for them. */
  readonly required: ReadonlyMap<string, RequiredField>;
  /** Of a field, `graph/Type.field`, the names that it requires. */
  readonly requirements: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The planner merges what a person asks for with what a subgraph requires by the name of the field, and takes
 * `comments(limit: 1)` for `comments(limit: 3)`. Here each field that is required with arguments gets a name of its own, so
 * that both are fetched; fetches and representations are translated back when a plan is compiled.
 */
export function nameRequiredArguments(supergraph: DocumentNode): PlanningSupergraph {
  const types = new Map<string, Fields>();
  for (const definition of supergraph.definitions)
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION)
      types.set(definition.name.value, definition);

  const required = new Map<string, RequiredField>();
  const requirements = new Map<string, ReadonlySet<string>>();
  /** Names by what they stand for, and the types that get a field of that name. */
  const names = new Map<string, string>();
  const owners = new Map<string, Set<string>>();

  function nameFor(typeName: string, { name: { value: field }, arguments: given = [] }: FieldNode): string {
    const meaning = `${field}(${given.map(print).toSorted().join(", ")})`;
    const name = names.get(meaning) ?? `_required${names.size}_${field}`;
    names.set(meaning, name);
    required.set(name, { name: field, arguments: given });
    const types = owners.get(name) ?? new Set();
    owners.set(name, types.add(typeName));
    return name;
  }

  function renamed(typeName: string, selectionSet: SelectionSetNode, used: Set<string>): SelectionSetNode {
    const selections = selectionSet.selections.map((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value ?? typeName;
        return { ...selection, selectionSet: renamed(condition, selection.selectionSet, used) };
      }
      if (selection.kind !== Kind.FIELD) return selection;
      const definition = types.get(typeName)?.fields?.find(({ name }) => name.value === selection.name.value);
      if (definition === undefined) return selection;
      const nested = selection.selectionSet && renamed(namedType(definition.type), selection.selectionSet, used);
      const field = { ...selection, ...(nested && { selectionSet: nested }) };
      if ((definition.arguments ?? []).length === 0) return field;
      const name = nameFor(typeName, selection);
      used.add(name);
      return { ...field, name: { kind: Kind.NAME as const, value: name }, arguments: [] };
    });
    return { ...selectionSet, selections };
  }

  function withoutArguments(typeName: string, field: FieldDefinitionNode): FieldDefinitionNode {
    const directives = field.directives?.map((directive) => {
      const fieldSet = stringArgument(directive, "requires");
      if (fieldSet === undefined) return directive;
      const used = new Set<string>();
      const selectionSet = renamed(typeName, parseFieldSet(fieldSet.value), used);
      if (used.size === 0) return directive;
      requirements.set(`${graphOf(directive)}/${typeName}.${field.name.value}`, used);
      return withArgument(directive, "requires", stripIgnoredCharacters(print(selectionSet)).slice(1, -1));
    });
    return directives === undefined ? field : { ...field, directives };
  }

  const definitions = supergraph.definitions.map((definition) =>
    isFields(definition)
      ? {
          ...definition,
          fields: definition.fields?.map((field) => withoutArguments(definition.name.value, field)) ?? [],
        }
      : definition,
  );
  if (required.size === 0) return { document: supergraph, required, requirements };
  return {
    document: {
      ...supergraph,
      definitions: definitions.map((definition) =>
        isFields(definition)
          ? { ...definition, fields: [...definition.fields, ...fieldsOf(definition, { owners, required })] }
          : definition,
      ),
    },
    required,
    requirements,
  };
}

/** The new fields of a type: its own, and those that the interfaces it implements have got. */
function fieldsOf(
  { name, interfaces = [], fields = [] }: Fields,
  {
    owners,
    required,
  }: { owners: ReadonlyMap<string, ReadonlySet<string>>; required: ReadonlyMap<string, RequiredField> },
): FieldDefinitionNode[] {
  const types = [name.value, ...interfaces.map((type) => type.name.value)];
  return [...owners].flatMap(([key, owning]) => {
    const original = fields.find((field) => field.name.value === required.get(key)?.name);
    if (original === undefined || !types.some((type) => owning.has(type))) return [];
    return [{ ...original, description: undefined, name: { kind: Kind.NAME, value: key }, arguments: [] }];
  });
}

/** What a subgraph is really asked for. */
export function withRequiredArguments(
  operation: DocumentNode,
  required: ReadonlyMap<string, RequiredField>,
): DocumentNode {
  if (required.size === 0) return operation;
  return visit(operation, {
    Field: (field) => {
      const original = required.get(field.name.value);
      if (original === undefined) return undefined;
      return {
        ...field,
        alias: field.alias ?? field.name,
        name: { kind: Kind.NAME, value: original.name },
        arguments: original.arguments,
      };
    },
  });
}

function isFields(definition: {
  readonly kind: Kind;
}): definition is Fields & { fields: readonly FieldDefinitionNode[] } {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

function parseFieldSet(fieldSet: string): SelectionSetNode {
  const [definition] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`"${fieldSet}" is not a set of fields.`);
  return definition.selectionSet;
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function stringArgument(
  { name, arguments: given = [] }: ConstDirectiveNode,
  wanted: string,
): StringValueNode | undefined {
  const value = name.value === "join__field" ? given.find((one) => one.name.value === wanted)?.value : undefined;
  return value?.kind === Kind.STRING ? value : undefined;
}

function graphOf({ arguments: given = [] }: ConstDirectiveNode): string {
  const value = given.find(({ name }) => name.value === "graph")?.value;
  return value?.kind === Kind.ENUM ? value.value : "";
}

function withArgument(directive: ConstDirectiveNode, name: string, value: string): ConstDirectiveNode {
  const others = (directive.arguments ?? []).filter((argument) => argument.name.value !== name);
  const argument = {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: name },
    value: { kind: Kind.STRING, value },
  } as const;
  return { ...directive, arguments: [...others, argument] };
}
