import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  asSystem,
  audit,
  mapPage,
  pageSize,
  paginate,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import type { LeaderboardPeriod, LeaderboardScope } from "@lentera/prisma/learning";
import type { LearningContext } from "../context.js";
import { lockLearners, setListed } from "../xp/learner.store.js";
import { type SetLeaderboardListingInput, setLeaderboardListingRules } from "./leaderboard.input.js";
import * as store from "./leaderboard.store.js";
import type { Leaderboard, LeaderboardEntry, SetLeaderboardListingPayload } from "./leaderboard.type.js";
import { foldChanges } from "./standing.store.js";

/**
 * The present leaderboard of everybody, of the viewer's organization, or of a class or group.
 * @param cohortId the class or group
 * @throws NOT_FOUND when there is none, or the viewer does not belong to it
 */
export async function getLeaderboard(
  ctx: LearningContext,
  scope: LeaderboardScope,
  period: LeaderboardPeriod,
  cohortId: string | null,
): Promise<Leaderboard> {
  const subject = subjectOf(ctx, scope, cohortId);
  const now = ctx.now();
  const present = await store.findLeaderboard(ctx.db, subject, period, now);
  if (present !== null || period === "ALL_TIME") return found(present);
  found(await store.findLeaderboard(ctx.db, subject, "ALL_TIME", now));
  await asSystem(() => ctx.transaction((tx) => store.beginPeriod(tx, period, now)));
  return found(await store.findLeaderboard(ctx.db, subject, period, now));
}

function subjectOf(ctx: LearningContext, scope: LeaderboardScope, cohortId: string | null): store.Subject {
  if (scope === "GLOBAL") return { scope, organizationId: null, cohortId: null };
  const organizationId = scope === "ORGANIZATION" ? ctx.viewer.organizationId : null;
  if ((scope === "ORGANIZATION" ? organizationId : cohortId) === null) throw new LenteraError("NOT_FOUND");
  return { scope, organizationId, cohortId: scope === "ORGANIZATION" ? null : cohortId };
}

/** The first entries, at most 100. */
export function listEntries(
  ctx: LearningContext,
  leaderboard: Leaderboard,
  first: number,
): Promise<LeaderboardEntry[]> {
  return store.findTop(ctx.db, leaderboard.id, pageSize(first));
}

/** All entries, page by page. */
export async function pageEntries(
  ctx: LearningContext,
  { id: leaderboardId }: Leaderboard,
  args: ConnectionArguments,
): Promise<Page<LeaderboardEntry>> {
  const page = await paginate<store.Standing>({
    args,
    orderBy: [
      { field: "points", direction: "desc" },
      { field: "reachedAt", direction: "asc" },
      { field: "userId", direction: "asc" },
    ],
    rows: ({ where, orderBy, take }) => store.findStandings(ctx.db, { ...where, leaderboardId }, orderBy, take),
    count: () => store.countListed(ctx.db, leaderboardId),
  });
  const ranked = await withRanks(
    ctx,
    leaderboardId,
    page.edges.map(({ node }) => node),
  );
  const rankOf = new Map(ranked.map((entry) => [entry.userId, entry.rank]));
  return mapPage(page, (node) => ({ ...node, rank: rankOf.get(node.userId) ?? 0 }));
}

/** The viewer's own entry, which only they see when they do not want to be listed; null before anything is earned. */
export async function findOwnEntry(ctx: LearningContext, { id }: Leaderboard): Promise<LeaderboardEntry | null> {
  const own = await store.findOwn(ctx.db, id, requireSignedIn(ctx.viewer).userId);
  return own === null ? null : ((await withRanks(ctx, id, [own]))[0] ?? null);
}

/** The viewer among those just above and just below; empty before anything is earned. */
export async function listAround(
  ctx: LearningContext,
  { id }: Leaderboard,
  neighbours: number,
): Promise<LeaderboardEntry[]> {
  const own = await store.findOwn(ctx.db, id, requireSignedIn(ctx.viewer).userId);
  if (own === null) return [];
  const others = await store.findNeighbours(ctx.db, id, own, pageSize(neighbours, "neighbours"));
  const standsBefore = (one: store.Standing): boolean =>
    one.points !== own.points
      ? one.points > own.points
      : `${one.reachedAt.toISOString()} ${one.userId}` < `${own.reachedAt.toISOString()} ${own.userId}`;
  const below = others.findIndex((one) => !standsBefore(one));
  return withRanks(ctx, id, others.toSpliced(below === -1 ? others.length : below, 0, own));
}

async function withRanks(
  ctx: LearningContext,
  leaderboardId: string,
  standings: readonly store.Standing[],
): Promise<LeaderboardEntry[]> {
  const ranks = await store.findRanks(
    ctx.db,
    leaderboardId,
    standings.map(({ points }) => points),
  );
  return standings.map(({ points, userId }) => ({ points, userId, rank: ranks.get(points) ?? 1 }));
}

/** Whether others see the viewer on leaderboards. Their own rank stays known to them. */
export async function setLeaderboardListing(
  ctx: LearningContext,
  input: SetLeaderboardListingInput,
): Promise<SetLeaderboardListingPayload> {
  const { listed } = validate(setLeaderboardListingRules, input);
  const { userId } = requireSignedIn(ctx.viewer);
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      const before = (await lockLearners(tx, [userId])).get(userId);
      await setListed(tx, userId, listed);
      await audit(tx, ctx.identity, {
        action: "leaderboard.listing_set",
        entityType: "User",
        entityId: userId,
        oldValues: { listed: before?.listed },
        newValues: { listed },
      });
    }),
  );
  return { listed };
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

/** Keeps ranks cheap: what has changed since the last time goes into the counts. */
export function foldRankings(ctx: LearningContext): Promise<void> {
  return asSystem(() => ctx.transaction(foldChanges));
}

function topicOf(leaderboardId: string): string {
  return `leaderboard:${leaderboardId}`;
}

function found(leaderboard: Leaderboard | null): Leaderboard {
  if (leaderboard === null) throw new LenteraError("NOT_FOUND");
  return leaderboard;
}
