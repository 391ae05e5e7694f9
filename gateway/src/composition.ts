import { composeServices } from "@apollo/composition";
import { parse } from "graphql";

/** Composes subgraph SDLs into a supergraph. @throws with everything that does not fit together. */
export function compose(subgraphs: readonly { readonly name: string; readonly sdl: string }[]): string {
  const { errors, supergraphSdl } = composeServices(
    subgraphs.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl), url: `http://${name}.invalid/graphql` })),
  );
  if (supergraphSdl !== undefined) return supergraphSdl;
  throw new Error(`The subgraphs do not compose:\n${(errors ?? []).map(({ message }) => `- ${message}`).join("\n")}`);
}
