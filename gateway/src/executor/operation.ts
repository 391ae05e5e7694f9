import type { QueryPlan } from "@apollo/query-planner";
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from "graphql";
import { type FieldKeys, isIntrospection } from "./names.js";
import { type Fetch, type PlanContext, type Step, compileFetch, compilePlan, wholeFetch } from "./plan.js";
import { type Writing, compileShape } from "./shape.js";

/** Shapes that are kept of one operation: each combination of the variables of `@skip` and `@include` has its own. */
const KEPT_SHAPES = 64;

type Shape = (data: unknown, writing: Writing) => string | undefined;

/** An operation that is ready to run: its plan, and how its answer is written. */
export class CompiledOperation {
  /** What a subscription asks of the subgraph that has its events; undefined for other operations. */
  readonly primary: Fetch | undefined;
  /** Undefined when no subgraph is needed. */
  readonly step: Step | undefined;
  /** The part of the operation that asks about the schema; undefined when none does. */
  readonly introspection: DocumentNode | undefined;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #conditions: readonly string[];
  readonly #shapes = new Map<string, Shape>();

  /** @param responseNames the names in the answer of keys in answers of subgraphs, where they differ */
  constructor(
    document: DocumentNode,
    readonly definition: OperationDefinitionNode,
    { node }: QueryPlan,
    readonly responseNames: ReadonlyMap<string, string>,
    private readonly context: PlanContext & { readonly apiSchema: GraphQLSchema; readonly keys: FieldKeys },
  ) {
    if (node?.kind === "Subscription") {
      this.primary = compileFetch(wholeFetch(node.primary), context, []);
      this.step = node.rest && compilePlan(node.rest, context);
    } else this.step = node && compilePlan(node, context);
    this.#fragments = new Map(
      document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
    );
    this.#conditions = conditionsOf(document);
    this.introspection = introspectionOf(definition, document);
  }

  /** @param variables the values of the operation's variables, defaults included */
  shape(variables: Readonly<Record<string, unknown>>): Shape {
    const choice = this.#conditions.map((name) => (variables[name] === true ? "1" : "0")).join("");
    const known = this.#shapes.get(choice);
    if (known !== undefined) return known;
    const { apiSchema, keys } = this.context;
    const rootType = apiSchema.getRootType(this.definition.operation);
    if (rootType === undefined || rootType === null) throw new Error("The schema has no such operations.");
    const shape = compileShape(rootType, this.definition.selectionSet, {
      schema: apiSchema,
      fragments: this.#fragments,
      keys,
      conditions: variables,
    });
    if (this.#shapes.size >= KEPT_SHAPES) this.#shapes.clear();
    this.#shapes.set(choice, shape);
    return shape;
  }
}

/** The variables that decide which fields there are. */
function conditionsOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value !== "skip" && name.value !== "include") return;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/** Only what is asked about the schema, to be executed without any resolver of ours. */
function introspectionOf(operation: OperationDefinitionNode, document: DocumentNode): DocumentNode | undefined {
  let isAsked = false;
  const asked = visit(document, {
    OperationDefinition: (definition) => (definition === operation ? undefined : null),
    FragmentDefinition: ({ typeCondition }) => (typeCondition.name.value.startsWith("__") ? false : undefined),
    Field: (field) => {
      if (!isIntrospection(field)) return null;
      isAsked = true;
      return false;
    },
  });
  return isAsked ? asked : undefined;
}
