import type { Level, LevelStep } from "./level.type.js";

/** The highest level that the points reach. @param curve by points, from 0 */
export function levelOf(points: number, curve: readonly LevelStep[]): Level {
  const reached = curve.findLastIndex((step) => step.points <= points);
  const { level, points: needed } = curve[reached] ?? { level: 1, points: 0 };
  return { level, points: needed, nextLevelPoints: curve[reached + 1]?.points ?? null };
}
