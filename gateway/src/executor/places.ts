import { type JsonObject, isObject } from "./json.js";

/** A path of a plan: response names, and `@` for the elements of a list. */
export type PlanPath = readonly string[];
export type ResponsePath = readonly (string | number)[];

const ELEMENTS = "@";

/** The objects at a path, each once however many places it stands in. */
export function objectsAt(root: JsonObject, path: PlanPath): JsonObject[] {
  let current: unknown[] = [root];
  for (const step of path) {
    const next = new Set<unknown>();
    for (const value of current) {
      if (step === ELEMENTS) {
        if (Array.isArray(value)) for (const element of value) next.add(element);
      } else if (isObject(value)) next.add(value[step]);
    }
    current = [...next];
  }
  return current.flatMap((value) => value).filter(isObject);
}

/** Every place in the answer at which an object of the path stands, at most `limit` of them. */
export function placesAt(
  root: JsonObject,
  path: PlanPath,
  limit: number,
): { readonly place: ResponsePath; readonly object: JsonObject }[] {
  const found: { place: ResponsePath; object: JsonObject }[] = [];

  function visit(value: unknown, place: ResponsePath, depth: number): void {
    if (found.length >= limit || value === null || value === undefined) return;
    const step = path[depth];
    if (Array.isArray(value)) {
      const nextDepth = step === ELEMENTS ? depth + 1 : depth;
      value.forEach((element, index) => visit(element, [...place, index], nextDepth));
    } else if (!isObject(value)) return;
    else if (step === undefined) found.push({ place, object: value });
    else visit(value[step], [...place, step], depth + 1);
  }

  visit(root, [], 0);
  return found;
}
