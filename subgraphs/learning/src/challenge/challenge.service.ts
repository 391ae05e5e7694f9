import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  addJob,
  asSystem,
  invalidField,
  paginate,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import { canStart } from "../attempt/attempt.policy.js";
import type { LearningContext, Transaction } from "../context.js";
import { announceLeaderboards } from "../leaderboard/leaderboard.service.js";
import { award } from "../xp/xp.service.js";
import {
  type AnswerChallengeInput,
  type CancelChallengeInput,
  type CreateChallengeInput,
  answerChallengeRules,
  cancelChallengeRules,
  createChallengeRules,
} from "./challenge.input.js";
import { INVITATION_MS, POINTS_FOR_WINNING, assertMove, placed } from "./challenge.rules.js";
import * as store from "./challenge.store.js";
import type {
  AnswerChallengePayload,
  CancelChallengePayload,
  Challenge,
  CreateChallengePayload,
} from "./challenge.type.js";

export const BEGIN_JOB = "challenge.begin";
export const END_JOB = "challenge.end";
const DAY_MS = 24 * 60 * 60 * 1000;
/** What was submitted before the end has its score by then. */
const SETTLING_MS = 2 * 60 * 1000;
const MOST_INVITING = 10;

/**
 * Invites friends, or the others of a class or study group, to a contest.
 * @throws INSUFFICIENT_PERMISSIONS for anybody but students
 * @throws NOT_FOUND for a class or group that is none of the viewer's, ILLEGAL_STATE when nobody else is in it
 * @throws LIMIT_EXCEEDED while 10 of the viewer's challenges wait for answers
 */
export async function createChallenge(
  ctx: LearningContext,
  input: CreateChallengeInput,
): Promise<CreateChallengePayload> {
  const { idempotencyKey: key, ...wanted } = validate(createChallengeRules, input);
  const { userId: creatorId } = requireSignedIn(ctx.viewer);
  if (!canStart(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const { challengeId } = await asSystem(() =>
    ctx.transactionOnce({ command: "createChallenge", key, input: wanted }, async (tx) => {
      if ((await store.countInviting(tx, creatorId)) >= MOST_INVITING) throw new LenteraError("LIMIT_EXCEEDED");
      const { userIds, cohortId = null, topic = null, ...challenge } = wanted;
      const invitedIds = cohortId === null ? [...new Set(userIds)] : await store.findFellows(tx, cohortId, creatorId);
      if (invitedIds === null) throw new LenteraError("NOT_FOUND");
      if (invitedIds.includes(creatorId)) throw invalidField("input.userIds", "INVALID_FORMAT", "Invite others.");
      if (invitedIds.length === 0) throw new LenteraError("ILLEGAL_STATE");
      const now = ctx.now();
      const answerBy = new Date(now.getTime() + INVITATION_MS);
      const facts = { ...challenge, topic, cohortId, creatorId, answerBy, createdAt: now };
      const id = await store.insertChallenge(tx, facts, invitedIds, now);
      await addJob(tx, BEGIN_JOB, { challengeId: id }, { key: `${BEGIN_JOB}:${id}`, runAt: answerBy });
      return { challengeId: id };
    }),
  );
  return { challenge: await getChallenge(ctx, challengeId) };
}

/**
 * Accepts or declines an invitation. Answering the same again changes nothing.
 * @throws NOT_FOUND for a challenge to which the viewer is not invited
 * @throws ILLEGAL_STATE after another answer, and when it is no longer open
 */
export async function answerChallenge(
  ctx: LearningContext,
  input: AnswerChallengeInput,
): Promise<AnswerChallengePayload> {
  const { challengeId, accept } = validate(answerChallengeRules, input);
  const { userId } = requireSignedIn(ctx.viewer);
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      const challenge = await lock(tx, challengeId);
      const members = await store.findMembers(tx, [challengeId]);
      const own = members.find((member) => member.userId === userId);
      if (own === undefined) throw new LenteraError("NOT_FOUND");
      const status = accept ? "ACCEPTED" : "DECLINED";
      if (own.status === status) return;
      const isOpen = challenge.status === "INVITING" && ctx.now() < challenge.answerBy;
      if (!isOpen || !(await store.answerInvitation(tx, challengeId, userId, status, ctx.now())))
        throw new LenteraError("ILLEGAL_STATE");
      const others = members.filter((member) => member.userId !== userId);
      if (others.every((member) => member.status !== "INVITED")) await begin(ctx, tx, challenge);
    }),
  );
  return { challenge: await getChallenge(ctx, challengeId) };
}

