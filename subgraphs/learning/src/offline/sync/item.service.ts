import type { z } from "zod";
import type { LearningContext, Transaction } from "../../context.js";
import { correctTime } from "../offline.rules.js";
import { creditOffline } from "./credit.service.js";
import { applyEntry } from "./entry.service.js";
import { keepProgress, lockPackage } from "./sitting.store.js";
import { analyticsRules, gamificationRules, progressRules } from "./sync.input.js";
import { HELD, type Outcome, afterFailure, rejected } from "./sync.rules.js";
import * as store from "./sync.store.js";
import { SyncReason } from "./sync.type.js";

/**
 * Works on stored items in this order, each in a transaction of its own: one that fails leaves the others alone. An
 * entry that arrives takes along those that waited for it.
 */
export async function processItems(ctx: LearningContext, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const next = [id];
    for (let item = next.shift(); item !== undefined; item = next.shift()) next.push(...(await processItem(ctx, item)));
  }
}

/** @returns the items that waited for this one */
async function processItem(ctx: LearningContext, id: string): Promise<string[]> {
  try {
    return await ctx.transaction(async (tx) => {
      const item = await store.lockPending(tx, id);
      if (item === null) return [];
      const outcome = await apply(tx, item, ctx.now());
      const retryCount = item.retryCount + (isWaiting(outcome) ? 1 : 0);
      await store.settleItem(tx, id, outcome, { retryCount, now: ctx.now() });
      return isWaiting(outcome) ? [] : await store.findWaiting(tx, item);
    });
  } catch {
    // Whatever it was, it is this item's alone; what staff need to know stands in the dead letter.
    await ctx.transaction(async (tx) => {
      const item = await store.lockPending(tx, id);
      if (item === null) return;
      const retryCount = item.retryCount + 1;
      const outcome = afterFailure(retryCount, SyncReason.INTERNAL);
      await store.settleItem(tx, id, outcome, { retryCount, now: ctx.now() });
    });
    return [];
  }
}

/** The try settled nothing: the item waits, or has waited too often. */
function isWaiting({ status }: Outcome): boolean {
  return status === "PENDING" || status === "DEAD";
}

async function apply(tx: Transaction, item: store.SyncItemRow, now: Date): Promise<Outcome> {
  switch (item.kind) {
    case "ANSWER":
      return applyEntry(tx, item);
    case "PROGRESS":
      return applyProgress(tx, item);
    case "GAMIFICATION":
      return applyGamification(tx, item, now);
    case "ANALYTICS":
      // The stored item is the record of the event.
      return parsed(analyticsRules, item) === undefined ? rejected(SyncReason.INVALID_PAYLOAD) : HELD;
  }
}

async function applyProgress(tx: Transaction, item: store.SyncItemRow): Promise<Outcome> {
  const progress = parsed(progressRules, item);
  if (progress === undefined) return rejected(SyncReason.INVALID_PAYLOAD);
  const occurredAt = new Date(progress.occurredAt.getTime() + Number(item.clockOffsetMs));
  const isKnown = await keepProgress(tx, item.userId, { ...progress, occurredAt });
  return isKnown ? HELD : afterFailure(item.retryCount + 1, SyncReason.MISSING_PREDECESSOR);
}

/** A day of study counts inside the signed life of a package, and when answers of that day are held. */
async function applyGamification(tx: Transaction, item: store.SyncItemRow, now: Date): Promise<Outcome> {
  const event = parsed(gamificationRules, item);
  if (event === undefined) return rejected(SyncReason.INVALID_PAYLOAD);
  const facts = await lockPackage(tx, item.userId, event.packageId);
  if (facts === null) return rejected(SyncReason.UNKNOWN_PACKAGE);
  const { receivedAt, userId } = item;
  const offsetMs = Number(item.clockOffsetMs);
  const earnedAt = correctTime(event.occurredAt, { ...facts, offsetMs, receivedAt });
  if (earnedAt === undefined) return rejected(SyncReason.OUTSIDE_WINDOW);
  const credit = await creditOffline(tx, { userId, at: earnedAt }, now);
  if (credit === "OUTSIDE_WINDOW") return rejected(SyncReason.OUTSIDE_WINDOW);
  // The answers of that day may still be on their way, from another device.
  return credit === "CREDITED" ? HELD : afterFailure(item.retryCount + 1, SyncReason.NO_EVIDENCE);
}

function parsed<Schema extends z.ZodType>(schema: Schema, item: store.SyncItemRow): z.output<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(item.payload)).data;
  } catch {
    return undefined;
  }
}
