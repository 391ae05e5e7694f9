import type { FetchNode, PlanNode, QueryPlanSelectionNode } from "@apollo/query-planner";
import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  getOperationAST,
  print,
  stripIgnoredCharacters,
  visit,
} from "graphql";
import type { PlanPath } from "./places.js";
import { type Representation, compileRepresentation } from "./representation.js";
import { type PlanningSupergraph, withRequiredArguments } from "./required-arguments.js";
import { type Rewrite, compileRewrites } from "./rewrites.js";

/** One request to one subgraph. */
export interface Fetch {
  readonly kind: "fetch";
  readonly subgraph: string;
  /** Where in the answer its result belongs. */
  readonly path: PlanPath;
  readonly document: DocumentNode;
  /** The text of `document`. */
  readonly query: string;
  readonly operationName: string | undefined;
  readonly isMutation: boolean;
  /** The variables of the operation that are passed on. */
  readonly variables: readonly string[];
  /** How each object at `path` is told to the subgraph; undefined when the fetch starts at a root type. */
  readonly representation: Representation | undefined;
  readonly inputRewrite: Rewrite | undefined;
  readonly outputRewrite: Rewrite | undefined;
  /** The keys that the result brings, each of which is missing when the subgraph fails. */
  readonly keys: readonly string[];
}

export type Step =
  | Fetch
  | { readonly kind: "sequence" | "parallel"; readonly steps: readonly Step[] }
  | {
      readonly kind: "condition";
      readonly variable: string;
      readonly whenTrue: Step | undefined;
      readonly whenFalse: Step | undefined;
    };

export interface PlanContext {
  readonly schema: GraphQLSchema;
  readonly supergraph: Pick<PlanningSupergraph, "required" | "requirements">;
  /** The name of a subgraph in the supergraph's enum of graphs. */
  readonly graphOf: (subgraph: string) => string;
}

/** Prepares a plan, so that nothing of it has to be looked up again when it runs. */
export function compilePlan(node: PlanNode, context: PlanContext, path: PlanPath = []): Step {
  switch (node.kind) {
    case "Sequence":
      return { kind: "sequence", steps: node.nodes.map((child) => compilePlan(child, context, path)) };
    case "Parallel":
      return { kind: "parallel", steps: node.nodes.map((child) => compilePlan(child, context, path)) };
    case "Flatten":
      return compilePlan(node.node, context, [...path, ...node.path.map(String)]);
    case "Condition":
      return {
        kind: "condition",
        variable: node.condition,
        whenTrue: node.ifClause && compilePlan(node.ifClause, context, path),
        whenFalse: node.elseClause && compilePlan(node.elseClause, context, path),
      };
    case "Fetch": {
      const steps = withoutConflicts(node, context).map((part) => compileFetch(part, context, path));
      const [only] = steps;
      return steps.length === 1 && only !== undefined ? only : { kind: "parallel", steps };
    }
    case "Defer":
      throw new Error("Incremental delivery is not offered.");
  }
}

/** A fetch of which the subgraph is told certain values of required fields only. */
interface FetchPart {
  readonly node: FetchNode;
  readonly document: DocumentNode;
  readonly requires: readonly QueryPlanSelectionNode[] | undefined;
}

export function compileFetch({ node, document, requires }: FetchPart, context: PlanContext, path: PlanPath): Fetch {
  const { schema, supergraph } = context;
  const nameOf = (key: string): string => supergraph.required.get(key)?.name ?? key;
  const real = withRequiredArguments(document, supergraph.required);
  return {
    kind: "fetch",
    subgraph: node.serviceName,
    path,
    document: real,
    query: real === node.operationDocumentNode ? node.operation : stripIgnoredCharacters(print(real)),
    operationName: node.operationName,
    isMutation: node.operationKind === OperationTypeNode.MUTATION,
    variables: operationOf(real).variableDefinitions?.map(({ variable }) => variable.name.value) ?? [],
    representation: requires && compileRepresentation(schema, requires, nameOf),
    inputRewrite: compileRewrites(schema, node.inputRewrites),
    outputRewrite: compileRewrites(schema, node.outputRewrites),
    keys: keysOf(requires === undefined ? operationOf(real).selectionSet : entitySelections(real)),
  };
}

/** The only part of a fetch in which nothing conflicts. */
export function wholeFetch(node: FetchNode): FetchPart {
  if (node.operationDocumentNode === undefined) throw new Error("The planner did not give the document of a fetch.");
  return { node, document: node.operationDocumentNode, requires: node.requires };
}

/**
 * Two fields of one fetch can require the same field with different arguments, but a representation holds one value of it:
 * then each of them is fetched on its own.
 */
