import { defineLoader, emit, withGrants } from "@lentera/kit";
import type { LearningContext, Transaction } from "../context.js";
import { achievementGranted } from "../events.js";
import type { User } from "../stubs.js";
import { ACHIEVEMENTS } from "./achievement.catalogue.js";
import { type Metrics, progressOf } from "./achievement.rules.js";
import * as store from "./achievement.store.js";
import type { Achievement } from "./achievement.type.js";

/** What was earned longer ago is granted without telling anybody, e.g. after an import. */
const NEWS_MS = 24 * 60 * 60 * 1000;
const NOTHING: Metrics = { XP: 0, TRYOUTS: 0, PRACTICES: 0, LONGEST_STREAK: 0, CHALLENGES_WON: 0 };

/**
 * Grants what these learners have reached and do not have yet, each tier once, and tells the other subgraphs of it.
 * @param earnedAt when the latest of what they earned was earned, by learner
 */
export async function grantAchievements(
  tx: Transaction,
  earnedAt: ReadonlyMap<string, Date>,
  now: Date,
): Promise<void> {
  const userIds = [...earnedAt.keys()];
  const metrics = await store.findMetrics(tx, userIds);
  const reached = userIds.flatMap((userId) =>
    ACHIEVEMENTS.flatMap(({ code, tiers }) =>
      tiers
        .filter(({ criteria }) => progressOf(criteria, metrics.get(userId) ?? NOTHING) === 1)
        .map(({ tier }) => ({ userId, code, tier, grantedAt: earnedAt.get(userId) ?? now })),
    ),
  );
  const granted = await store.insertGrants(tx, reached);
  for (const { userId, code, tier, grantedAt } of granted)
    if (now.getTime() - grantedAt.getTime() < NEWS_MS) {
      const name = ACHIEVEMENTS.find((definition) => definition.code === code)?.name ?? { id: code, en: code };
      await emit(tx, achievementGranted, { userId, code, tier, name });
    }
}

const standLoader = defineLoader<LearningContext, string, { metrics: Metrics; grants: readonly store.Grant[] }>(
  async (ctx, userIds) =>
    withGrants(userIds, async () => {
      const [metrics, grants] = [await store.findMetrics(ctx.db, userIds), await store.findGrants(ctx.db, userIds)];
      const grantsOf = Map.groupBy(grants, ({ userId }) => userId);
      return userIds.map((userId) => ({ metrics: metrics.get(userId) ?? NOTHING, grants: grantsOf.get(userId) ?? [] }));
    }),
);

/** Every achievement with a learner's progress; null when the owner of the relationship does not let the viewer see scores. */
export async function listAchievements(ctx: LearningContext, user: User): Promise<Achievement[] | null> {
  if (user.viewerAccess?.viewScores !== true) return null;
  const { metrics, grants } = await standLoader(ctx).load(user.id);
  const { language } = ctx.identity;
  return ACHIEVEMENTS.map(({ code, name, description, tiers }) => ({
    code,
    name: name[language],
    description: description[language],
    tiers: tiers.map(({ tier, criteria }) => {
      const grant = grants.find((one) => one.code === code && one.tier === tier);
      return {
        tier,
        progress: grant === undefined ? progressOf(criteria, metrics) : 1,
        grantedAt: grant?.grantedAt ?? null,
      };
    }),
  }));
}
