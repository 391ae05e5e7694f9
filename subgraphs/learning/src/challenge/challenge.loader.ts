import { asSystem, defineLoader } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import { placed } from "./challenge.rules.js";
import * as store from "./challenge.store.js";
import type { Challenge, ChallengeMember } from "./challenge.type.js";

type Key = Pick<Challenge, "id" | "goal" | "status">;

/** Who takes part in challenges that the viewer was shown, with what they have done so far while a challenge is active. */
export const membersLoader = defineLoader<LearningContext, Key, ChallengeMember[]>(async (ctx, keys) => {
  const members = Map.groupBy(
    await store.findMembers(
      ctx.db,
      keys.map(({ id }) => id),
    ),
    ({ challengeId }) => challengeId,
  );
  const results = new Map<string, Map<string, number | null>>();
  const active = Map.groupBy(
    keys.filter(({ status }) => status === "ACTIVE"),
    ({ goal }) => goal,
  );
  for (const [goal, group] of active) {
    const ids = group.map(({ id }) => id);
    for (const { challengeId, userId, result } of await asSystem(() => store.findResults(ctx.db, ids, goal)))
      results.set(challengeId, (results.get(challengeId) ?? new Map<string, number | null>()).set(userId, result));
  }
  return keys.map(({ id }) => {
    const rows = members.get(id) ?? [];
    const present = results.get(id);
    if (present === undefined) return rows;
    const places = new Map(
      placed([...present].map(([userId, result]) => ({ userId, result }))).map((one) => [one.userId, one]),
    );
    return rows.map((row) => ({
      ...row,
      result: places.get(row.userId)?.result ?? null,
      rank: places.get(row.userId)?.rank ?? null,
    }));
  });
});
