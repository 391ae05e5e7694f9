import { createHash, randomInt, timingSafeEqual } from "node:crypto";
import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  addJob,
  asSystem,
  invalidField,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import type { LearningContext, Transaction } from "../context.js";
import type { User } from "../stubs.js";
import { tryoutLoader } from "../tryout/tryout.loader.js";
import { readAccessCode } from "../tryout/management.service.js";
import { announceProgress } from "../tryout/progress.service.js";
import { deadlineOf, isOpen, maySitAgain, windowsOf } from "../tryout/tryout.rules.js";
import { findSubtests } from "../tryout/tryout.store.js";
import type { Tryout } from "../tryout/tryout.type.js";
import {
  type SaveAnswersInput,
  type StartAttemptInput,
  type SubmitAttemptInput,
  saveAnswersRules,
  startAttemptRules,
  submitAttemptRules,
} from "./attempt.input.js";
import { attemptsLoader } from "./attempt.loader.js";
import { canRead, canStart, isOwn } from "./attempt.policy.js";
import { type SatItem, closesAt, judgeAnswer } from "./attempt.rules.js";
import * as store from "./attempt.store.js";
import {
  AnswerStatus,
  type Attempt,
  type SaveAnswersPayload,
  type StartAttemptPayload,
  type SubmitAttemptPayload,
} from "./attempt.type.js";
import { settleAttempt } from "./scoring.service.js";

export const EXPIRE_JOB = "attempt.expire";

/**
 * Starts a sitting, or goes on with the one that is running, e.g. on another device.
 * @throws INSUFFICIENT_PERMISSIONS for anybody but students
 * @throws NOT_FOUND for a tryout that is not offered to the viewer
 * @throws ILLEGAL_STATE when it is not open, or was sat as often as it may be
 * @throws VALIDATION_ERROR for a missing or wrong access code
 */
