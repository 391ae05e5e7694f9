import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import * as store from "./exam-type.store.js";
import type { ExamSubtest, ExamType } from "./exam-type.type.js";

export const examTypeLoader = defineLoader<LearningContext, string, ExamType>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findExamTypes(ctx.db, ids),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);

export const examSubtestsLoader = defineLoader<LearningContext, string, ExamSubtest[]>(async (ctx, ids) => {
  const subtests = Map.groupBy(await store.findExamSubtests(ctx.db, ids), ({ examTypeId }) => examTypeId);
  return ids.map((id) => subtests.get(id) ?? []);
});
