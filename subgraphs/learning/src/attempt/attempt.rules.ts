import { LenteraError } from "@lentera/kit";
import type { AttemptStatus } from "@lentera/prisma/learning";
import { type AnswerableItem, isValidResponse } from "../question/response.rules.js";
import { GRACE_MS } from "../tryout/tryout.rules.js";
import { localDay } from "../streak/streak.rules.js";
import { AnswerStatus } from "./attempt.type.js";

/**
 * The legal moves of an attempt:
 *
 *     IN_PROGRESS ──submit, or time is over──▶ SUBMITTED ──score──▶ SCORED
 */
const MOVES: Readonly<Record<AttemptStatus, readonly AttemptStatus[]>> = {
  IN_PROGRESS: ["SUBMITTED"],
  SUBMITTED: ["SCORED"],
  SCORED: [],
};

/** @throws ILLEGAL_STATE for a move that is not in the table */
export function assertMove(from: AttemptStatus, to: AttemptStatus): void {
  if (!MOVES[from].includes(to)) throw new LenteraError("ILLEGAL_STATE");
}

/** When answers stop being accepted. */
export function closesAt({ deadline }: { readonly deadline: Date }): Date {
  return new Date(deadline.getTime() + GRACE_MS);
}

/** What an attempt counts as submitted at: when the student did it, but not after time was over. */
export function submissionTime({ deadline }: { readonly deadline: Date }, now: Date): Date {
  return now < deadline ? now : deadline;
}

/** An item of a sitting; with times when its section has its own clock. */
export interface SatItem extends AnswerableItem {
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
}

export interface ArrivingAnswer {
  readonly clientId: string;
  readonly itemId: string;
  readonly response: readonly string[];
}

/**
 * Judges one arriving answer. What was saved before stays saved, also after the end, so that a client that never heard
 * the reply can ask again.
 */
export function judgeAnswer(
  answer: ArrivingAnswer,
  facts: {
    readonly isOpen: boolean;
    readonly now: Date;
    readonly savedClientIds: ReadonlySet<string>;
    /** The items of the attempt by id. */
    readonly items: ReadonlyMap<string, SatItem>;
  },
): AnswerStatus {
  if (facts.savedClientIds.has(answer.clientId)) return AnswerStatus.ALREADY_SAVED;
  if (!facts.isOpen) return AnswerStatus.REJECTED_LATE;
  const item = facts.items.get(answer.itemId);
  if (item === undefined) return AnswerStatus.REJECTED_UNKNOWN_ITEM;
  if (item.opensAt !== null && facts.now < item.opensAt) return AnswerStatus.REJECTED_NOT_OPEN;
  if (item.closesAt !== null && facts.now >= closesAt({ deadline: item.closesAt })) return AnswerStatus.REJECTED_LATE;
  return isValidResponse(item, answer.response) ? AnswerStatus.SAVED : AnswerStatus.REJECTED_INVALID_RESPONSE;
}

const POINTS_FOR_FINISHING = 20;
const POINTS_PER_RIGHT_ANSWER = 2;

/** Experience points of one finished attempt. */
export function pointsFor({ correct }: { readonly correct: number }): number {
  return POINTS_FOR_FINISHING + POINTS_PER_RIGHT_ANSWER * correct;
}

/** What the points are for; unique per learner, so a tryout earns once on a day of the learner's own calendar (C-21). */
export function pointsSource(tryoutId: string, submittedAt: Date, timeZone: string): string {
  return `tryout:${tryoutId}:${localDay(submittedAt, timeZone)}`;
}
