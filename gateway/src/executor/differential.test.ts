import { readFileSync } from "node:fs";
import { Supergraph, operationFromDocument } from "@apollo/federation-internals";
import { buildOperationContext, executeQueryPlan } from "@apollo/gateway";
import { QueryPlanner } from "@apollo/query-planner";
import { NoUnusedVariablesRule, parse, specifiedRules, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { readSupergraph } from "../supergraph.js";
import { type TestSource, federateSources } from "../testing/federation.js";
import { randomOperation } from "../testing/random-operation.js";
import { randomSubgraph } from "../testing/random-world.js";

const OPERATIONS = 80;
const NAMES = ["organization", "learning", "marketplace", "finance", "community"];

const supergraphSdl = await readSupergraph();
const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: false });
const planner = new QueryPlanner(supergraph, { exposeDocumentNodeInFetchNode: true });
const apiSchema = supergraph.apiSchema();
const schema = apiSchema.toGraphQLJSSchema();
const supergraphSchema = supergraph.schema.toGraphQLJSSchema();

/** What Apollo's own executor answers over the same subgraphs. */
async function reference(
  query: string,
  variables: Record<string, unknown>,
  sources: Readonly<Record<string, TestSource>>,
): Promise<{ data: unknown; hasErrors: boolean }> {
  const document = parse(query);
  const services = Object.entries(sources).map(([name, source]) => [
    name,
    {
      process: async ({ request, document: fetched }: { request: { variables?: object }; document?: unknown }) =>
        structuredClone(await source.fetch({ document: fetched, variables: request.variables } as never, {} as never)),
    },
  ]);
  const { data, errors, extensions } = await executeQueryPlan(
    planner.buildQueryPlan(operationFromDocument(apiSchema, document)),
    Object.fromEntries(services),
    { request: { query, variables }, logger: console, metrics: {} } as never,
    buildOperationContext({ schema, operationDocument: document }),
    supergraphSchema,
    apiSchema,
  );
  return { data: data ?? null, hasErrors: errors !== undefined || extensions?.["valueCompletion"] !== undefined };
}

describe.each([
  ["all answers are there", false],
  ["some fields fail", true],
])("random operations over the whole supergraph, when %s", (_when, failures) => {
  const sources = Object.fromEntries(
    NAMES.map((name) => {
      const sdl = readFileSync(new URL(`../../../subgraphs/${name}/schema.graphql`, import.meta.url), "utf8");
      return [name, randomSubgraph(name, sdl, { failures })];
    }),
  );

  it(`are answered as by the reference executor`, async () => {
    const { run } = await federateSources(supergraphSdl, sources);
    let withData = 0;
    for (let seed = 1; seed <= OPERATIONS; seed++) {
      const query = randomOperation(schema, seed + (failures ? OPERATIONS : 0));
      const rules = specifiedRules.filter((rule) => rule !== NoUnusedVariablesRule);
      expect(validate(schema, parse(query), rules)).toEqual([]);
      const used = ["$a", "$b"].filter((name) => query.split(name).length > 2);
      const declared = `(${used.map((name) => `${name}: Boolean!${name === "$a" ? " = true" : ""}`).join(", ")})`;
      const operation = query.replace(/^(query|mutation) \(.*?\)/, `$1 ${used.length === 0 ? "" : declared}`);
      const variables = used.includes("$b") ? { b: seed % 2 === 0 } : {};
      const [ours, theirs] = [await run(operation, { variables }), await reference(operation, variables, sources)];
      expect({ seed, operation, data: ours.data }).toEqual({ seed, operation, data: theirs.data });
      expect({ seed, operation, hasErrors: ours.errors !== undefined }).toEqual({
        seed,
        operation,
        hasErrors: theirs.hasErrors,
      });
      expect(JSON.stringify(ours.data)).toBe(JSON.stringify(theirs.data));
      if (ours.data !== null) withData += 1;
    }
    // A world in which nothing answers would prove nothing.
    expect(withData).toBeGreaterThan(OPERATIONS / 2);
  }, 60_000);
});
