import type { ClassPerformance, ScoreBucket } from "./insight.type.js";
import { isSuppressed } from "./peer.rules.js";

const FROM = 200;
const TO = 1000;
const STEP = 100;

/**
 * How a class stands by the latest score of each of its students. Of 5 scores or fewer nothing is told but their number: in
 * so small a group an average is a person.
 */
export function summarise(latestScores: readonly number[], studentCount: number): ClassPerformance {
  const sum = latestScores.reduce((a, b) => a + b, 0);
  const isHidden = isSuppressed(latestScores.length);
  return {
    averageScaled: isHidden ? null : Math.round((sum / latestScores.length) * 100) / 100,
    distribution: isHidden ? [] : distributionOf(latestScores),
    attemptedCount: latestScores.length,
    studentCount,
    completionRate: studentCount === 0 ? 0 : latestScores.length / studentCount,
  };
}

function distributionOf(scores: readonly number[]): ScoreBucket[] {
  const buckets = Array.from({ length: (TO - FROM) / STEP }, (_, index) => ({
    from: FROM + index * STEP,
    to: FROM + (index + 1) * STEP,
    count: 0,
  }));
  for (const score of scores) {
    const index = Math.min(buckets.length - 1, Math.max(0, Math.floor((score - FROM) / STEP)));
    const bucket = buckets[index];
    if (bucket !== undefined) bucket.count += 1;
  }
  return buckets;
}
