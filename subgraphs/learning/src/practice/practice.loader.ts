import { defineLoader, inOrderOf } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import * as store from "./practice.store.js";
import type { PracticeItem } from "./practice.type.js";

export const currentItemLoader = defineLoader<LearningContext, string, PracticeItem | null>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findCurrentItems(ctx.db, ids),
    ({ sessionId }) => sessionId,
    () => null,
  ),
);

export const answeredCountLoader = defineLoader<LearningContext, string, number>(async (ctx, ids) => {
  const counts = await store.countAnswers(ctx.db, ids);
  return ids.map((id) => counts.get(id) ?? 0);
});

export const scaleLoader = defineLoader<LearningContext, string, store.ExamScale>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findScales(ctx.db, ids),
    ({ id }) => id,
    (id) => new Error(`No exam type ${id}`),
  ),
);
