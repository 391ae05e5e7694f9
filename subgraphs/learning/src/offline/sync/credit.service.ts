import type { Transaction } from "../../context.js";
import { creditStudyDay } from "../../streak/streak.service.js";
import { localDay } from "../../streak/streak.rules.js";
import { lockLearners } from "../../xp/learner.store.js";
import { hasAnsweredOn } from "./sitting.store.js";

/** A day on which somebody says they studied; the caller has made sure that it lies in the life of a package. */
interface StudyDay {
  readonly userId: string;
  /** By the corrected clock. */
  readonly at: Date;
}

/**
 * Counts a day of study without a network towards the streak: the learner's local day, once, when an answer of that day is
 * held, and at most 7 days back. Points come from the scores of what was sat.
 */
export async function creditOffline(
  tx: Transaction,
  { userId, at }: StudyDay,
  now: Date,
): Promise<"CREDITED" | "NO_EVIDENCE" | "OUTSIDE_WINDOW"> {
  const zone = (await lockLearners(tx, [userId])).get(userId)?.timeZone ?? "Asia/Jakarta";
  if (!(await hasAnsweredOn(tx, userId, localDay(at, zone), zone))) return "NO_EVIDENCE";
  const credit = await creditStudyDay(tx, { userId, at, zone, source: "OFFLINE" }, now);
  return credit === "REJECTED_OUT_OF_WINDOW" ? "OUTSIDE_WINDOW" : "CREDITED";
}
