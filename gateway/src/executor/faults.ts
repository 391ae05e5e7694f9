import { GraphQLError } from "graphql";
import type { ResponsePath } from "./places.js";

/** The errors of an answer. Every null that the schema does not allow is explained by one of them. */
export class Faults {
  readonly errors: GraphQLError[] = [];
  /** Grows whenever writing the answer meets a fault, a new one or one already told. */
  count = 0;
  #isIncomplete = false;
  /** The paths of errors, and all their beginnings; made when they are needed. */
  #paths: { readonly exact: Set<string>; readonly beginnings: Set<string> } | undefined;

  add(error: GraphQLError): void {
    this.count += 1;
    this.errors.push(error);
    if (this.#paths === undefined) return;
    this.#note(error.path, this.#paths);
  }

  /** More has failed than is told in single errors. */
  addRest(): void {
    this.#isIncomplete = true;
  }

  /** @param path where a null stands that may not be there. */
  forbiddenNull(path: ResponsePath): void {
    this.count += 1;
    if (!this.#isExplained(path))
      this.add(new GraphQLError("A field that always has a value got none.", { path: [...path] }));
  }

  #isExplained(path: ResponsePath): boolean {
    if (this.#paths === undefined) {
      this.#paths = { exact: new Set(), beginnings: new Set() };
      for (const error of this.errors) this.#note(error.path, this.#paths);
    }
    if (this.#isIncomplete) return true;
    const { exact, beginnings } = this.#paths;
    return beginnings.has(JSON.stringify(path)) || path.some((_, end) => exact.has(JSON.stringify(path.slice(0, end))));
  }

  #note(path: ResponsePath | undefined, { exact, beginnings }: { exact: Set<string>; beginnings: Set<string> }): void {
    // An error that says nothing of its place can be behind any null.
    if (path === undefined) this.#isIncomplete = true;
    else {
      exact.add(JSON.stringify(path));
      for (let end = 0; end <= path.length; end++) beginnings.add(JSON.stringify(path.slice(0, end)));
    }
  }
}
