import { type Schema, Supergraph, operationFromDocument } from "@apollo/federation-internals";
import { type QueryPlan, QueryPlanner } from "@apollo/query-planner";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  getOperationAST,
  parse,
} from "graphql";
import { BoundedCache } from "../bounded-cache.js";
import { declareCosts } from "../declared-costs.js";
import { FieldKeys } from "./names.js";
import { CompiledOperation } from "./operation.js";
import { resolvableKeysFirst, unplannedFields } from "./plannable.js";
import { type PlanningSupergraph, nameRequiredArguments } from "./required-arguments.js";

/** Characters of source text whose compiled operations are kept. */
const COMPILED_CHARACTERS = 4_000_000;

/** One version of the supergraph, and the operations compiled for it. */
export class Planning {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
  readonly #apiSchema: Schema;
  readonly #supergraphSchema: GraphQLSchema;
  readonly #supergraph: PlanningSupergraph;
  readonly #graphNames: ReadonlyMap<string, string>;
  readonly #planner: QueryPlanner;
  readonly #keys: FieldKeys;
  readonly #operations = new BoundedCache<CompiledOperation>(COMPILED_CHARACTERS);

  constructor(readonly sdl: string) {
    const document = parse(sdl, { noLocation: true });
    const supergraph = Supergraph.build(document, { validateSupergraph: false });
    this.#supergraph = nameRequiredArguments(resolvableKeysFirst(document));
    const forPlanning =
      this.#supergraph.document === document
        ? supergraph
        : Supergraph.build(this.#supergraph.document, { validateSupergraph: false });
    this.#apiSchema = supergraph.apiSchema();
    this.#supergraphSchema = supergraph.schema.toGraphQLJSSchema();
    this.#planner = new QueryPlanner(forPlanning, { exposeDocumentNodeInFetchNode: true });
    this.schema = this.#apiSchema.toGraphQLJSSchema();
    declareCosts(this.schema, document);
    this.#keys = new FieldKeys(this.#supergraphSchema);
    this.subgraphs = [...supergraph.subgraphsMetadata()].map(({ name, url }) => ({ name, url }));
    this.#graphNames = graphNames(this.#supergraphSchema);
  }

  /** @param hash of `source`, the text of `document`, which must be valid */
  compile(
    document: DocumentNode,
    source: string,
    hash: string,
    operationName: string | undefined,
  ): CompiledOperation | undefined {
    const key = `${hash}:${operationName ?? ""}`;
    const known = this.#operations.get(key);
    if (known !== undefined) return known;
    const definition = getOperationAST(document, operationName);
    if (!definition) return undefined;
    const { document: renamed, responseNames } = this.#keys.rename(document);
    const plan = needsSubgraphs(definition) ? this.#plan(renamed, operationName) : { kind: "QueryPlan" as const };
    const compiled = new CompiledOperation(document, definition, plan, responseNames, {
      schema: this.#supergraphSchema,
      apiSchema: this.schema,
      supergraph: this.#supergraph,
      keys: this.#keys,
      graphOf: (subgraph) => this.#graphNames.get(subgraph) ?? subgraph,
    });
    const unplanned = unplannedFields(definition, compiled.primary ?? compiled.step, (field) => this.#keys.of(field));
    if (unplanned.length > 0)
      throw new GraphQLError(`No subgraph can answer what is asked of ${unplanned.join(", ")}.`, { nodes: definition });
    this.#operations.set(key, compiled, source.length);
    return compiled;
  }

  #plan(document: DocumentNode, operationName: string | undefined): QueryPlan {
    const options = operationName === undefined ? {} : { operationName };
    return this.#planner.buildQueryPlan(operationFromDocument(this.#apiSchema, document, options));
  }

  /** The name in the supergraph of a key that stands for a field with required arguments. */
  originalName(key: string): string {
    return this.#supergraph.required.get(key)?.name ?? key;
  }
}

/** False when an operation asks about the schema only. */
function needsSubgraphs({ selectionSet }: OperationDefinitionNode): boolean {
  return selectionSet.selections.some((node) => node.kind !== Kind.FIELD || !node.name.value.startsWith("__"));
}

/** The values of the supergraph's enum of graphs by the names of the subgraphs. */
function graphNames(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const type = schema.getType("join__Graph");
  if (type === undefined || !("getValues" in type)) throw new GraphQLError("This is not a supergraph.");
  return new Map(
    type.getValues().map(({ name, astNode }) => {
      const graph = astNode?.directives?.find((directive) => directive.name.value === "join__graph");
      const value = graph?.arguments?.find((argument) => argument.name.value === "name")?.value;
      return [value?.kind === Kind.STRING ? value.value : name, name];
    }),
  );
}
