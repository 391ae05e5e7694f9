import {
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  isAbstractType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
} from "graphql";
import type { Step } from "./plan.js";

/**
 * To come back to a subgraph with what a field requires, the planner takes the first key of the type there, even one by which
 * that subgraph finds nothing. Here those come last.
 */
export function resolvableKeysFirst(supergraph: DocumentNode): DocumentNode {
  let isChanged = false;
  const definitions = supergraph.definitions.map((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      return definition;
    const { directives = [] } = definition;
    const sorted = directives.toSorted((a, b) => Number(isUnresolvableKey(a)) - Number(isUnresolvableKey(b)));
    if (sorted.every((directive, index) => directive === directives[index])) return definition;
    isChanged = true;
    return { ...definition, directives: sorted };
  });
  return isChanged ? { ...supergraph, definitions } : supergraph;
}

/** Root fields of an operation that a plan never fetches: the planner leaves out silently what no subgraph can answer. */
export function unplannedFields(
  { selectionSet }: OperationDefinitionNode,
  step: Step | undefined,
  keyOf: (field: OperationDefinitionNode["selectionSet"]["selections"][number] & { kind: Kind.FIELD }) => string,
): string[] {
  const planned = new Set(step === undefined ? [] : rootKeys(step));
  return selectionSet.selections.flatMap((selection) => {
    if (selection.kind !== Kind.FIELD || (selection.directives ?? []).length > 0) return [];
    const { value: name } = selection.name;
    return name.startsWith("__") || planned.has(keyOf(selection)) ? [] : [name];
  });
}

function rootKeys(step: Step): readonly string[] {
  switch (step.kind) {
    case "fetch":
      return step.path.length === 0 ? step.keys : [];
    case "condition":
      return [step.whenTrue, step.whenFalse].flatMap((branch) => (branch === undefined ? [] : rootKeys(branch)));
    case "parallel":
    case "sequence":
      return step.steps.flatMap(rootKeys);
  }
}

/** What composes but can never be answered, one sentence for each; nothing for a sound supergraph. */
export function unanswerable(supergraph: GraphQLSchema): string[] {
  return Object.values(supergraph.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) => {
      const place = `${type.name}.${field.name}`;
      const returned = getNamedType(field.type);
      const problems: string[] = [];
      if (isAbstractType(returned) && supergraph.getPossibleTypes(returned).length === 0)
        problems.push(`${place} returns ${returned.name}, but no object is a ${returned.name} in any subgraph.`);
      for (const directive of field.astNode?.directives ?? []) {
        if (directive.name.value !== "join__field") continue;
        if (valueOf(directive, "contextArguments") !== undefined)
          problems.push(`${place} takes an argument from a context, which this gateway does not fill in.`);
      }
      return problems;
    });
  });
}

function isUnresolvableKey(directive: ConstDirectiveNode): boolean {
  return directive.name.value === "join__type" && valueOf(directive, "resolvable") === "false";
}

function valueOf({ arguments: given = [] }: ConstDirectiveNode, name: string): string | undefined {
  const value = given.find((argument) => argument.name.value === name)?.value;
  if (value === undefined) return undefined;
  return "value" in value ? String(value.value) : value.kind;
}
