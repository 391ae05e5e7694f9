import { asSystem, emit } from "@lentera/kit";
import type { LearningContext, Transaction } from "../context.js";
import { attemptScored } from "../events.js";
import { announceLeaderboards } from "../leaderboard/leaderboard.service.js";
import { announceProgress } from "../tryout/progress.service.js";
import { areResultsOut } from "../tryout/tryout.rules.js";
import { award } from "../xp/xp.service.js";
import { assertMove, pointsFor, pointsSource, submissionTime } from "./attempt.rules.js";
import * as store from "./attempt.store.js";
import { type PaperScore, scorePapers } from "./scoring.rules.js";
import { findMarkingKeys, insertScores } from "./scoring.store.js";

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

async function settle(ctx: LearningContext, attemptIds: readonly string[], announce: boolean): Promise<void> {
  const { leaderboardIds, tryoutIds } = await asSystem(() =>
    ctx.transaction(async (tx) => {
      const attempts = (await store.lockForScoring(tx, attemptIds)).filter(({ status }) => status !== "SCORED");
      if (attempts.length === 0) return { leaderboardIds: [], tryoutIds: [] };
      const papers = [];
      for (const attempt of attempts) papers.push(await collect(ctx, tx, attempt));
      const tryoutIds = new Set(attempts.map(({ tryoutId }) => tryoutId));
      return { leaderboardIds: await score(tx, papers, announce, ctx.now()), tryoutIds: [...tryoutIds] };
    }),
  );
  if (!announce) return;
  announceLeaderboards(ctx, leaderboardIds);
  for (const tryoutId of tryoutIds) announceProgress(ctx, tryoutId);
}

/** An attempt whose pen is down. */
interface Paper {
  readonly attempt: Awaited<ReturnType<typeof store.lockForScoring>>[number];
  readonly submittedAt: Date;
}

async function collect(ctx: LearningContext, tx: Transaction, attempt: Paper["attempt"]): Promise<Paper> {
  if (attempt.submittedAt !== null) return { attempt, submittedAt: attempt.submittedAt };
  assertMove(attempt.status, "SUBMITTED");
  const submittedAt = submissionTime(attempt, ctx.now());
  await store.markSubmitted(tx, attempt.id, submittedAt);
  return { attempt, submittedAt };
}

/** @returns the leaderboards that may have moved */
async function score(
  tx: Transaction,
  papers: readonly Paper[],
  announce: boolean,
  now: Date,
): Promise<readonly string[]> {
  const attempts = papers.map(({ attempt }) => attempt);
  const attemptIds = attempts.map(({ id }) => id);
  const keys = await findMarkingKeys(tx, [...new Set(attempts.map(({ tryoutId }) => tryoutId))]);
  const responses = Map.groupBy(await store.findResponses(tx, attemptIds), ({ attemptId }) => attemptId);
  const results = new Map<string, PaperScore>();
  for (const [tryoutId, group] of Map.groupBy(attempts, (attempt) => attempt.tryoutId)) {
    const key = keys.get(tryoutId);
    if (key === undefined) throw new Error(`No key for tryout ${tryoutId}`);
    const answered = group.map(
      ({ id }) => new Map((responses.get(id) ?? []).map(({ itemId, response }) => [itemId, response])),
    );
    for (const [row, result] of scorePapers(key, answered).entries()) results.set(group[row]?.id ?? "", result);
  }
  const scored = papers.map(({ attempt, submittedAt }) => {
    const paper = results.get(attempt.id);
    if (paper === undefined) throw new Error(`Attempt ${attempt.id} was not scored`);
    const result = { attemptId: attempt.id, ...paper };
    const earning = {
      userId: attempt.studentId,
      organizationId: attempt.organizationId,
      source: pointsSource(attempt.tryoutId, submittedAt),
      kind: "TRYOUT" as const,
      points: pointsFor(result.overall),
      earnedAt: submittedAt,
    };
    return { attempt, result, earning };
  });
  await insertScores(
    tx,
    scored.map(({ result }) => result),
  );
  await store.markScored(tx, attemptIds);

  const earnings = scored.map(({ earning }) => earning);
  const { isNew, leaderboardIds } = await award(tx, earnings, now);
  if (!announce) return leaderboardIds;
  for (const { attempt, result, earning } of scored) {
    if (!areResultsOut(attempt, now)) continue;
    await emit(tx, attemptScored, {
      attemptId: attempt.id,
      studentId: attempt.studentId,
      tryoutTitle: attempt.tryoutTitle,
      scaled: result.overall.scaled,
      points: isNew.has(`${earning.userId} ${earning.source}`) ? earning.points : 0,
    });
  }
  return leaderboardIds;
}
