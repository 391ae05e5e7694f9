import { asSystem, refuseWhileImpersonating, requireSignedIn, validate } from "@lentera/kit";
import { settleAttempt } from "../../attempt/scoring.service.js";
import type { LearningContext } from "../../context.js";
import { getUsableDevice } from "../device/device.service.js";
import { clockOffset } from "../offline.rules.js";
import { readEntry } from "./entry.service.js";
import { processItems } from "./item.service.js";
import { makeReceipts } from "./receipt.service.js";
import { findUnscoredAttempts } from "./sitting.store.js";
import { type ParsedItem, type SyncOfflineInput, syncOfflineRules } from "./sync.input.js";
import { byUrgency, isStorable } from "./sync.rules.js";
import * as store from "./sync.store.js";
import { type OfflineReceipt, SyncReason, type SyncItemResult, type SyncOfflinePayload } from "./sync.type.js";

/**
 * Takes in what a device did without a network. First everything is stored, once for each client id, then worked on one
 * by one: by priority, then age, then id. What is stored is not lost, whatever becomes of it; sending it again, from
 * here or at the same moment, changes nothing.
 * @throws NOT_FOUND for a device that is not the caller's, ILLEGAL_STATE for a revoked one
 */
export async function syncOffline(ctx: LearningContext, input: SyncOfflineInput): Promise<SyncOfflinePayload> {
  const { deviceId, sentAt, items } = validate(syncOfflineRules, input);
  const { userId, organizationId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  return asSystem(async () => {
    const device = await getUsableDevice(ctx, userId, deviceId);
    const receivedAt = ctx.now();
    const delivery = { userId, organizationId, deviceId: device.id, receivedAt };
    const clockOffsetMs = clockOffset(sentAt, receivedAt);
    const storable = items.filter(({ payload }) => isStorable(payload)).map(withPlace);
    await ctx.transaction((tx) => store.insertItems(tx, { ...delivery, clockOffsetMs }, storable));

    const clientIds = items.map(({ clientId }) => clientId);
    const pending = (await store.findItems(ctx.db, userId, clientIds)).filter(({ status }) => status === "PENDING");
    await processItems(
      ctx,
      pending.toSorted(byUrgency).map(({ id }) => id),
    );

    const stored = new Map((await store.findItems(ctx.db, userId, clientIds)).map((item) => [item.clientId, item]));
    const results = items.map((item) => resultOf(item, stored.get(item.clientId)));
    const synced = results.filter(({ status }) => status === "HELD").length;
    const sittingIds = [...new Set([...stored.values()].flatMap(({ sittingId }) => sittingId ?? []))];
    await scoreFinished(ctx, userId, sittingIds);
    const receipts = await makeReceipts(ctx, userId, sittingIds);
    return { results, synced, failed: results.length - synced, receipts, serverTime: ctx.now() };
  });
}

/** A receipt of one of the caller's sittings, also of one of which nothing has come in. */
export async function getReceipt(ctx: LearningContext, sittingId: string): Promise<OfflineReceipt> {
  const { userId } = requireSignedIn(ctx.viewer);
  const [receipt] = await makeReceipts(ctx, userId, [sittingId]);
  if (receipt === undefined) throw new Error("One sitting has one receipt.");
  return receipt;
}

/** The place in a chain that an answer says is its own, by which those that wait for it are found. */
function withPlace(item: ParsedItem): store.NewItem {
  const entry = item.kind === "ANSWER" ? readEntry(item.payload)?.entry : undefined;
  return { ...item, sittingId: entry?.sittingId ?? null, sequence: entry?.sequence ?? null };
}

function resultOf({ clientId, kind, payload }: ParsedItem, stored: store.SyncItemRow | undefined): SyncItemResult {
  if (stored === undefined) return { clientId, status: "REJECTED", reason: SyncReason.INVALID_PAYLOAD };
  if (stored.kind !== kind || stored.payload !== payload)
    return { clientId, status: "REJECTED", reason: SyncReason.ID_REUSED };
  return { clientId, status: stored.status, reason: reasonOf(stored) };
}

function reasonOf({ reason }: Pick<store.SyncItemRow, "reason">): SyncReason | null {
  return Object.values(SyncReason).find((known) => known === reason) ?? null;
}

/** The student should not have to wait for the job that does the same after a crash. */
async function scoreFinished(ctx: LearningContext, studentId: string, sittingIds: readonly string[]): Promise<void> {
  for (const attemptId of await findUnscoredAttempts(ctx.db, studentId, sittingIds))
    await settleAttempt(ctx, attemptId);
}
