import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  asSystem,
  audit,
  emit,
  invalidField,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import type { LearningContext, Transaction } from "../context.js";
import { goalCompleted } from "../events.js";
import { programLoader } from "../program/program.loader.js";
import { endOfDay } from "../streak/streak.rules.js";
import type { User } from "../stubs.js";
import { learnerLoader } from "../xp/learner.loader.js";
import {
  type ChangeGoalStatusInput,
  type ClaimGoalRewardInput,
  type CreateGoalInput,
  changeGoalStatusRules,
  claimGoalRewardRules,
  createGoalRules,
} from "./goal.input.js";
import { currentLoader, goalKeyOf, goalsLoader } from "./goal.loader.js";
import { assertGoalMove, isReached, progressOf } from "./goal.rules.js";
import * as store from "./goal.store.js";
import type {
  ChangeGoalStatusPayload,
  ClaimGoalRewardPayload,
  CreateGoalPayload,
  Goal,
  GoalProgress,
} from "./goal.type.js";

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const PERMIT_MS = 10 * MINUTE_MS;
const MOST_OPEN = 50;
const LONGEST_MS = 366 * DAY_MS;
/** Results can come out that long after a goal's last day. */
const LATE_MS = 7 * DAY_MS;
const BATCH = 200;

/** The viewer's permits are nobody else's. */
const permitContext = (viewerId: string): string => `goal-permit:${viewerId}`;

/**
 * The owner of the relationship decides who may set goals, and decides it in a query: the permit carries the decision into a
 * mutation, for 10 minutes and for this viewer alone.
 */
export function issuePermit(ctx: LearningContext, { id, viewerAccess }: User): string | null {
  const { userId } = ctx.viewer;
  if (viewerAccess?.setGoals !== true || userId === null) return null;
  return ctx.encryption.encrypt(`${ctx.now().getTime() + PERMIT_MS} ${id}`, permitContext(userId));
}

/** For whom the viewer sets goals. @throws VALIDATION_ERROR for a permit that is not theirs or has run out */
function studentOf(ctx: LearningContext, viewerId: string, permit: string | null | undefined): string {
  if (permit == null) return viewerId;
  const [until = "", studentId = ""] = openPermit(ctx, viewerId, permit).split(" ");
  if (!(Number(until) > ctx.now().getTime()))
    throw invalidField("input.permit", "INVALID_FORMAT", "Ask for `User.goalPermit` again.");
  return studentId;
}

function openPermit(ctx: LearningContext, viewerId: string, permit: string): string {
  try {
    return ctx.encryption.decrypt(permit, permitContext(viewerId));
  } catch (cause) {
    const details = [{ path: "input.permit", code: "INVALID_FORMAT" as const, message: "This permit is not yours." }];
    throw new LenteraError("VALIDATION_ERROR", { details, cause });
  }
}

/**
 * Sets a goal for oneself, or with a permit for a student.
 * @throws VALIDATION_ERROR also for a last day that is over or more than a year ahead, and for unknown examinations
 * @throws NOT_FOUND for an unknown programme, LIMIT_EXCEEDED while 50 goals of the student are open
 */
export async function createGoal(ctx: LearningContext, input: CreateGoalInput): Promise<CreateGoalPayload> {
  const { permit, idempotencyKey: key, endsOn, ...wanted } = validate(createGoalRules, input);
  const { userId: createdById } = requireSignedIn(ctx.viewer);
  const studentId = studentOf(ctx, createdById, permit);
  const startsAt = ctx.now();
  const { timeZone } = await learnerLoader(ctx).load(studentId);
  const endsAt = endOfDay(endsOn, timeZone);
  if (endsAt <= startsAt || endsAt.getTime() - startsAt.getTime() > LONGEST_MS)
    throw invalidField("input.endsOn", "INVALID_FORMAT", "Use a day from today on, a year ahead at most.");
  if (wanted.programId != null) await programLoader(ctx).load(wanted.programId);
  if (wanted.examTypeId != null && !(await store.examTypeExists(ctx.db, wanted.examTypeId)))
    throw invalidField("input.examTypeId", "INVALID_FORMAT", "Use the id of an exam type.");
  const { goalId } = await asSystem(() =>
    ctx.transactionOnce({ command: "createGoal", key, input: { ...wanted, endsOn, studentId } }, async (tx) => {
      if ((await store.countOpen(tx, studentId)) >= MOST_OPEN) throw new LenteraError("LIMIT_EXCEEDED");
      const id = await store.insertGoal(tx, {
        ...wanted,
        studentId,
        createdById,
        startsAt,
        endsAt,
        createdAt: startsAt,
      });
      await auditGoal(ctx, tx, "goal.created", id, { ...wanted, studentId, endsOn });
      return { goalId: id };
    }),
  );
  return { goal: await getGoal(ctx, goalId) };
}

