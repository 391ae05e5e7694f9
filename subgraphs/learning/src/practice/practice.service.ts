import { createHash } from "node:crypto";
import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  asSystem,
  invalidField,
  paginate,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import type { PracticeEnd } from "@lentera/prisma/learning";
import { canStart } from "../attempt/attempt.policy.js";
import type { Score } from "../attempt/attempt.type.js";
import type { LearningContext, Transaction } from "../context.js";
import { announceLeaderboards } from "../leaderboard/leaderboard.service.js";
import { toScaledScore } from "../psychometrics/scale.js";
import { isValidResponse, markResponse } from "../question/response.rules.js";
import { localDay } from "../streak/streak.rules.js";
import { lockLearners } from "../xp/learner.store.js";
import { award } from "../xp/xp.service.js";
import {
  type AnswerPracticeInput,
  type EndPracticeInput,
  type StartPracticeInput,
  answerPracticeRules,
  endPracticeRules,
  startPracticeRules,
} from "./practice.input.js";
import { scaleLoader } from "./practice.loader.js";
import {
  createPool,
  eligibility,
  estimateAfter,
  isPilotPosition,
  nextItem,
  pointsForPractice,
  stopReason,
} from "./practice.rules.js";
import * as store from "./practice.store.js";
import type {
  AnswerPracticePayload,
  EndPracticePayload,
  PracticeSession,
  StartPracticePayload,
} from "./practice.type.js";

/**
 * Starts to practise, or goes on with what is open of the same exam, e.g. on another device.
 * @throws INSUFFICIENT_PERMISSIONS for anybody but students
 * @throws NOT_FOUND for an exam type or subtest of which there are no items
 */
