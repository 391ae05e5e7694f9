import DataLoader from "dataloader";
import type { ConnectionArguments, Page } from "./pagination.js";

/**
 * A batched lookup, one per request: define it once, then `thing(ctx).load(key)`. Keys may be objects; they are
 * compared by their JSON. The batch function answers in the order of its keys.
 */
export function defineLoader<Ctx extends object, Key, Value>(
  batch: (ctx: Ctx, keys: readonly Key[]) => Promise<readonly (Value | Error)[]>,
): (ctx: Ctx) => DataLoader<Key, Value, string> {
  const loaders = new WeakMap<Ctx, DataLoader<Key, Value, string>>();
  return (ctx) => {
    const existing = loaders.get(ctx);
    if (existing !== undefined) return existing;
    const loader = new DataLoader<Key, Value, string>((keys) => batch(ctx, keys), {
      cacheKeyFn: (key) => JSON.stringify(key),
    });
    loaders.set(ctx, loader);
    return loader;
  };
}

/** A key of {@link definePageLoader}. */
export interface PageKey {
  readonly parentId: string;
  readonly args: ConnectionArguments;
}

/** Pages of a relation: one call of `pages` for all parents of a selection, see `paginateEach`. */
export function definePageLoader<Ctx extends object, Row>(
  pages: (ctx: Ctx, parentIds: readonly string[], args: ConnectionArguments) => Promise<readonly Page<Row>[]>,
): (ctx: Ctx) => DataLoader<PageKey, Page<Row>, string> {
  return defineLoader<Ctx, PageKey, Page<Row>>(async (ctx, keys) => {
    const found = new Map<PageKey, Page<Row>>();
    for (const group of Map.groupBy(keys, ({ args }) => JSON.stringify(args)).values()) {
      const [{ args } = { args: {} }] = group;
      const each = await pages(
        ctx,
        group.map(({ parentId }) => parentId),
        args,
      );
      for (const [index, key] of group.entries()) {
        const page = each[index];
        if (page !== undefined) found.set(key, page);
      }
    }
    return keys.map((key) => found.get(key) ?? new Error(`No page for ${key.parentId}`));
  });
}

/** Puts rows into the order of keys; a key without a row gives `otherwise`. */
export function inOrderOf<Key, Row, Otherwise>(
  keys: readonly Key[],
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
  otherwise: (key: Key) => Otherwise,
): (Row | Otherwise)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? otherwise(key));
}
