import type { Transaction } from "../context.js";
import type { Metrics, Tier } from "./achievement.rules.js";

export interface Grant {
  readonly userId: string;
  readonly code: string;
  readonly tier: Tier;
  readonly grantedAt: Date;
}

/** What each learner has reached; who has not begun is left out. */
export async function findMetrics(tx: Transaction, userIds: readonly string[]): Promise<Map<string, Metrics>> {
  const rows = await tx.$queryRaw<(Metrics & { userId: string })[]>`
    select l.user_id as "userId", l.xp as "XP", l.longest_streak as "LONGEST_STREAK",
      count(*) filter (where e.kind = 'TRYOUT')::int as "TRYOUTS",
      count(*) filter (where e.kind = 'PRACTICE')::int as "PRACTICES",
      count(*) filter (where e.kind = 'CHALLENGE')::int as "CHALLENGES_WON"
    from learners l left join xp_events e on e.user_id = l.user_id
    where l.user_id = any(${[...userIds]}::uuid[])
    group by l.user_id`;
  return new Map(rows.map(({ userId, ...metrics }) => [userId, metrics]));
}

export async function findGrants(tx: Transaction, userIds: readonly string[]): Promise<Grant[]> {
  return await tx.achievementGrant.findMany({ where: { userId: { in: [...userIds] } } });
}

/** @returns those that were not there yet */
export function insertGrants(tx: Transaction, grants: readonly Grant[]): Promise<Grant[]> {
  return tx.achievementGrant.createManyAndReturn({ data: [...grants], skipDuplicates: true });
}