/** Its maker takes a challenge back. @throws NOT_FOUND for somebody else's, ILLEGAL_STATE once it is active */
export async function cancelChallenge(
  ctx: LearningContext,
  input: CancelChallengeInput,
): Promise<CancelChallengePayload> {
  const { challengeId } = validate(cancelChallengeRules, input);
  const { userId } = requireSignedIn(ctx.viewer);
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      const { creatorId, status } = await lock(tx, challengeId);
      if (creatorId !== userId) throw new LenteraError("NOT_FOUND");
      if (status === "CANCELLED") return;
      assertMove(status, "CANCELLED");
      await store.moveChallenge(tx, challengeId, { status: "CANCELLED" });
    }),
  );
  return { challenge: await getChallenge(ctx, challengeId) };
}

async function begin(ctx: LearningContext, tx: Transaction, { id, status, durationDays }: Challenge): Promise<void> {
  const members = await store.findMembers(tx, [id]);
  const isContest = members.filter((member) => member.status === "ACCEPTED").length >= 2;
  assertMove(status, isContest ? "ACTIVE" : "CANCELLED");
  if (!isContest) return store.moveChallenge(tx, id, { status: "CANCELLED" });
  const startsAt = ctx.now();
  const endsAt = new Date(startsAt.getTime() + durationDays * DAY_MS);
  await store.moveChallenge(tx, id, { status: "ACTIVE", startsAt, endsAt });
  const runAt = new Date(endsAt.getTime() + SETTLING_MS);
  await addJob(tx, END_JOB, { challengeId: id }, { key: `${END_JOB}:${id}`, runAt });
}

/** The job when invitations run out. Does nothing when the challenge has begun or been taken back. */
export async function beginChallenge(ctx: LearningContext, challengeId: string): Promise<void> {
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      const challenge = await lock(tx, challengeId);
      if (challenge.status === "INVITING" && challenge.answerBy <= ctx.now()) await begin(ctx, tx, challenge);
    }),
  );
}

/** The job when time is over: places are given for good and winners are rewarded, once however often it runs. */
export async function endChallenge(ctx: LearningContext, challengeId: string): Promise<void> {
  const leaderboardIds = await asSystem(() =>
    ctx.transaction(async (tx) => {
      const { status, endsAt, goal } = await lock(tx, challengeId);
      const now = ctx.now();
      if (status !== "ACTIVE" || endsAt === null || endsAt > now) return [];
      const placings = placed(await store.findResults(tx, [challengeId], goal));
      await store.saveResults(tx, challengeId, placings);
      await store.moveChallenge(tx, challengeId, { status: "ENDED" });
      const earnings = placings
        .filter(({ isWinner }) => isWinner)
        .map(({ userId }) => ({
          userId,
          organizationId: null,
          source: `challenge:${challengeId}`,
          kind: "CHALLENGE" as const,
          points: POINTS_FOR_WINNING,
          earnedAt: now,
        }));
      return (await award(tx, earnings, now)).leaderboardIds;
    }),
  );
  announceLeaderboards(ctx, leaderboardIds);
}

/** @throws NOT_FOUND for a challenge to which the viewer is not invited */
export async function getChallenge(ctx: LearningContext, id: string): Promise<Challenge> {
  return found(await store.findChallenge(ctx.db, id));
}

/** Those to which the viewer is invited, newest first. */
export function listChallenges(ctx: LearningContext, args: ConnectionArguments): Promise<Page<Challenge>> {
  const { userId } = requireSignedIn(ctx.viewer);
  return paginate<Challenge>({
    args,
    orderBy: [{ field: "id", direction: "desc" }],
    rows: ({ where, orderBy, take }) =>
      store.findChallenges(ctx.db, { ...where, members: { some: { userId } } }, orderBy, take),
    count: () => store.countChallenges(ctx.db, userId),
  });
}

async function lock(tx: Transaction, id: string): Promise<Challenge> {
  return found(await store.lockChallenge(tx, id));
}

function found(challenge: Challenge | null): Challenge {
  if (challenge === null) throw new LenteraError("NOT_FOUND");
  return challenge;
}
