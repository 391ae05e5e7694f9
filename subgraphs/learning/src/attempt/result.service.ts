import { asSystem, defineLoader } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import { markResponse } from "../question/response.rules.js";
import { canManage } from "../tryout/tryout.policy.js";
import { areResultsOut, isReviewOpen } from "../tryout/tryout.rules.js";
import { findTryouts } from "../tryout/tryout.store.js";
import type { Tryout } from "../tryout/tryout.type.js";
import { keyOf, responsesLoader, scoreLoader, subtestScoresLoader } from "./attempt.loader.js";
import { isOwn } from "./attempt.policy.js";
import type { Attempt, ReviewedItem, Score, SubtestScore } from "./attempt.type.js";
import { type ReviewKey, findReviewKeys } from "./scoring.store.js";

/** What the tryout says about results, also for a guardian, to whom the tryout itself is not offered. */
const rulesLoader = defineLoader<LearningContext, string, Tryout | undefined>(async (ctx, tryoutIds) => {
  const tryouts = new Map((await asSystem(() => findTryouts(ctx.db, tryoutIds))).map((tryout) => [tryout.id, tryout]));
  return tryoutIds.map((id) => tryouts.get(id));
});

/** Read as the system, once a review is allowed. */
const reviewKeysLoader = defineLoader<LearningContext, string, ReviewKey[]>(async (ctx, tryoutIds) => {
  const keys = Map.groupBy(await asSystem(() => findReviewKeys(ctx.db, tryoutIds)), ({ tryoutId }) => tryoutId);
  return tryoutIds.map((id) => keys.get(id) ?? []);
});

async function mayKnowResult(ctx: LearningContext, attempt: Attempt): Promise<boolean> {
  const tryout = await rulesLoader(ctx).load(attempt.tryoutId);
  return tryout !== undefined && (areResultsOut(tryout, ctx.now()) || canManage(ctx.viewer, tryout));
}

/** Null until the attempt is scored and its results are out. */
export async function findScore(ctx: LearningContext, attempt: Attempt): Promise<Score | null> {
  return (await mayKnowResult(ctx, attempt)) ? scoreLoader(ctx).load(keyOf(attempt)) : null;
}

/** Empty until the attempt is scored and its results are out. */
export async function listSubtestScores(ctx: LearningContext, attempt: Attempt): Promise<SubtestScore[]> {
  return (await mayKnowResult(ctx, attempt)) ? subtestScoresLoader(ctx).load(keyOf(attempt)) : [];
}

/** The paper with its keys, for the student who sat it; null until review is allowed. */
export async function findReview(ctx: LearningContext, attempt: Attempt): Promise<ReviewedItem[] | null> {
  const tryout = await rulesLoader(ctx).load(attempt.tryoutId);
  const isAllowed = tryout !== undefined && attempt.status === "SCORED" && isReviewOpen(tryout, ctx.now());
  if (!isAllowed || !isOwn(ctx.viewer, attempt)) return null;
  const [keys, responses] = await Promise.all([
    reviewKeysLoader(ctx).load(attempt.tryoutId),
    responsesLoader(ctx).load(keyOf(attempt)),
  ]);
  return keys.map((key) => {
    const response = responses.get(key.itemId) ?? [];
    const { itemId, correct, explanation } = key;
    return { itemId, response, correct, explanation, ...markResponse(key, response) };
  });
}
