import { defineLoader, inOrderOf, withGrants } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import { type Learner, findLearners, newLearner } from "./learner.store.js";

/** Learners whom the owner of the relationship lets the viewer see; who has not begun yet has nothing. */
export const learnerLoader = defineLoader<LearningContext, string, Learner>(async (ctx, userIds) => {
  const learners = await withGrants(userIds, () => findLearners(ctx.db, userIds));
  return inOrderOf(userIds, learners, ({ userId }) => userId, newLearner);
});
