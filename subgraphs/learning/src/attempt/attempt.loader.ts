import { defineLoader, definePageLoader, paginateEach, withGrants } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import * as store from "./attempt.store.js";
import type { Attempt, AttemptItem, Score, SubtestScore } from "./attempt.type.js";

/** Attempts of students whose scores the viewer has just been allowed to see. */
export const attemptsLoader = definePageLoader<LearningContext, Attempt>((ctx, studentIds, args) =>
  withGrants(studentIds, () =>
    paginateEach<Attempt>({
      args,
      parentIds: studentIds,
      rows: (query) => store.findAttemptsOf(ctx.db, studentIds, query),
      parentOf: ({ studentId }) => studentId,
      sortValueOf: ({ startedAt }) => startedAt,
      counts: () => withGrants(studentIds, () => store.countAttemptsOf(ctx.db, studentIds)),
    }),
  ),
);

/** An attempt that the viewer holds, which includes having been allowed to see its student's scores. */
export interface AttemptKey {
  readonly id: string;
  readonly studentId: string;
}

export function keyOf({ id, studentId }: AttemptKey): AttemptKey {
  return { id, studentId };
}

function granted<Result>(
  keys: readonly AttemptKey[],
  load: (attemptIds: string[]) => Promise<Result>,
): Promise<Result> {
  return withGrants([...new Set(keys.map(({ studentId }) => studentId))], () => load(keys.map(({ id }) => id)));
}

export const scoreLoader = defineLoader<LearningContext, AttemptKey, Score | null>(async (ctx, keys) => {
  const scores = await granted(keys, (ids) => store.findScores(ctx.db, ids));
  const scoreOf = new Map(scores.map((score) => [score.attemptId, score]));
  return keys.map(({ id }) => scoreOf.get(id) ?? null);
});

export const subtestScoresLoader = defineLoader<LearningContext, AttemptKey, SubtestScore[]>(async (ctx, keys) => {
  const scores = Map.groupBy(
    await granted(keys, (ids) => store.findSubtestScores(ctx.db, ids)),
    ({ attemptId }) => attemptId,
  );
  return keys.map(({ id }) => scores.get(id) ?? []);
});

/** The response that counts, by item, of each attempt. */
export const responsesLoader = defineLoader<LearningContext, AttemptKey, Map<string, readonly string[]>>(
  async (ctx, keys) => {
    const responses = Map.groupBy(
      await granted(keys, (ids) => store.findResponses(ctx.db, ids)),
      ({ attemptId }) => attemptId,
    );
    return keys.map(({ id }) => new Map((responses.get(id) ?? []).map(({ itemId, response }) => [itemId, response])));
  },
);

/** The items of a tryout in order; row level security shows them only to those who sit or sat it. */
export const itemsLoader = defineLoader<LearningContext, string, Omit<AttemptItem, "response">[]>(
  async (ctx, tryoutIds) => {
    const items = Map.groupBy(await store.findItems(ctx.db, tryoutIds), ({ tryoutId }) => tryoutId);
    return tryoutIds.map((tryoutId) => items.get(tryoutId) ?? []);
  },
);
