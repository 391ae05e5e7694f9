import { LenteraError } from "@lentera/kit";
import type { AttemptStatus } from "@lentera/prisma/learning";
import { type ItemParameters, estimateAbility } from "../psychometrics/eap.js";
import { type Scale, type ScaledScore, toScaledScore } from "../psychometrics/scale.js";
import { type AnswerableItem, type ResponseKey, isValidResponse, markResponse } from "../question/response.rules.js";
import { AnswerStatus } from "./attempt.type.js";

/**
 * How long after the deadline an answer may still arrive: the time a slow network may take for one that was given in
 * time. The server's clock decides, nobody else's.
 */
export const GRACE_MS = 30_000;

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
    readonly savedClientIds: ReadonlySet<string>;
    /** The items of the attempt by id. */
    readonly items: ReadonlyMap<string, AnswerableItem>;
  },
): AnswerStatus {
  if (facts.savedClientIds.has(answer.clientId)) return AnswerStatus.ALREADY_SAVED;
  if (!facts.isOpen) return AnswerStatus.REJECTED_LATE;
  const item = facts.items.get(answer.itemId);
  if (item === undefined) return AnswerStatus.REJECTED_UNKNOWN_ITEM;
  return isValidResponse(item, answer.response) ? AnswerStatus.SAVED : AnswerStatus.REJECTED_INVALID_RESPONSE;
}

/** An item with what is needed to mark it. */
export interface MarkedItem extends ItemParameters, ResponseKey {
  readonly itemId: string;
  readonly subtest: string;
}

export interface ScoredPart extends ScaledScore {
  readonly ability: number;
  readonly abilityError: number;
  readonly correct: number;
  readonly total: number;
}

export interface PaperScore {
  readonly overall: ScoredPart;
  readonly subtests: readonly (ScoredPart & { readonly subtest: string })[];
}

/**
 * Scores a paper by subtest and overall. An item without a response counts as wrong and there is no negative marking
 * (the published rule of UTBK).
 * @param responses the latest response to each item
 */
export function scorePaper(
  items: readonly MarkedItem[],
  responses: ReadonlyMap<string, readonly string[]>,
  scale: Scale,
): PaperScore {
  const bySubtest = Map.groupBy(items, ({ subtest }) => subtest);
  return {
    overall: scorePart(items, responses, scale),
    subtests: [...bySubtest].map(([subtest, part]) => ({ subtest, ...scorePart(part, responses, scale) })),
  };
}

function scorePart(
  items: readonly MarkedItem[],
  responses: ReadonlyMap<string, readonly string[]>,
  scale: Scale,
): ScoredPart {
  const marks = items.map((item) => (markResponse(item, responses.get(item.itemId) ?? []).isRight ? 1 : 0));
  const estimate = estimateAbility(items, marks);
  return {
    ...toScaledScore(estimate, scale),
    ability: estimate.ability,
    abilityError: estimate.standardError,
    correct: marks.filter((mark) => mark === 1).length,
    total: items.length,
  };
}

const POINTS_FOR_FINISHING = 20;
const POINTS_PER_RIGHT_ANSWER = 2;

/** Experience points of one finished attempt. */
export function pointsFor({ correct }: { readonly correct: number }): number {
  return POINTS_FOR_FINISHING + POINTS_PER_RIGHT_ANSWER * correct;
}

/** What the points are for; unique per learner, so a tryout earns once on a local day (Asia/Jakarta, C-21). */
export function pointsSource(tryoutId: string, submittedAt: Date): string {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Jakarta" }).format(submittedAt);
  return `tryout:${tryoutId}:${day}`;
}
