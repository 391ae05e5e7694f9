import { asSystem, emit } from "@lentera/kit";
import type { LearningContext, Transaction } from "../context.js";
import { attemptScored } from "../events.js";
import { announceLeaderboards } from "../leaderboard/leaderboard.service.js";
import { announceProgress } from "../tryout/progress.service.js";
import { areResultsOut } from "../tryout/tryout.rules.js";
import { findLearners, newLearner } from "../xp/learner.store.js";
import { award } from "../xp/xp.service.js";
import { assertMove, pointsFor, pointsSource, submissionTime } from "./attempt.rules.js";
import * as store from "./attempt.store.js";
import { type MarkingKey, type PaperScore, scorePapers } from "./scoring.rules.js";
import { findMarkingKeys, insertScores } from "./scoring.store.js";

/** How many attempts are scored in one transaction. */
const BATCH = 200;

/** An attempt whose submission somebody waits for. */
interface Waiting {
  readonly attemptId: string;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}
interface Desk {
  readonly waiting: Waiting[];
  isBusy: boolean;
}
const desks = new WeakMap<object, Desk>();

/**
 * Submits one attempt if that has not happened, scores it, and tells everybody who waits for it. Once, however often called.
 * When a whole class submits at the same moment, those who come while others are being scored are scored together next: as
 * many statements for all of them as for one.
 */
export function settleAttempt(ctx: LearningContext, attemptId: string): Promise<void> {
  const desk = desks.get(ctx.db) ?? { waiting: [], isBusy: false };
  desks.set(ctx.db, desk);
  return new Promise((resolve, reject) => {
    desk.waiting.push({ attemptId, resolve, reject });
    if (!desk.isBusy) void serve(ctx, desk);
  });
}

async function serve(ctx: LearningContext, desk: Desk): Promise<void> {
  desk.isBusy = true;
  while (desk.waiting.length > 0) await settleTogether(ctx, desk.waiting.splice(0, BATCH));
  desk.isBusy = false;
}

/** When some cannot be settled together, each is by itself: nobody fails for another's sake. */
async function settleTogether(ctx: LearningContext, waiting: readonly Waiting[]): Promise<void> {
  try {
    await settle(ctx, [...new Set(waiting.map(({ attemptId }) => attemptId))], true);
    for (const { resolve } of waiting) resolve();
  } catch (error) {
    const [only, ...others] = waiting;
    if (others.length === 0) only?.reject(error);
    else for (const one of waiting) await settleTogether(ctx, [one]);
  }
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
      const papers = await collect(ctx, tx, attempts);
      const tryoutIds = new Set(attempts.map(({ tryoutId }) => tryoutId));
      return { leaderboardIds: await score(tx, ctx.db, papers, announce, ctx.now()), tryoutIds: [...tryoutIds] };
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

async function collect(ctx: LearningContext, tx: Transaction, attempts: readonly Paper["attempt"][]): Promise<Paper[]> {
  const papers = attempts.map((attempt) => ({
    attempt,
    submittedAt: attempt.submittedAt ?? submissionTime(attempt, ctx.now()),
  }));
  const handedIn = papers.filter(({ attempt }) => attempt.submittedAt === null);
  for (const { attempt } of handedIn) assertMove(attempt.status, "SUBMITTED");
  if (handedIn.length > 0)
    await store.markSubmitted(
      tx,
      handedIn.map(({ attempt, submittedAt }) => ({ id: attempt.id, submittedAt })),
    );
  return papers;
}

/** How long keys are remembered: a new calibration counts for scores from then on. */
const REMEMBERED_MS = 60_000;
/** Tryouts whose keys are remembered at most, some 20 kB each. */
const REMEMBERED_TRYOUTS = 500;

interface RememberedKey {
  readonly key: MarkingKey;
  readonly until: number;
}
const rememberedKeys = new WeakMap<object, Map<string, RememberedKey>>();

/** A class submits the same tryout at the same moment, and what is right does not change once it can be sat. */
async function markingKeysOf(
  tx: Transaction,
  client: object,
  tryoutIds: readonly string[],
  now: Date,
): Promise<Map<string, MarkingKey>> {
  const remembered = rememberedKeys.get(client) ?? new Map<string, RememberedKey>();
  rememberedKeys.set(client, remembered);
  const isFresh = (id: string): boolean => (remembered.get(id)?.until ?? 0) > now.getTime();
  const missing = tryoutIds.filter((id) => !isFresh(id));
  if (missing.length > 0) {
    if (remembered.size + missing.length > REMEMBERED_TRYOUTS) remembered.clear();
    const until = now.getTime() + REMEMBERED_MS;
    for (const [id, key] of await findMarkingKeys(tx, missing)) remembered.set(id, { key, until });
  }
  return new Map(
    tryoutIds.flatMap((id) => {
      const key = remembered.get(id)?.key;
      return key === undefined ? [] : [[id, key] as const];
    }),
  );
}

/** @returns the leaderboards that may have moved */
async function score(
  tx: Transaction,
  client: object,
  papers: readonly Paper[],
  announce: boolean,
  now: Date,
): Promise<readonly string[]> {
  const attempts = papers.map(({ attempt }) => attempt);
  const attemptIds = attempts.map(({ id }) => id);
  const keys = await markingKeysOf(tx, client, [...new Set(attempts.map(({ tryoutId }) => tryoutId))], now);
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
  const studentIds = [...new Set(attempts.map(({ studentId }) => studentId))];
  const learners = new Map((await findLearners(tx, studentIds)).map((learner) => [learner.userId, learner]));
  const scored = papers.map(({ attempt, submittedAt }) => {
    const { timeZone } = learners.get(attempt.studentId) ?? newLearner(attempt.studentId);
    const paper = results.get(attempt.id);
    if (paper === undefined) throw new Error(`Attempt ${attempt.id} was not scored`);
    const result = { attemptId: attempt.id, ...paper };
    const earning = {
      userId: attempt.studentId,
      organizationId: attempt.organizationId,
      source: pointsSource(attempt.tryoutId, submittedAt, timeZone),
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
