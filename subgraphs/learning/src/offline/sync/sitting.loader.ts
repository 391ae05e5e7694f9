import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import type { Attempt } from "../../attempt/attempt.type.js";
import type { LearningContext } from "../../context.js";
import { findAttempts } from "./sitting.store.js";

/** Attempts that sittings became; who sees the sitting sees the attempt. */
export const attemptLoader = defineLoader<LearningContext, string, Attempt>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await findAttempts(ctx.db, ids),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);
