import { defineLoader, inOrderOf } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import * as store from "./category.store.js";
import type { QuestionCategory } from "./category.type.js";

/** Null for a category that the viewer may not see. */
export const categoryLoader = defineLoader<LearningContext, string, QuestionCategory | null>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findCategories(ctx.db, ids),
    ({ id }) => id,
    () => null,
  ),
);