export async function startPractice(ctx: LearningContext, input: StartPracticeInput): Promise<StartPracticePayload> {
  const { idempotencyKey: key, ...wanted } = validate(startPracticeRules, input);
  const { userId: studentId, organizationId } = requireSignedIn(ctx.viewer);
  if (!canStart(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const { sessionId } = await asSystem(() =>
    ctx.transactionOnce({ command: "startPractice", key, input: wanted }, async (tx) => {
      const exam = await store.findExamType(tx, wanted.examType);
      if (exam === null) throw new LenteraError("NOT_FOUND");
      await lockLearners(tx, [studentId]);
      const open = await store.findOpen(tx, studentId, exam.id);
      if (open !== null) return { sessionId: open.id };
      const rows = await store.findPool(tx, { examTypeId: exam.id, subtest: wanted.subtest ?? null, organizationId });
      if (rows.length === 0) throw new LenteraError("NOT_FOUND");
      const { mean, deviation } = exam.scale;
      const ineligible = await drawIneligible(tx, exam.id, rows);
      const session = await store.insertSession(tx, {
        studentId,
        organizationId,
        examTypeId: exam.id,
        subtest: wanted.subtest ?? null,
        maximumItems: wanted.maximumItems,
        targetError: wanted.targetStandardError == null ? null : wanted.targetStandardError / deviation,
        cut: wanted.decisiveScore == null ? null : (wanted.decisiveScore - mean) / deviation,
        ineligible,
        startedAt: ctx.now(),
      });
      await giveNext(ctx, tx, session, rows, []);
      return { sessionId: session.id };
    }),
  );
  return { session: await getSession(ctx, sessionId) };
}

async function drawIneligible(tx: Transaction, examTypeId: string, rows: readonly store.PoolRow[]): Promise<string[]> {
  const sessions = await store.countSessions(tx, examTypeId);
  const ineligible = rows.filter((row) => Math.random() >= eligibility(sessions, row)).map(({ id }) => id);
  await store.noteIneligible(tx, ineligible);
  return ineligible;
}

/** Gives the next item; false when there is none. */
async function giveNext(
  ctx: LearningContext,
  tx: Transaction,
  session: store.SessionRow,
  rows: readonly store.PoolRow[],
  given: readonly store.GivenRow[],
): Promise<boolean> {
  const position = given.length + 1;
  const draw = (block: number): number =>
    createHash("sha256").update(`${session.id} ${block}`).digest().readUInt32BE() / 2 ** 32;
  const pilot = isPilotPosition(position, draw) ? await store.findPilot(tx, session) : null;
  const weights = new Map(rows.map(({ topic, weight }) => [topic, weight]));
  const scored = new Set(given.filter(({ isPilot }) => !isPilot).map(({ itemId }) => itemId));
  const itemId =
    pilot ??
    nextItem(
      createPool(rows, (topic) => weights.get(topic) ?? 0),
      { ability: session.ability, given: scored, ineligible: new Set(session.ineligible) },
    )?.id;
  if (itemId === undefined) return false;
  const fact = { sessionId: session.id, position, itemId, isPilot: pilot !== null, givenAt: ctx.now() };
  await store.giveItem(tx, fact);
  return true;
}

/**
 * Answers the current item and learns whether it was right, and why. The same client id gives the same result again.
 * @throws NOT_FOUND for a session that is not the viewer's own
 * @throws ILLEGAL_STATE for any item but the current one, and in a session that has ended
 */
export async function answerPractice(ctx: LearningContext, input: AnswerPracticeInput): Promise<AnswerPracticePayload> {
  const answer = validate(answerPracticeRules, input);
  const { session, given, leaderboardIds } = await asSystem(() =>
    ctx.transaction(async (tx) => {
      const locked = own(ctx, await store.lockSession(tx, answer.sessionId));
      const before = await store.findGiven(tx, locked.id);
      const replayed = before.find(({ clientId }) => clientId === answer.clientId);
      if (replayed !== undefined) {
        if (replayed.itemId !== answer.itemId) throw new LenteraError("IDEMPOTENCY_CONFLICT");
        return { session: locked, given: replayed, leaderboardIds: [] };
      }
      const current = before.find(({ clientId }) => clientId === null);
      if (locked.endedAt !== null || current?.itemId !== answer.itemId) throw new LenteraError("ILLEGAL_STATE");
      return settleAnswer(ctx, tx, locked, before, current, answer);
    }),
  );
  announceLeaderboards(ctx, leaderboardIds);
  const estimate = { ability: given.ability ?? 0, standardError: given.abilityError ?? 1 };
  return {
    session: await getSession(ctx, session.id),
    result: {
      clientId: answer.clientId,
      itemId: given.itemId,
      isRight: given.isRight === true,
      rightKeys: given.isPilot ? null : given.correct,
      explanation: given.isPilot ? null : given.explanation,
      estimate: await scoreOf(ctx, session.examTypeId, estimate),
    },
  };
}

async function settleAnswer(
  ctx: LearningContext,
  tx: Transaction,
  session: store.SessionRow,
  before: readonly store.GivenRow[],
  current: store.GivenRow,
  { clientId, response, elapsedMs }: AnswerPracticeInput,
) {
  if (!isValidResponse(current, response))
    throw invalidField(
      "input.response",
      "INVALID_FORMAT",
      "Answer as the item's kind wants it, e.g. with one option's key.",
    );
  const { isRight } = markResponse(current, response);
  const answered = before.map((row) => (row.position === current.position ? { ...row, clientId, isRight } : row));
  const scored = answered.flatMap(({ isPilot, isRight: right, ...item }) =>
    isPilot || right === null ? [] : [{ item, isRight: right }],
  );
  const estimate = estimateAfter(scored);
  const after = { ability: estimate.ability, abilityError: estimate.standardError };
  await store.insertAnswer(tx, {
    sessionId: session.id,
    position: current.position,
    clientId,
    response,
    elapsedMs,
    isRight,
    ...after,
    answeredAt: ctx.now(),
  });
  await store.updateEstimate(tx, session.id, estimate);
  const reason =
    stopReason(session, scored.length, estimate) ?? (await giveOrExhaust(ctx, tx, { ...session, ...after }, answered));
  const leaderboardIds = reason === null ? [] : await finish(ctx, tx, session, answered, reason);
  return { session, given: { ...current, clientId, isRight, ...after }, leaderboardIds };
}

async function giveOrExhaust(
  ctx: LearningContext,
  tx: Transaction,
  session: store.SessionRow,
  given: readonly store.GivenRow[],
): Promise<PracticeEnd | null> {
  const rows = await store.findPool(tx, session);
  return rows.length > 0 && (await giveNext(ctx, tx, session, rows, given)) ? null : "EXHAUSTED";
}

/** Ends the session; points are earned once per exam type and local day. @returns the leaderboards that may have moved */
async function finish(
  ctx: LearningContext,
  tx: Transaction,
  { id, studentId: userId, organizationId, examTypeId }: store.SessionRow,
  given: readonly store.GivenRow[],
  reason: PracticeEnd,
): Promise<readonly string[]> {
  const now = ctx.now();
  await store.endSession(tx, id, reason, now);
  const answered = given.filter(({ isPilot, isRight }) => !isPilot && isRight !== null);
  if (answered.length === 0) return [];
  const zone = (await lockLearners(tx, [userId])).get(userId)?.timeZone ?? "Asia/Jakarta";
  const points = pointsForPractice(answered.filter(({ isRight }) => isRight).length);
  const source = `practice:${examTypeId}:${localDay(now, zone)}`;
  const earning = { userId, organizationId, source, kind: "PRACTICE" as const, points, earnedAt: now };
  return (await award(tx, [earning], now)).leaderboardIds;
}

/** Ends a session before its time. Ending it again changes nothing. @throws NOT_FOUND for one that is not the viewer's own */
export async function endPractice(ctx: LearningContext, input: EndPracticeInput): Promise<EndPracticePayload> {
  const { sessionId } = validate(endPracticeRules, input);
  const leaderboardIds = await asSystem(() =>
    ctx.transaction(async (tx) => {
      const session = own(ctx, await store.lockSession(tx, sessionId));
      if (session.endedAt !== null) return [];
      return finish(ctx, tx, session, await store.findGiven(tx, sessionId), "STUDENT");
    }),
  );
  announceLeaderboards(ctx, leaderboardIds);
  return { session: await getSession(ctx, sessionId) };
}

/** @throws NOT_FOUND for a session that is not the viewer's own */
export async function getSession(ctx: LearningContext, id: string): Promise<PracticeSession> {
  return own(ctx, await store.findSession(ctx.db, id));
}

/** The viewer's own, newest first. */
export function listSessions(ctx: LearningContext, args: ConnectionArguments): Promise<Page<PracticeSession>> {
  const { userId: studentId } = requireSignedIn(ctx.viewer);
  return paginate<PracticeSession>({
    args,
    orderBy: [
      { field: "startedAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: ({ where, orderBy, take }) => store.findSessions(ctx.db, { ...where, studentId }, orderBy, take),
    count: () => store.countOwn(ctx.db, studentId),
  });
}

/** What the answers so far say. */
export function estimateOf(ctx: LearningContext, session: PracticeSession): Promise<Score> {
  return scoreOf(ctx, session.examTypeId, { ability: session.ability, standardError: session.abilityError });
}

async function scoreOf(
  ctx: LearningContext,
  examTypeId: string,
  estimate: { ability: number; standardError: number },
): Promise<Score> {
  const {
    intervalLow: low,
    intervalHigh: high,
    ...score
  } = toScaledScore(estimate, await scaleLoader(ctx).load(examTypeId));
  return { ...score, ability: estimate.ability, interval: { low, high } };
}

function own(ctx: LearningContext, session: store.SessionRow | null): store.SessionRow {
  if (session === null || session.studentId !== ctx.viewer.userId) throw new LenteraError("NOT_FOUND");
  return session;
}
