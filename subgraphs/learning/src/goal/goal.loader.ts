import { asSystem, defineLoader, definePageLoader, paginateEach, withGrants } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import { findChance } from "../program/program.service.js";
import * as store from "./goal.store.js";
import type { Goal } from "./goal.type.js";

/** Goals of students for whom the viewer may set goals. */
export const goalsLoader = definePageLoader<LearningContext, Goal>((ctx, studentIds, args) =>
  withGrants(studentIds, () =>
    paginateEach<Goal>({
      args,
      parentIds: studentIds,
      rows: (query) => store.findGoalsOf(ctx.db, studentIds, query),
      parentOf: ({ studentId }) => studentId,
      sortValueOf: ({ createdAt }) => createdAt,
      counts: () => withGrants(studentIds, () => store.countGoalsOf(ctx.db, studentIds)),
    }),
  ),
);

/** A goal that the caller holds. */
export type GoalKey = Pick<Goal, "id" | "kind" | "studentId" | "programId">;

export function goalKeyOf({ id, kind, studentId, programId }: GoalKey): GoalKey {
  return { id, kind, studentId, programId };
}

/** Where each goal stands, in the unit of its kind; null while nothing counts. */
export const currentLoader = defineLoader<LearningContext, GoalKey, number | null>(async (ctx, goals) => {
  const sums = await asSystem(() =>
    store.findCurrents(
      ctx.db,
      goals.map(({ id }) => id),
      ctx.now(),
    ),
  );
  const sumOf = new Map(sums.map(({ id, current }) => [id, current]));
  return Promise.all(
    goals.map(async ({ id, studentId, programId }) =>
      programId === null ? (sumOf.get(id) ?? null) : (await findChance(ctx, studentId, programId)).probability,
    ),
  );
});
