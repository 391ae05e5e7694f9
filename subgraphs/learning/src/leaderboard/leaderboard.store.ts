import type { LeaderboardScope } from "@lentera/prisma/learning";
import type { Transaction } from "../context.js";
import type { Leaderboard, LeaderboardEntry } from "./leaderboard.type.js";

export function findLeaderboard(
  tx: Transaction,
  scope: LeaderboardScope,
  organizationId: string | null,
): Promise<Leaderboard | null> {
  return tx.leaderboard.findFirst({ where: { scope, organizationId } });
}

export function findLeaderboardById(tx: Transaction, id: string): Promise<Leaderboard | null> {
  return tx.leaderboard.findUnique({ where: { id } });
}

/** The first `limit` entries; among equals, who got there earlier stands first. */
export function findTop(tx: Transaction, leaderboardId: string, limit: number): Promise<LeaderboardEntry[]> {
  return tx.$queryRaw`
    select rank() over (order by points desc)::int as rank, points, user_id as "userId"
    from (
      select points, user_id, reached_at from leaderboard_entries
      where leaderboard_id = ${leaderboardId}::uuid
      order by points desc, reached_at, user_id
      limit ${limit}
    ) top
    order by points desc, reached_at, user_id`;
}

export async function sumPoints(tx: Transaction, userIds: readonly string[]): Promise<Map<string, number>> {
  const groups = await tx.xpEvent.groupBy({
    by: ["userId"],
    where: { userId: { in: [...userIds] } },
    _sum: { points: true },
  });
  return new Map(groups.map((group) => [group.userId, group._sum.points ?? 0]));
}
