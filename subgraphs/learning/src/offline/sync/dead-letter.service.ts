import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  asSystem,
  audit,
  paginate,
  refuseWhileImpersonating,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import { settleAttempt } from "../../attempt/scoring.service.js";
import type { LearningContext } from "../../context.js";
import { processItems } from "./item.service.js";
import { findUnscoredAttempts } from "./sitting.store.js";
import { type RetryDeadLetterInput, retryDeadLetterRules } from "./sync.input.js";
import { canManageSync } from "./sync.policy.js";
import * as store from "./sync.store.js";
import type { DeadLetter } from "./sync.type.js";

/**
 * What could not be dealt with in the organization, the newest first.
 * @throws INSUFFICIENT_PERMISSIONS without `sync:manage`
 */
export async function listDeadLetters(ctx: LearningContext, args: ConnectionArguments): Promise<Page<DeadLetter>> {
  requireManager(ctx);
  return paginate<DeadLetter>({
    args,
    orderBy: [
      { field: "receivedAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (page) => store.findDeadPage(ctx.db, page),
    count: () => store.countDead(ctx.db),
  });
}

/**
 * Tries a dead letter again, now and with five new tries.
 * @throws INSUFFICIENT_PERMISSIONS without `sync:manage`
 * @throws NOT_FOUND for one of another organization
 * @throws ILLEGAL_STATE for an item that is not dead
 */
export async function retryDeadLetter(ctx: LearningContext, input: RetryDeadLetterInput): Promise<DeadLetter> {
  const { id } = validate(retryDeadLetterRules, input);
  requireManager(ctx);
  refuseWhileImpersonating(ctx);
  const { userId: studentId, sittingId } = await getItem(ctx, id);
  await asSystem(async () => {
    await ctx.transaction(async (tx) => {
      if (!(await store.revive(tx, id))) throw new LenteraError("ILLEGAL_STATE");
      await audit(tx, ctx.identity, { action: "dead_letter.retried", entityType: "SyncItem", entityId: id });
    });
    await processItems(ctx, [id]);
    const attemptIds = await findUnscoredAttempts(ctx.db, studentId, sittingId === null ? [] : [sittingId]);
    for (const attemptId of attemptIds) await settleAttempt(ctx, attemptId);
  });
  return getItem(ctx, id);
}

function requireManager(ctx: LearningContext): void {
  requireSignedIn(ctx.viewer);
  if (!canManageSync(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
}

async function getItem(ctx: LearningContext, id: string): Promise<DeadLetter & store.SyncItemRow> {
  const item = await store.findItem(ctx.db, id);
  if (item === null) throw new LenteraError("NOT_FOUND");
  return item;
}
