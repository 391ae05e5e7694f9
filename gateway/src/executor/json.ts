export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Adds what `source` knows to `target`, which takes over its objects: a result that belongs to several places of an answer
 * stands in all of them as one and the same object, and is walked, asked about and written once.
 */
export function merge(target: JsonObject, source: JsonObject): void {
  for (const key of Object.keys(source)) {
    const added = source[key];
    if (added === undefined || key === "__proto__") continue;
    const known = target[key];
    if (known === added) continue;
    if (isObject(known) && isObject(added)) merge(known, added);
    else if (Array.isArray(known) && Array.isArray(added) && known.length === added.length) mergeLists(known, added);
    else target[key] = added;
  }
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  source.forEach((added, index) => {
    const known = target[index];
    if (known === added) return;
    if (isObject(known) && isObject(added)) merge(known, added);
    else if (Array.isArray(known) && Array.isArray(added) && known.length === added.length) mergeLists(known, added);
    else target[index] = added;
  });
}

/** A copy that shares nothing with its original. */
export function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const key of Object.keys(value)) if (key !== "__proto__") result[key] = copy(value[key]);
  return result;
}
