import { readFile } from "node:fs/promises";

/** The committed composition of the five subgraphs; `compose.ts` writes it. */
export const SUPERGRAPH_FILE = new URL("../supergraph.graphql", import.meta.url);

export function readSupergraph(): Promise<string> {
  return readFile(SUPERGRAPH_FILE, "utf8");
}
