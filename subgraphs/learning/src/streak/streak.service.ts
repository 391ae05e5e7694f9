import type { StudySource } from "@lentera/prisma/learning";
import type { LearningContext, Transaction } from "../context.js";
import { learnerLoader } from "../xp/learner.loader.js";
import { type Learner, lockLearners } from "../xp/learner.store.js";
import type { User } from "../stubs.js";
import { NO_STREAK, type Streak, type Study, afterStudy, localDay, streakAt, streakOf } from "./streak.rules.js";
import * as store from "./streak.store.js";
import type { StudyStreak } from "./streak.type.js";

/** How far back a device is believed: as long as an offline package lives. */
const OFFLINE_WINDOW_MS = 7 * 24 * 60 * 60 * 1000;

export interface StudyCredit {
  readonly userId: string;
  /** When the learner studied. */
  readonly at: Date;
  /** IANA, where that was; without it the learner's own. */
  readonly zone?: string | undefined;
  readonly source: StudySource;
}

/**
 * Counts the local day of a study towards the learner's streak, each day once. For what a device did without the network,
 * also days within the signed window that others have followed.
 * @param now the server's clock
 * @returns REJECTED_OUT_OF_WINDOW for what lies in the future or, offline, more than 7 days back
 */
export async function creditStudyDay(
  tx: Transaction,
  { zone, ...credit }: StudyCredit,
  now = new Date(),
): Promise<"CREDITED" | "ALREADY_CREDITED" | "REJECTED_OUT_OF_WINDOW"> {
  const age = now.getTime() - credit.at.getTime();
  if (age < 0 || (credit.source === "OFFLINE" && age > OFFLINE_WINDOW_MS)) return "REJECTED_OUT_OF_WINDOW";
  const learners = await lockLearners(tx, [credit.userId]);
  const isNew = await creditStudyDays(tx, learners, [{ ...credit, zone }], now);
  return isNew ? "CREDITED" : "ALREADY_CREDITED";
}

/** The same for many learners at once, who are locked already. @returns whether any day was new */
export async function creditStudyDays(
  tx: Transaction,
  learners: ReadonlyMap<string, Learner>,
  credits: readonly StudyCredit[],
  now: Date,
): Promise<boolean> {
  const facts = credits.map(({ zone, ...credit }) => {
    const timeZone = zone ?? learners.get(credit.userId)?.timeZone ?? "Asia/Jakarta";
    return { ...credit, zone: timeZone, day: localDay(credit.at, timeZone), recordedAt: now };
  });
  const added = await store.insertStudyDays(tx, facts);
  if (added.size === 0) return false;
  const news = Map.groupBy(
    facts
      .filter(({ userId, day }) => added.has(`${userId} ${day}`))
      .toSorted((one, other) => one.at.getTime() - other.at.getTime()),
    ({ userId }) => userId,
  );
  const isLate = (userId: string, at: Date): boolean => at < (learners.get(userId)?.streak.dayEndsAt ?? at);
  const late = [...news].filter(([userId, [first]]) => first !== undefined && isLate(userId, first.at));
  const histories = await store.findStudies(
    tx,
    late.map(([userId]) => userId),
  );
  const streakAfter = ([userId, studies]: [string, Study[]]): [string, Streak] => {
    const history = histories.get(userId);
    if (history !== undefined) return [userId, streakOf(history)];
    return [userId, studies.reduce(afterStudy, learners.get(userId)?.streak ?? NO_STREAK)];
  };
  const streaks = new Map([...news].map(streakAfter));
  await store.updateStreaks(tx, streaks);
  return true;
}

/** The streak as it stands now; null when the owner of the relationship does not let the viewer see scores. */
export async function findStreak(ctx: LearningContext, { id, viewerAccess }: User): Promise<StudyStreak | null> {
  if (viewerAccess?.viewScores !== true) return null;
  const { streak: state, timeZone } = await learnerLoader(ctx).load(id);
  const now = { at: ctx.now(), zone: timeZone };
  const current = streakAt(state, now);
  return {
    current,
    longest: state.longest,
    freezes: state.freezes,
    lastStudyDay: state.lastDay,
    studiedToday: state.dayEndsAt !== null && state.dayEndsAt > now.at,
    timeZone,
  };
}
