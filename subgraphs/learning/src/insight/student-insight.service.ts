import type { LearningContext } from "../context.js";
import type { User } from "../stubs.js";
import { learnerLoader } from "../xp/learner.loader.js";
import { type RecommendationRule, type WeakTopic, topicMasteries, weakTopics } from "./mastery.rules.js";
import { compare } from "./peer.rules.js";
import {
  answersLoader,
  classHistogramsLoader,
  historyLoader,
  platformLoader,
  studyTimesLoader,
  subtestRowsLoader,
} from "./student-insight.loader.js";
import type { ScoreRow } from "./student-insight.store.js";
import {
  type BestStudyHour,
  type ExamStanding,
  type Mastery,
  type PeerComparison,
  PeerScope,
  type ScoreTrend,
  type StudyHabits,
  type SubtestMastery,
  type SubtestTiming,
  type TopicRecommendation,
} from "./student-insight.type.js";
import { bestHourOf, habitsOf, timingsOf } from "./time.rules.js";
import { Z95, changeOf, combine, fitTrend, sum } from "./trend.rules.js";

/** Sittings that count towards the mastery of a subtest. */
const MASTERY_SITTINGS = 3;
const RECOMMENDATIONS = 10;

/**
 * All functions of this file give null when the owner of the relationship does not let the viewer see that much of the
 * student: scores, study time, or detailed analytics.
 */

/** One trend for each examination that the student has scores of. */
export async function listTrends(ctx: LearningContext, { id, viewerAccess }: User): Promise<ScoreTrend[] | null> {
  if (viewerAccess?.viewScores !== true) return null;
  return [...(await examsOf(ctx, id))].map(([examTypeId, scores]) => {
    const trend = fitTrend(scores);
    const [before, latest] = [scores.at(-2), scores.at(-1)];
    return {
      examTypeId,
      points: scores.map(({ attemptId, at, scaled, standardError }, index) => {
        const band = trend?.bands[index];
        const line = { fitted: band?.fitted ?? null, bandLow: band?.low ?? null, bandHigh: band?.high ?? null };
        return { attemptId, at, scaled, standardError, ...line };
      }),
      change: before === undefined || latest === undefined ? null : changeOf(before, latest),
      pointsPer30Days: trend?.pointsPer30Days ?? null,
      slopeError: trend?.standardError ?? null,
    };
  });
}

/** Where the student stands in each examination, strongest first. */
export async function listStandings(ctx: LearningContext, { id, viewerAccess }: User): Promise<ExamStanding[] | null> {
  if (viewerAccess?.viewScores !== true) return null;
  const latest = [...(await examsOf(ctx, id)).values()]
    .flatMap((scores) => {
      const score = scores.at(-1);
      return score === undefined ? [] : [{ ...score, attemptCount: scores.length }];
    })
    .toSorted((one, other) => other.ability - one.ability);
  const [strongest] = latest;
  return latest.map(({ examTypeId, ability, abilityError, scaled, attemptCount }) => {
    const difference = (strongest?.ability ?? ability) - ability;
    const isBelowStrongest = difference > Z95 * Math.hypot(strongest?.abilityError ?? 0, abilityError);
    return { examTypeId, ability, standardError: abilityError, scaled, attemptCount, isBelowStrongest };
  });
}

export async function findMastery(ctx: LearningContext, { id, viewerAccess }: User): Promise<Mastery | null> {
  if (viewerAccess?.viewDetailedAnalytics !== true) return null;
  const exams = [...(await examsOf(ctx, id))];
  const subtests = await Promise.all(
    exams.map(async ([examTypeId, scores]) => {
      const sittings = scores.slice(-MASTERY_SITTINGS).map(({ attemptId }) => attemptId);
      const rows = await Promise.all(sittings.map((attemptId) => subtestRowsLoader(ctx).load(attemptId)));
      return [...Map.groupBy(rows.flat(), ({ subtest }) => subtest)].map(([subtest, results]): SubtestMastery => {
        const { scaled, standardError } = combine(results);
        const [low, high] = [scaled - Z95 * standardError, scaled + Z95 * standardError];
        return { examTypeId, subtest, scaled, standardError, low, high, itemCount: sum(results, ({ total }) => total) };
      });
    }),
  );
  return { subtests: subtests.flat(), topics: topicMasteries(await answersLoader(ctx).load(id)) };
}