export async function startAttempt(ctx: LearningContext, input: StartAttemptInput): Promise<StartAttemptPayload> {
  const { tryoutId, accessCode, idempotencyKey } = validate(startAttemptRules, input);
  const { userId: studentId, organizationId } = requireSignedIn(ctx.viewer);
  if (!canStart(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const tryout = await tryoutLoader(ctx).load(tryoutId);
  await finishOverdue(ctx, studentId, tryoutId);
  const { attemptId } = await ctx.transactionOnce(
    { command: "startAttempt", key: idempotencyKey, input: { tryoutId } },
    async (tx) => {
      const unfinished = await store.findUnfinished(tx, studentId, tryoutId);
      if (unfinished !== null) return { attemptId: unfinished.id };
      requireAccessCode(ctx, tryout, accessCode);
      return { attemptId: await begin(ctx, tx, tryout, { studentId, organizationId }) };
    },
  );
  announceProgress(ctx, tryoutId);
  return { attempt: await getOwnAttempt(ctx, attemptId) };
}

/** @throws VALIDATION_ERROR for a missing or wrong access code, when the tryout has one */
export function requireAccessCode(ctx: LearningContext, tryout: Tryout, given: string | null | undefined): void {
  const wanted = readAccessCode(ctx, tryout);
  if (wanted === null) return;
  const digest = (code: string): Buffer => createHash("sha256").update(code).digest();
  if (!timingSafeEqual(digest(wanted), digest((given ?? "").trim().toUpperCase())))
    throw invalidField("input.accessCode", "INVALID_FORMAT", "This is not the access code.");
}

async function begin(
  ctx: LearningContext,
  tx: Transaction,
  tryout: Tryout,
  sitter: Pick<Attempt, "studentId" | "organizationId">,
): Promise<string> {
  const now = ctx.now();
  if (!isOpen(tryout, now)) throw new LenteraError("ILLEGAL_STATE");
  await store.lockStart(tx, sitter.studentId, tryout.id);
  if (!maySitAgain(tryout, await store.countFinished(tx, sitter.studentId, tryout.id)))
    throw new LenteraError("ILLEGAL_STATE");
  const seed = randomInt(2 ** 31);
  const attempt = { ...sitter, tryoutId: tryout.id, startedAt: now, deadline: deadlineOf(tryout, now), seed };
  const attemptId = await store.insertAttempt(tx, attempt);
  if (attemptId === undefined)
    return (await store.findUnfinished(tx, sitter.studentId, tryout.id))?.id ?? begin(ctx, tx, tryout, sitter);
  await addJob(tx, EXPIRE_JOB, { attemptId }, { key: `${EXPIRE_JOB}:${attemptId}`, runAt: closesAt(attempt) });
  return attemptId;
}

/** The job that ends a sitting may be a moment late; the student should not have to wait for it. */
async function finishOverdue(ctx: LearningContext, studentId: string, tryoutId: string): Promise<void> {
  const unfinished = await store.findUnfinished(ctx.db, studentId, tryoutId);
  if (unfinished !== null && closesAt(unfinished) <= ctx.now()) await settleAttempt(ctx, unfinished.id);
}

/**
 * Saves answers, each for itself: what is wrong with one does not keep the others out. Repeating a call changes nothing.
 * @throws NOT_FOUND for an attempt that is not the viewer's own
 */
export async function saveAnswers(ctx: LearningContext, input: SaveAnswersInput): Promise<SaveAnswersPayload> {
  const { attemptId, answers } = validate(saveAnswersRules, input);
  const clientIds = answers.map(({ clientId }) => clientId);
  const { attempt, results } = await ctx.transaction(async (tx) => {
    const locked = own(ctx, await store.lockForAnswers(tx, attemptId));
    const facts = {
      isOpen: locked.status === "IN_PROGRESS" && ctx.now() < closesAt(locked),
      now: ctx.now(),
      savedClientIds: await store.findSavedClientIds(tx, attemptId, clientIds),
      items: await findSatItems(tx, locked),
    };
    const judged = answers.map((answer) => ({ answer, status: judgeAnswer(answer, facts) }));
    const accepted = judged.filter(({ status }) => status === AnswerStatus.SAVED).map(({ answer }) => answer);
    const inserted = await store.insertAnswers(tx, attemptId, accepted, ctx.now());
    return {
      attempt: locked,
      results: judged.map(({ answer: { clientId }, status }) => ({
        clientId,
        status: confirmed(clientId, status, inserted),
      })),
    };
  });
  return { attempt, results };
}

async function findSatItems(tx: Transaction, attempt: Attempt): Promise<Map<string, SatItem>> {
  const items = await store.findAnswerable(tx, attempt.tryoutId);
  const hasSectionClocks = items.some((item) => item.hasSectionClocks);
  const sections = hasSectionClocks ? ((await findSubtests(tx, [attempt.tryoutId])).get(attempt.tryoutId) ?? []) : [];
  const windows = new Map(windowsOf(sections, attempt, hasSectionClocks).map((window) => [window.subtest, window]));
  return new Map(
    items.map((item) => {
      const { opensAt = null, closesAt = null } = windows.get(item.subtest) ?? {};
      return [item.itemId, { ...item, opensAt, closesAt }];
    }),
  );
}

/** An answer that a concurrent delivery of the same client id wrote first is held all the same. */
function confirmed(clientId: string, status: AnswerStatus, inserted: ReadonlySet<string>): AnswerStatus {
  return status === AnswerStatus.SAVED && !inserted.has(clientId) ? AnswerStatus.ALREADY_SAVED : status;
}

/**
 * Ends the sitting and scores it. Submitting again gives the same score again.
 * @throws NOT_FOUND for an attempt that is not the viewer's own
 */
export async function submitAttempt(ctx: LearningContext, input: SubmitAttemptInput): Promise<SubmitAttemptPayload> {
  const { attemptId } = validate(submitAttemptRules, input);
  own(ctx, await store.findAttempt(ctx.db, attemptId));
  await settleAttempt(ctx, attemptId);
  return { attempt: await getOwnAttempt(ctx, attemptId) };
}

/** Ends a sitting whose time is over with what was saved. Does nothing when it has ended or its time is not over. */
export async function expireAttempt(ctx: LearningContext, attemptId: string): Promise<void> {
  const attempt = await asSystem(() => store.findAttempt(ctx.db, attemptId));
  if (attempt !== null && attempt.status === "IN_PROGRESS" && closesAt(attempt) <= ctx.now())
    await settleAttempt(ctx, attemptId);
}

/** @throws NOT_FOUND for an attempt that the viewer may not open, existing or not */
export async function getAttempt(ctx: LearningContext, id: string): Promise<Attempt> {
  const attempt = await store.findAttempt(ctx.db, id);
  if (attempt === null || !canRead(ctx.viewer, attempt)) throw new LenteraError("NOT_FOUND");
  return attempt;
}

/** A student's attempts, newest first; null when the owner of the relationship does not let the viewer see scores. */
export async function listAttempts(
  ctx: LearningContext,
  student: User,
  args: ConnectionArguments,
): Promise<Page<Attempt> | null> {
  if (student.viewerAccess?.viewScores !== true) return null;
  return attemptsLoader(ctx).load({ parentId: student.id, args });
}

async function getOwnAttempt(ctx: LearningContext, id: string): Promise<Attempt> {
  return own(ctx, await store.findAttempt(ctx.db, id));
}

function own(ctx: LearningContext, attempt: Attempt | null): Attempt {
  if (attempt === null || !isOwn(ctx.viewer, attempt)) throw new LenteraError("NOT_FOUND");
  return attempt;
}
