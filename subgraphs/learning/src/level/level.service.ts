import { defineLoader } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import type { User } from "../stubs.js";
import { findPoints } from "../xp/xp.service.js";
import { levelOf } from "./level.rules.js";
import { findLevels } from "./level.store.js";
import type { Level, LevelStep } from "./level.type.js";

const curveLoader = defineLoader<LearningContext, "curve", readonly LevelStep[]>(async (ctx) => [
  await findLevels(ctx.db),
]);

/** The published curve. */
export function listLevels(ctx: LearningContext): Promise<readonly LevelStep[]> {
  return curveLoader(ctx).load("curve");
}

/** A learner's level; null when the owner of the relationship does not let the viewer see scores. */
export async function findLevel(ctx: LearningContext, user: User): Promise<Level | null> {
  const points = await findPoints(ctx, user);
  return points === null ? null : levelOf(points, await listLevels(ctx));
}
