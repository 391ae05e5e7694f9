import { type ConnectionArguments, type Page, asSystem, paginate, requireSignedIn } from "@lentera/kit";
import type { LearningContext, Transaction } from "../context.js";
import { grantAchievements } from "../achievement/achievement.service.js";
import * as standings from "../leaderboard/standing.store.js";
import { creditStudyDays } from "../streak/streak.service.js";
import type { User } from "../stubs.js";
import { learnerLoader } from "./learner.loader.js";
import { lockLearners } from "./learner.store.js";
import * as store from "./xp.store.js";
import type { XpEvent } from "./xp.type.js";

export interface Award {
  /** `user source` of each earning that was new. */
  readonly isNew: ReadonlySet<string>;
  /** The present leaderboards on which the learners stand, to be announced after the transaction. */
  readonly leaderboardIds: readonly string[];
}

/**
 * Books experience points and all that follows from them, in the caller's transaction and as the system: the log, the
 * totals, the leaderboards, the streak, the achievements. Each source earns once per learner, however often and concurrently it is told.
 * @param now the server's clock
 */
export async function award(tx: Transaction, earnings: readonly store.Earning[], now: Date): Promise<Award> {
  const learners = await lockLearners(
    tx,
    earnings.map(({ userId }) => userId),
  );
  const booked = await store.insertEvents(tx, earnings);
  const studies = earnings.flatMap(({ userId, kind, earnedAt }) =>
    kind === "TRYOUT" || kind === "PRACTICE" ? [{ userId, at: earnedAt, source: kind }] : [],
  );
  await creditStudyDays(tx, learners, studies, now);
  await standings.ensureLeaderboards(tx, earnings);
  await standings.raiseStandings(
    tx,
    booked.map(({ id }) => id),
  );
  await grantAchievements(tx, latestOf(earnings), now);
  const leaderboardIds = await standings.findPresentLeaderboards(tx, [...learners.keys()], now);
  return { isNew: new Set(booked.map(({ userId, source }) => `${userId} ${source}`)), leaderboardIds };
}

/** When each learner earned last. */
function latestOf(earnings: readonly store.Earning[]): Map<string, Date> {
  const inOrder = earnings.toSorted((one, other) => one.earnedAt.getTime() - other.earnedAt.getTime());
  return new Map(inOrder.map(({ userId, earnedAt }) => [userId, earnedAt]));
}

/** Experience points; null when the owner of the relationship does not let the viewer see scores. */
export async function findPoints(ctx: LearningContext, { id, viewerAccess }: User): Promise<number | null> {
  return viewerAccess?.viewScores === true ? (await learnerLoader(ctx).load(id)).xp : null;
}

/** The viewer's own log, newest first. */
export function listEvents(ctx: LearningContext, args: ConnectionArguments): Promise<Page<XpEvent>> {
  const { userId } = requireSignedIn(ctx.viewer);
  return paginate<XpEvent>({
    args,
    orderBy: [
      { field: "createdAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: ({ where, orderBy, take }) => store.findEvents(ctx.db, { ...where, userId }, orderBy, take),
    count: () => store.countEvents(ctx.db, userId),
  });
}

/** Compares every counter with the facts and mends what differs. @returns how many rows differed */
export function reconcile(ctx: LearningContext): Promise<{ totals: number; standings: number }> {
  return asSystem(() =>
    ctx.transaction(async (tx) => ({
      totals: await store.mendTotals(tx),
      standings: await standings.mendStandings(tx),
    })),
  );
}
