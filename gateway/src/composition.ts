import { composeServices } from "@apollo/composition";
import { buildASTSchema, parse } from "graphql";
import { unanswerable } from "./executor/plannable.js";

/** Composes subgraph SDLs into a supergraph. @throws with everything that does not fit together or can never be answered. */
export function compose(subgraphs: readonly { readonly name: string; readonly sdl: string }[]): string {
  const { errors, supergraphSdl } = composeServices(
    subgraphs.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl), url: `http://${name}.invalid/graphql` })),
  );
  const problems =
    supergraphSdl === undefined
      ? (errors ?? []).map(({ message }) => message)
      : unanswerable(buildASTSchema(parse(supergraphSdl), { assumeValid: true }));
  if (supergraphSdl !== undefined && problems.length === 0) return supergraphSdl;
  throw new Error(`The subgraphs do not compose:\n${problems.map((problem) => `- ${problem}`).join("\n")}`);
}
