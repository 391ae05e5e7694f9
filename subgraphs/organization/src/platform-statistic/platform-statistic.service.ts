import { addJob, invalidField, requirePermission } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { lastFinishedDay, nextRun } from "./platform-statistic.rules.js";
import * as store from "./platform-statistic.store.js";
import type { PlatformStatistic } from "./platform-statistic.type.js";

export const RECORD_JOB = "platform-statistic.record";
const MAXIMUM_DAYS = 400;

/**
 * The last finished days, oldest first.
 * @throws INSUFFICIENT_PERMISSIONS without `platform:read`; VALIDATION_ERROR unless 1 <= days <= 400
 */
export async function listPlatformStatistics(ctx: OrganizationContext, days: number): Promise<PlatformStatistic[]> {
  requirePermission(ctx.viewer, "platform:read");
  if (days < 1 || days > MAXIMUM_DAYS)
    throw invalidField("days", "INVALID_FORMAT", "`days` is a number from 1 to 400.");
  return store.findStatistics(ctx.db, days);
}

/** Counts the days that are over and not counted yet, and comes back the next night. Repeating it changes nothing. */
export async function recordStatistics(ctx: OrganizationContext): Promise<void> {
  await ctx.transaction(async (tx) => {
    await store.insertMissingDays(tx, lastFinishedDay(ctx.now()), MAXIMUM_DAYS);
    await addJob(tx, RECORD_JOB, {}, { key: RECORD_JOB, runAt: nextRun(ctx.now()) });
  });
}
