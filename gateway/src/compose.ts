import { readFile, writeFile } from "node:fs/promises";
import { Supergraph } from "@apollo/federation-internals";
import { SUBGRAPHS } from "@lentera/prisma/migrate";
import { printSchema } from "graphql";
import { compose } from "./composition.js";
import { SUPERGRAPH_FILE } from "./supergraph.js";

/** Writes `supergraph.graphql` and the public `schema.graphql` from the subgraphs' committed SDLs. */
const subgraphs = await Promise.all(
  SUBGRAPHS.map(async (name) => ({
    name,
    sdl: await readFile(new URL(`../../subgraphs/${name}/schema.graphql`, import.meta.url), "utf8"),
  })),
);
try {
  const supergraphSdl = compose(subgraphs);
  const publicSchema = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
  await writeFile(SUPERGRAPH_FILE, `${supergraphSdl.trimEnd()}\n`);
  await writeFile(new URL("../schema.graphql", import.meta.url), `${printSchema(publicSchema)}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
