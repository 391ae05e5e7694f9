import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import * as store from "./tryout.store.js";
import type { Tryout, TryoutSubtest } from "./tryout.type.js";

export const tryoutLoader = defineLoader<LearningContext, string, Tryout>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findTryouts(ctx.db, ids),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);

export const subtestsLoader = defineLoader<LearningContext, string, TryoutSubtest[]>(async (ctx, tryoutIds) => {
  const subtests = await store.findSubtests(ctx.db, tryoutIds);
  return tryoutIds.map((tryoutId) => subtests.get(tryoutId) ?? []);
});
