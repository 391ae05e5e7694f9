import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import { findPrograms } from "./program.store.js";
import type { Program } from "./program.type.js";

export const programLoader = defineLoader<LearningContext, string, Program>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await findPrograms(ctx.db, ids),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);