function withoutConflicts(node: FetchNode, context: PlanContext): readonly FetchPart[] {
  const whole = wholeFetch(node);
  const { requires } = node;
  const alternatives = requires === undefined ? new Set<string>() : conflictsIn(requires, context);
  if (requires === undefined || alternatives.size === 0) return [whole];

  const graph = context.graphOf(node.serviceName);
  const needsOf = (typeName: string, field: string): string[] =>
    [...(context.supergraph.requirements.get(`${graph}/${typeName}.${field}`) ?? [])].filter((name) =>
      alternatives.has(name),
    );
  const nameOf = (key: string): string => context.supergraph.required.get(key)?.name ?? key;
  const parts: Set<string>[] = [];
  const partOf = new Map<string, Set<string>>();
  forEachField(entitySelections(whole.document), (typeName, field) => {
    const needs = needsOf(typeName, field);
    const fits = (part: Set<string>): boolean =>
      needs.every((need) => [...part].every((other) => other === need || nameOf(other) !== nameOf(need)));
    const part = parts.find(fits) ?? new Set<string>();
    if (!parts.includes(part)) parts.push(part);
    for (const need of needs) part.add(need);
    partOf.set(`${typeName}.${field}`, part);
  });
  return parts.map((part) => ({
    node,
    document: onlyFields(whole.document, (typeName, field) => partOf.get(`${typeName}.${field}`) === part),
    requires: withoutNames(requires, (name) => alternatives.has(name) && !part.has(name)),
  }));
}

/** The names in a representation that stand for the same field with different arguments. */
function conflictsIn(selections: readonly QueryPlanSelectionNode[], context: PlanContext): Set<string> {
  const byName = new Map<string, Set<string>>();
  const conflicts = new Set<string>();
  const visitAll = (nodes: readonly QueryPlanSelectionNode[]): void => {
    for (const node of nodes) {
      if (node.kind === "Field") {
        const name = context.supergraph.required.get(node.name)?.name;
        if (name !== undefined) byName.set(name, (byName.get(name) ?? new Set()).add(node.name));
        for (const conflict of conflictsIn(node.selections ?? [], context)) conflicts.add(conflict);
      } else visitAll(node.selections);
    }
  };
  visitAll(selections);
  for (const names of byName.values()) if (names.size > 1) for (const name of names) conflicts.add(name);
  return conflicts;
}

function withoutNames(
  selections: readonly QueryPlanSelectionNode[],
  isLeftOut: (name: string) => boolean,
): QueryPlanSelectionNode[] {
  return selections
    .filter((selection) => selection.kind !== "Field" || !isLeftOut(selection.name))
    .map((selection) =>
      selection.selections === undefined
        ? selection
        : { ...selection, selections: withoutNames(selection.selections, isLeftOut) },
    );
}

/** Keeps those fields of the entities, and the variables that they use. */
function onlyFields(document: DocumentNode, isKept: (typeName: string, field: string) => boolean): DocumentNode {
  const filtered = (selectionSet: SelectionSetNode, typeName: string): SelectionSetNode => ({
    ...selectionSet,
    selections: selectionSet.selections.flatMap((selection): readonly SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return isKept(typeName, selection.name.value) ? [selection] : [];
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
      const inner = filtered(selection.selectionSet, selection.typeCondition?.name.value ?? typeName);
      return inner.selections.length === 0 ? [] : [{ ...selection, selectionSet: inner }];
    }),
  });
  const entities = entitySelections(document);
  const fields = visit(document, {
    SelectionSet: (selectionSet) => (selectionSet === entities ? filtered(selectionSet, "") : undefined),
  });
  const used = new Set<string>();
  visit(operationOf(fields).selectionSet, { Variable: ({ name }) => void used.add(name.value) });
  return visit(fields, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? false : null),
  });
}

function forEachField(selectionSet: SelectionSetNode, visitField: (typeName: string, field: string) => void): void {
  const visitAll = ({ selections }: SelectionSetNode, typeName: string): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) visitField(typeName, selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        visitAll(selection.selectionSet, selection.typeCondition?.name.value ?? typeName);
    }
  };
  visitAll(selectionSet, "");
}

function operationOf(document: DocumentNode): OperationDefinitionNode {
  const operation = getOperationAST(document);
  if (!operation) throw new Error("The planner gave a fetch without an operation.");
  return operation;
}

/** What is selected of `_entities`. */
function entitySelections(document: DocumentNode): SelectionSetNode {
  const [entities] = operationOf(document).selectionSet.selections;
  if (entities?.kind !== Kind.FIELD || entities.selectionSet === undefined)
    throw new Error("The planner gave a fetch of entities without their fields.");
  return entities.selectionSet;
}

function keysOf(selectionSet: SelectionSetNode): string[] {
  const keys = selectionSet.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.alias?.value ?? selection.name.value];
    return selection.kind === Kind.INLINE_FRAGMENT ? keysOf(selection.selectionSet) : [];
  });
  return [...new Set(keys)].filter((key) => key !== "__typename");
}