/** The topics to work on first, each with the rule that fired and its number. */
export async function listRecommendations(
  ctx: LearningContext,
  { id, viewerAccess }: User,
): Promise<TopicRecommendation[] | null> {
  if (viewerAccess?.viewDetailedAnalytics !== true) return null;
  const weak = weakTopics(topicMasteries(await answersLoader(ctx).load(id))).slice(0, RECOMMENDATIONS);
  return weak.map((one) => ({ ...one, reason: REASONS[one.rule][ctx.identity.language](one) }));
}

const percent = (share: number): string => `${Math.round(100 * share)}%`;

const REASONS: Readonly<Record<RecommendationRule, Readonly<Record<"id" | "en", (weak: WeakTopic) => string>>>> = {
  BELOW_OWN_LEVEL: {
    en: ({ topic: { topic, correct, answered, expected } }) =>
      `${topic}: ${correct} of ${answered} right, where your overall ability lets expect ${percent(expected)}.`,
    id: ({ topic: { topic, correct, answered, expected } }) =>
      `${topic}: ${correct} dari ${answered} benar, padahal kemampuan umummu memperkirakan ${percent(expected)}.`,
  },
  LOW_MASTERY: {
    en: ({ topic: { topic, correct, answered, high } }) =>
      `${topic}: ${correct} of ${answered} right; mastery is below ${percent(high)} with 95% certainty.`,
    id: ({ topic: { topic, correct, answered, high } }) =>
      `${topic}: ${correct} dari ${answered} benar; penguasaan di bawah ${percent(high)} dengan keyakinan 95%.`,
  },
  RUSHED: {
    en: ({ topic: { topic }, evidence }) =>
      `${topic}: ${percent(evidence.value)} of the answers were wrong and took less than a third of the usual time.`,
    id: ({ topic: { topic }, evidence }) =>
      `${topic}: ${percent(evidence.value)} jawaban salah dan dikerjakan kurang dari sepertiga waktu yang lazim.`,
  },
  SLOW: {
    en: ({ topic: { topic }, evidence }) => `${topic}: you take ${evidence.value.toFixed(1)} times as long as others.`,
    id: ({ topic: { topic }, evidence }) => `${topic}: waktumu ${evidence.value.toFixed(1)} kali waktu peserta lain.`,
  },
};

export async function listTimings(ctx: LearningContext, { id, viewerAccess }: User): Promise<SubtestTiming[] | null> {
  return viewerAccess?.viewDetailedAnalytics === true ? timingsOf(await answersLoader(ctx).load(id)) : null;
}

export async function findHabits(ctx: LearningContext, { id, viewerAccess }: User): Promise<StudyHabits | null> {
  if (viewerAccess?.viewStudyTime !== true) return null;
  const [times, { timeZone }] = [await studyTimesLoader(ctx).load(id), await learnerLoader(ctx).load(id)];
  return { timeZone, ...habitsOf(times, timeZone) };
}

/** Tells of times and of right answers, and so needs both permissions. */
export async function findBestHour(ctx: LearningContext, { id, viewerAccess }: User): Promise<BestStudyHour | null> {
  if (viewerAccess?.viewStudyTime !== true || !viewerAccess.viewDetailedAnalytics) return null;
  const [answers, { timeZone }] = [await answersLoader(ctx).load(id), await learnerLoader(ctx).load(id)];
  return bestHourOf(answers, timeZone);
}

/** The latest score of each examination among the student's classes and the whole platform. */
export async function listComparisons(
  ctx: LearningContext,
  { id, viewerAccess }: User,
): Promise<PeerComparison[] | null> {
  if (viewerAccess?.viewDetailedAnalytics !== true) return null;
  const [exams, classes] = [await examsOf(ctx, id), await classHistogramsLoader(ctx).load(id)];
  const comparisons = await Promise.all(
    [...exams].map(async ([examTypeId, scores]): Promise<PeerComparison[]> => {
      const scaled = scores.at(-1)?.scaled ?? 0;
      const platform = await platformLoader(ctx).load(examTypeId);
      return [
        ...classes
          .filter((one) => one.examTypeId === examTypeId)
          .map(({ classId, histogram }) => ({
            scope: PeerScope.CLASS,
            classId,
            examTypeId,
            ...compare(scaled, histogram),
          })),
        { scope: PeerScope.PLATFORM, classId: null, examTypeId, ...compare(scaled, platform) },
      ];
    }),
  );
  return comparisons.flat();
}

/** The scores that are out by examination, oldest first. */
async function examsOf(ctx: LearningContext, studentId: string): Promise<Map<string, ScoreRow[]>> {
  return Map.groupBy(await historyLoader(ctx).load(studentId), ({ examTypeId }) => examTypeId);
}
