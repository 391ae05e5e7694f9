import { defineLoader, invalidField, requirePermission, withGrants } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import type { Class } from "../stubs.js";
import { summarise } from "./insight.rules.js";
import * as store from "./insight.store.js";
import type { ClassPerformance, DailyAttempts } from "./insight.type.js";

const MAXIMUM_DAYS = 366;

interface Roster {
  readonly classId: string;
  readonly studentIds: readonly string[];
}

/** The roster comes from its owner, who has decided that the viewer may see the class. */
const performanceLoader = defineLoader<LearningContext, Roster, ClassPerformance>(async (ctx, rosters) => {
  const studentIds = [...new Set(rosters.flatMap((roster) => roster.studentIds))];
  const scores = await withGrants(studentIds, () => store.findLatestScores(ctx.db, studentIds));
  const scoreOf = new Map(scores.map(({ studentId, scaled }) => [studentId, scaled]));
  return rosters.map((roster) =>
    summarise(
      roster.studentIds.flatMap((studentId) => scoreOf.get(studentId) ?? []),
      roster.studentIds.length,
    ),
  );
});

/** How a class does; null for those who may see the class but not its results, e.g. its students. */
export async function findPerformance(
  ctx: LearningContext,
  { id, studentIds }: Class,
): Promise<ClassPerformance | null> {
  if (!ctx.viewer.permissions.includes("attempts:read")) return null;
  return performanceLoader(ctx).load({ classId: id, studentIds: studentIds ?? [] });
}

/** @throws INSUFFICIENT_PERMISSIONS without `platform:read`; VALIDATION_ERROR unless 1 <= days <= 366 */
export async function listDailyAttempts(ctx: LearningContext, days: number): Promise<DailyAttempts[]> {
  requirePermission(ctx.viewer, "platform:read");
  if (days < 1 || days > MAXIMUM_DAYS)
    throw invalidField("days", "INVALID_FORMAT", `\`days\` is a number from 1 to ${MAXIMUM_DAYS}.`);
  return store.countByDay(ctx.db, ctx.now(), days);
}
