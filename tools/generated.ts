import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The committed files that a program writes. */
const patterns = [
  "subgraphs/*/schema.graphql",
  "gateway/{supergraph,schema}.graphql",
  "gateway/persisted-documents.json",
  "dashboards/*/src/gql/**/*.*",
];

/** The generated files under `root` and what is in them. */
export function readGenerated(root: string): Map<string, string> {
  const files = globSync(patterns, { cwd: root });
  return new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
}

/** The names of the files that were added, removed or changed, in order. */
export function compareGenerated(before: Map<string, string>, after: Map<string, string>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).toSorted();
}
