import { LenteraError, defineLoader, pageSize, withGrants } from "@lentera/kit";
import type { LeaderboardScope } from "@lentera/prisma/learning";
import type { LearningContext } from "../context.js";
import type { User } from "../stubs.js";
import * as store from "./leaderboard.store.js";
import type { Leaderboard, LeaderboardEntry } from "./leaderboard.type.js";

/** The leaderboard of everybody, or of the viewer's organization. @throws NOT_FOUND when there is none */
export async function getLeaderboard(ctx: LearningContext, scope: LeaderboardScope): Promise<Leaderboard> {
  const organizationId = scope === "GLOBAL" ? null : ctx.viewer.organizationId;
  if (scope === "ORGANIZATION" && organizationId === null) throw new LenteraError("NOT_FOUND");
  return found(await store.findLeaderboard(ctx.db, scope, organizationId));
}

/** The first entries, at most 100. */
export function listEntries(
  ctx: LearningContext,
  leaderboard: Leaderboard,
  first: number,
): Promise<LeaderboardEntry[]> {
  return store.findTop(ctx.db, leaderboard.id, pageSize(first));
}

/** Tells those who watch that these leaderboards may have moved. */
export function announceLeaderboards(ctx: LearningContext, leaderboardIds: readonly string[]): void {
  for (const id of leaderboardIds) ctx.pubSub.publish(topicOf(id), { id });
}

/** One message for each change; what is shown is read when it is shown. @throws NOT_FOUND when the viewer may not see it */
export async function watchLeaderboard(ctx: LearningContext, id: string): Promise<AsyncIterable<unknown>> {
  found(await store.findLeaderboardById(ctx.db, id));
  return ctx.pubSub.subscribe(topicOf(id));
}

/** @throws NOT_FOUND when the viewer may not, or no longer, see it */
export async function getLeaderboardById(ctx: LearningContext, id: string): Promise<Leaderboard> {
  return found(await store.findLeaderboardById(ctx.db, id));
}

const pointsLoader = defineLoader<LearningContext, string, number>(async (ctx, userIds) => {
  const points = await withGrants(userIds, () => store.sumPoints(ctx.db, userIds));
  return userIds.map((userId) => points.get(userId) ?? 0);
});

/** Experience points; null when the owner of the relationship does not let the viewer see scores. */
export async function findPoints(ctx: LearningContext, { id, viewerAccess }: User): Promise<number | null> {
  return viewerAccess?.viewScores === true ? pointsLoader(ctx).load(id) : null;
}

function topicOf(leaderboardId: string): string {
  return `leaderboard:${leaderboardId}`;
}

function found(leaderboard: Leaderboard | null): Leaderboard {
  if (leaderboard === null) throw new LenteraError("NOT_FOUND");
  return leaderboard;
}
