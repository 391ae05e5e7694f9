import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import { visibleTo } from "./question.policy.js";
import * as store from "./question.store.js";
import type { Question, QuestionUsage } from "./question.type.js";

export const questionLoader = defineLoader<LearningContext, string, Question>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findQuestions(ctx.db, visibleTo(ctx.viewer), ids),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);

/** Row level security leaves out the keys that are not the viewer's. */
export const keyLoader = defineLoader<LearningContext, string, store.KeyRow | null>(async (ctx, itemIds) =>
  inOrderOf(
    itemIds,
    await store.findKeys(ctx.db, itemIds),
    ({ itemId }) => itemId,
    () => null,
  ),
);

export const usageLoader = defineLoader<LearningContext, string, QuestionUsage>(async (ctx, itemIds) =>
  inOrderOf(
    itemIds,
    await store.findUsage(ctx.db, itemIds),
    ({ itemId }) => itemId,
    () => ({ tryoutCount: 0, exposureCount: 0, lastUsedAt: null }),
  ),
);
