import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  getArgumentValues,
  getNamedType,
  getNullableType,
  getOperationAST,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  valueFromASTUntyped,
} from "graphql";

/** Entries of a list about whose length nothing is known. */
const ASSUMED_LIST_SIZE = 10;
/** Entries of a page when the operation does not say how many it wants. */
const ASSUMED_PAGE_SIZE = 20;
/** What a field of `Mutation` costs beside what it answers. */
const MUTATION_COST = 10;
/** Keeps a sum over nested lists a number. */
const MAX_COST = 1_000_000_000;

/** What an operation costs: `objects` at most for the objects of its answer, and `fixed` whatever it answers. */
export interface Cost {
  readonly objects: number;
  readonly fixed: number;
}

/**
 * The static cost of a valid operation, after the cost directives specification (IBM, 2021): an object costs 1, a value
 * nothing, a list as many times its entries as it can have at most. A page has as many as `first` or `last` says;
 * `@listSize(assumedSize:)` and `@cost(weight:)` in the schema say otherwise.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  {
    operationName,
    variables = {},
  }: { operationName?: string | undefined; variables?: Record<string, unknown> | undefined },
): Cost {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return { objects: 0, fixed: 0 };
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  let fixed = 0;

  /** @param pageSize entries of the lists of a connection, where the field around it said so */
  function objectsOf(parent: GraphQLCompositeType, nodes: readonly SelectionSetNode[], pageSize?: number): number {
    let sum = 0;
    for (const [type, fields] of collect(parent, nodes)) {
      const [first] = fields;
      const definition = first && fieldOf(type, first);
      if (!first || !definition) continue;
      const weight = numberOf(definition.astNode, "cost", "weight");
      if (weight !== undefined) fixed += weight;
      const named = getNamedType(definition.type);
      if (!isCompositeType(named)) continue;
      const wanted = pageSizeOf(definition, first, variables);
      const isList = isListType(getNullableType(definition.type));
      const length = isList ? (listSizeOf(definition) ?? wanted ?? pageSize ?? ASSUMED_LIST_SIZE) : 1;
      const inner = objectsOf(
        named,
        fields.flatMap(({ selectionSet }) => selectionSet ?? []),
        isList ? undefined : wanted,
      );
      sum = Math.min(sum + length * (1 + inner), MAX_COST);
    }
    return sum;
  }

  /** The fields of an answer by what they are called in it, with the type they were asked of. */
  function collect(
    parent: GraphQLCompositeType,
    nodes: readonly SelectionSetNode[],
  ): readonly (readonly [GraphQLCompositeType, FieldNode[]])[] {
    const found = new Map<string, [GraphQLCompositeType, FieldNode[]]>();
    const seen = new Set<string>();
    const visit = (type: GraphQLCompositeType, { selections }: SelectionSetNode): void => {
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) {
          const key = `${type.name}.${selection.alias?.value ?? selection.name.value}`;
          const entry = found.get(key);
          if (entry === undefined) found.set(key, [type, [selection]]);
          else entry[1].push(selection);
          continue;
        }
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (fragment === undefined) continue;
        if (fragment.kind === Kind.FRAGMENT_DEFINITION) {
          if (seen.has(fragment.name.value)) continue;
          seen.add(fragment.name.value);
        }
        const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
        visit(isCompositeType(condition) ? condition : type, fragment.selectionSet);
      }
    };
    for (const node of nodes) visit(parent, node);
    return [...found.values()];
  }

  const objects = objectsOf(root, [operation.selectionSet]);
  if (operation.operation === OperationTypeNode.MUTATION)
    fixed += MUTATION_COST * collect(root, [operation.selectionSet]).length;
  return { objects, fixed };
}

/** Objects in the data of an answer, its root not counted. */
export function objectsIn(data: unknown): number {
  return Math.max(0, countObjects(data) - 1);
}

/** The same for data that is written already. */
export function objectsInText(json: string): number {
  const braces = json.replaceAll(STRINGS, "").split("{").length - 1;
  return Math.max(0, braces - 1);
}
const STRINGS = /"(?:[^"\\]|\\.)*"/g;

function countObjects(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value).reduce<number>((sum, part) => sum + countObjects(part), 0);
  return Array.isArray(value) ? inner : 1 + inner;
}

function fieldOf(type: GraphQLCompositeType, { name }: FieldNode): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name.value] : undefined;
}

/** How many entries a field with `first` or `last` wants; undefined for one without. */
function pageSizeOf(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Record<string, unknown>,
): number | undefined {
  if (!definition.args.some(({ name }) => name === "first")) return undefined;
  const given = argumentsOf(definition, node, variables);
  const sizes = [given["first"], given["last"]].filter((size) => typeof size === "number");
  return sizes.length === 0 ? ASSUMED_PAGE_SIZE : Math.max(0, ...sizes);
}

/** An operation whose variables do not fit is refused elsewhere. */
function argumentsOf(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Record<string, unknown>,
): Record<string, unknown> {
  try {
    return getArgumentValues(definition, node, variables);
  } catch {
    return {};
  }
}

function listSizeOf({ astNode }: GraphQLField<unknown, unknown>): number | undefined {
  return numberOf(astNode, "listSize", "assumedSize");
}

function numberOf(
  node: GraphQLField<unknown, unknown>["astNode"],
  directive: string,
  argument: string,
): number | undefined {
  const found = node?.directives
    ?.find(({ name }) => name.value === directive)
    ?.arguments?.find(({ name }) => name.value === argument);
  const value = found && Number(valueFromASTUntyped(found.value));
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}
