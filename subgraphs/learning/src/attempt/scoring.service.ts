import { asSystem, emit } from "@lentera/kit";
import type { LearningContext, Transaction } from "../context.js";
import { attemptScored } from "../events.js";
import { announceLeaderboards } from "../leaderboard/leaderboard.service.js";
import { bookPoints, ensureLeaderboards } from "../leaderboard/xp.store.js";
import { assertMove, pointsFor, pointsSource, scorePaper, submissionTime } from "./attempt.rules.js";
import * as store from "./attempt.store.js";
import { findMarkingKeys, insertScores } from "./scoring.store.js";
import type { Attempt } from "./attempt.type.js";

/** How many attempts of a backlog are scored in one transaction. */
const BATCH = 200;

/** Submits one attempt if that has not happened, scores it, and tells everybody who waits for it. Once, however often called. */
export async function settleAttempt(ctx: LearningContext, attemptId: string): Promise<void> {
  await settle(ctx, [attemptId], true);
}

/** Scores all attempts that wait for it, e.g. after an import; long after the fact, so without telling anybody. */
export async function scoreBacklog(ctx: LearningContext): Promise<void> {
  for (;;) {
    const waiting = await asSystem(() => store.findSubmittedIds(ctx.db, BATCH));
    if (waiting.length === 0) return;
    await settle(ctx, waiting, false);
  }
}

type Locked = Awaited<ReturnType<typeof store.lockForScoring>>[number];

async function settle(ctx: LearningContext, attemptIds: readonly string[], announce: boolean): Promise<void> {
  const leaderboardIds = await asSystem(() =>
    ctx.transaction(async (tx) => {
      const attempts = (await store.lockForScoring(tx, attemptIds)).filter(({ status }) => status !== "SCORED");
      if (attempts.length === 0) return [];
      const submitted = await submitAll(ctx, tx, attempts);
      return scoreAll(tx, submitted, announce);
    }),
  );
  if (announce) announceLeaderboards(ctx, leaderboardIds);
}

async function submitAll(ctx: LearningContext, tx: Transaction, attempts: Locked[]): Promise<(Locked & { submittedAt: Date })[]> {
  const submitted = [];
  for (const attempt of attempts) {
    const submittedAt = attempt.submittedAt ?? submissionTime(attempt, ctx.now());
    if (attempt.status === "IN_PROGRESS") {
      assertMove(attempt.status, "SUBMITTED");
      await store.markSubmitted(tx, attempt.id, submittedAt);
    }
    submitted.push({ ...attempt, status: "SUBMITTED" as const, submittedAt });
  }
  return submitted;
}

/** @returns the leaderboards that may have moved */
async function scoreAll(tx: Transaction, attempts: (Locked & { submittedAt: Date })[], announce: boolean): Promise<string[]> {
  const attemptIds = attempts.map(({ id }) => id);
  const keys = await findMarkingKeys(tx, [...new Set(attempts.map(({ tryoutId }) => tryoutId))]);
  const responses = Map.groupBy(await store.findResponses(tx, attemptIds), ({ attemptId }) => attemptId);
  const scored = attempts.map((attempt) => {
    const key = keys.get(attempt.tryoutId);
    if (key === undefined) throw new Error(`No key for tryout ${attempt.tryoutId}`);
    const paper = new Map((responses.get(attempt.id) ?? []).map(({ itemId, response }) => [itemId, response]));
    return { attempt, attemptId: attempt.id, ...scorePaper(key.items, paper, key.scale) };
  });
  for (const { status } of attempts) assertMove(status, "SCORED");
  await insertScores(tx, scored);
  await store.markScored(tx, attemptIds);

  const leaderboardIds = await ensureLeaderboards(tx, organizationsOf(attempts));
  const earnings = scored.map(({ attempt, overall }) => ({
    userId: attempt.studentId,
    organizationId: attempt.organizationId,
    source: pointsSource(attempt.tryoutId, attempt.submittedAt),
    points: pointsFor(overall),
    earnedAt: attempt.submittedAt,
  }));
  const isNew = await bookPoints(tx, earnings);
  if (!announce) return leaderboardIds;
  for (const [index, { attempt, overall }] of scored.entries()) {
    const { userId = "", source = "", points = 0 } = earnings[index] ?? {};
    await emit(tx, attemptScored, {
      attemptId: attempt.id,
      studentId: attempt.studentId,
      tryoutTitle: attempt.tryoutTitle,
      scaled: overall.scaled,
      points: isNew.has(`${userId} ${source}`) ? points : 0,
    });
  }
  return leaderboardIds;
}

function organizationsOf(attempts: readonly Attempt[]): string[] {
  return attempts.flatMap(({ organizationId }) => organizationId ?? []);
}