/**
 * Pauses, resumes or cancels a goal. Only who set it does that.
 * @throws NOT_FOUND for a goal that the viewer does not reach, ILLEGAL_STATE for a move that is not possible now
 */
export async function changeGoalStatus(
  ctx: LearningContext,
  input: ChangeGoalStatusInput,
): Promise<ChangeGoalStatusPayload> {
  const { permit, goalId, status } = validate(changeGoalStatusRules, input);
  const { userId } = requireSignedIn(ctx.viewer);
  const studentId = studentOf(ctx, userId, permit);
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      const goal = await store.lockGoal(tx, goalId);
      if (goal === null || goal.studentId !== studentId) throw new LenteraError("NOT_FOUND");
      if (goal.createdById !== userId) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
      assertGoalMove(goal.status, status);
      await store.moveGoal(tx, goalId, status);
      await auditGoal(ctx, tx, "goal.status-changed", goalId, { from: goal.status, to: status });
    }),
  );
  return { goal: await getGoal(ctx, goalId) };
}

/**
 * The student claims what was promised, once.
 * @throws NOT_FOUND for somebody else's goal, ILLEGAL_STATE when nothing was promised, reached, or left to claim
 */
export async function claimGoalReward(
  ctx: LearningContext,
  input: ClaimGoalRewardInput,
): Promise<ClaimGoalRewardPayload> {
  const { goalId } = validate(claimGoalRewardRules, input);
  const { userId } = requireSignedIn(ctx.viewer);
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      const goal = await store.findGoal(tx, goalId);
      if (goal?.studentId !== userId) throw new LenteraError("NOT_FOUND");
      if (!(await store.claimReward(tx, goalId, ctx.now()))) throw new LenteraError("ILLEGAL_STATE");
      await auditGoal(ctx, tx, "goal.reward-claimed", goalId, { rewardNote: goal.rewardNote });
    }),
  );
  return { goal: await getGoal(ctx, goalId) };
}

async function auditGoal(
  ctx: LearningContext,
  tx: Transaction,
  action: string,
  entityId: string,
  newValues: unknown,
): Promise<void> {
  await audit(tx, ctx.identity, { action, entityType: "Goal", entityId, newValues });
}

/** A goal that the caller has just been found to reach. */
async function getGoal(ctx: LearningContext, id: string): Promise<Goal> {
  const goal = await asSystem(() => store.findGoal(ctx.db, id));
  if (goal === null) throw new LenteraError("NOT_FOUND");
  return goal;
}

/** A student's goals, newest first; null for those who may not set goals for them. */
export async function listGoals(
  ctx: LearningContext,
  { id, viewerAccess }: User,
  args: ConnectionArguments,
): Promise<Page<Goal> | null> {
  return viewerAccess?.setGoals === true ? goalsLoader(ctx).load({ parentId: id, args }) : null;
}

export async function findProgress(ctx: LearningContext, goal: Goal): Promise<GoalProgress> {
  const current = await currentLoader(ctx).load(goalKeyOf(goal));
  const isOpen = goal.status === "ACTIVE" || goal.status === "PAUSED";
  return {
    current,
    share: goal.status === "COMPLETED" ? 1 : progressOf(current, goal.target),
    isOverdue: isOpen && goal.endsAt <= ctx.now(),
  };
}

/** Completes every active goal whose target is reached and tells of it, each once however often and concurrently this runs. */
export async function settleGoals(ctx: LearningContext): Promise<void> {
  const endsAfter = new Date(ctx.now().getTime() - LATE_MS);
  for (let after: string | null = null; ;) {
    const goals = await asSystem(() => store.findActive(ctx.db, after, endsAfter, BATCH));
    const currents = await Promise.all(goals.map((goal) => currentLoader(ctx).load(goalKeyOf(goal))));
    const reached = goals.filter(({ target }, index) => isReached(currents[index] ?? null, target));
    if (reached.length > 0) await complete(ctx, reached);
    if (goals.length < BATCH) return;
    after = goals.at(-1)?.id ?? null;
  }
}

async function complete(ctx: LearningContext, goals: readonly Goal[]): Promise<void> {
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      const ids = await store.completeGoals(
        tx,
        goals.map(({ id }) => id),
        ctx.now(),
      );
      for (const { id: goalId, studentId, createdById, title, rewardNote } of goals)
        if (ids.includes(goalId)) await emit(tx, goalCompleted, { goalId, studentId, createdById, title, rewardNote });
    }),
  );
}
