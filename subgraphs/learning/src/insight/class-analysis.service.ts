import { invalidField } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import type { Class } from "../stubs.js";
import { type Mean, improvementOf, latestOf, meanOf, risksOf } from "./class-analysis.rules.js";
import type {
  ClassAnalysis,
  ExamAnalysis,
  StudentAtRisk,
  SubjectAnalysis,
  WeeklyAverage,
} from "./class-analysis.type.js";
import { averageOf, isSuppressed } from "./peer.rules.js";
import { historyLoader, nationalSubtestsLoader, platformLoader, subtestRowsLoader } from "./student-insight.loader.js";
import type { ScoreRow } from "./student-insight.store.js";
import { Z95 } from "./trend.rules.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const WEEK_DAYS = 7;
const MONDAY = 1;
const MAXIMUM_DAYS = 366;
const TOP = 5;

/**
 * How a class did within the last days; null for those who may see the class but not its results. The roster comes from its
 * owner, who has decided that the viewer may see the class.
 * @throws VALIDATION_ERROR unless 7 <= days <= 366
 */
export async function findAnalysis(ctx: LearningContext, root: Class, days: number): Promise<ClassAnalysis | null> {
  if (days < WEEK_DAYS || days > MAXIMUM_DAYS)
    throw invalidField("days", "INVALID_FORMAT", `\`days\` is a number from ${WEEK_DAYS} to ${MAXIMUM_DAYS}.`);
  if (!ctx.viewer.permissions.includes("attempts:read")) return null;
  const studentIds = root.studentIds ?? [];
  const histories = await Promise.all(studentIds.map((id) => historyLoader(ctx).load(id)));
  const since = new Date(ctx.now().getTime() - days * DAY_MS);
  const byExam = Map.groupBy(histories.flat(), ({ examTypeId }) => examTypeId);
  const isRecent = ({ at }: ScoreRow): boolean => at >= since;
  const activeCount = histories.filter((scores) => scores.some(isRecent)).length;
  const exams = await Promise.all(
    [...byExam]
      .filter(([, scores]) => scores.some(isRecent))
      .map(([examTypeId, scores]) => analyseExam(ctx, examTypeId, scores, since)),
  );
  const means = new Map(
    [...byExam].map(([examTypeId, scores]) => [
      examTypeId,
      meanOf(latestOf(scores, since).flatMap(({ latest }) => latest?.scaled ?? [])),
    ]),
  );
  return {
    studentCount: studentIds.length,
    activeCount,
    completionRate: studentIds.length === 0 ? 0 : activeCount / studentIds.length,
    exams,
    atRisk: studentIds
      .flatMap((studentId, index) => riskOf(studentId, histories[index] ?? [], { since, days, means, now: ctx.now() }))
      .toSorted((one, other) => other.reasons.length - one.reasons.length),
  };
}

async function analyseExam(
  ctx: LearningContext,
  examTypeId: string,
  scores: readonly ScoreRow[],
  since: Date,
): Promise<ExamAnalysis> {
  const students = latestOf(scores, since);
  const latest = students.flatMap((own) => own.latest ?? []);
  const pairs = students.flatMap((own) =>
    own.latest === undefined || own.before === undefined
      ? []
      : { before: own.before.scaled, latest: own.latest.scaled },
  );
  const attemptIds = latest.map(({ attemptId }) => attemptId);
  const [platform, subjects] = await Promise.all([
    platformLoader(ctx).load(examTypeId),
    analyseSubjects(ctx, examTypeId, attemptIds),
  ]);
  const size = platform.reduce((total, { count }) => total + count, 0);
  return {
    examTypeId,
    scoredCount: latest.length,
    averageScaled: meanOf(latest.map(({ scaled }) => scaled))?.value ?? null,
    nationalAverage: isSuppressed(size) ? null : averageOf(platform),
    improvement: improvementOf(pairs),
    subjects,
    trend: weeklyAverages(scores.filter(({ at }) => at >= since)),
    topPerformers: isSuppressed(latest.length)
      ? []
      : latest.toSorted((one, other) => other.scaled - one.scaled).slice(0, TOP),
  };
}

async function analyseSubjects(
  ctx: LearningContext,
  examTypeId: string,
  attemptIds: readonly string[],
): Promise<SubjectAnalysis[]> {
  const [rows, national] = await Promise.all([
    Promise.all(attemptIds.map((attemptId) => subtestRowsLoader(ctx).load(attemptId))),
    nationalSubtestsLoader(ctx).load(examTypeId),
  ]);
  return [...Map.groupBy(rows.flat(), ({ subtest }) => subtest)].map(([subtest, results]) => {
    const own = meanOf(results.map(({ scaled }) => scaled));
    const nationalAverage = national.find((one) => one.subtest === subtest)?.average ?? null;
    const difference = own === null || nationalAverage === null ? null : own.value - nationalAverage;
    return {
      subtest,
      classAverage: own?.value ?? null,
      nationalAverage,
      difference,
      standardError: own?.standardError ?? null,
      isImprovementArea: difference !== null && own !== null && difference < -Z95 * own.standardError,
    };
  });
}

/** By weeks from Monday, each student with the latest score of the week. */
function weeklyAverages(scores: readonly ScoreRow[]): WeeklyAverage[] {
  const mondayOf = (at: Date): string => {
    const day = (at.getUTCDay() + WEEK_DAYS - MONDAY) % WEEK_DAYS;
    return new Date(at.getTime() - day * DAY_MS).toISOString().slice(0, 10);
  };
  return [...Map.groupBy(scores, ({ at }) => mondayOf(at))]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([startsOn, week]) => {
      const latest = new Map(week.map(({ studentId, scaled }) => [studentId, scaled]));
      return { startsOn, average: meanOf([...latest.values()])?.value ?? null, studentCount: latest.size };
    });
}

function riskOf(
  studentId: string,
  scores: readonly ScoreRow[],
  period: { since: Date; days: number; now: Date; means: ReadonlyMap<string, Mean | null> },
): StudentAtRisk[] {
  const last = scores.at(-1);
  const exams = [...Map.groupBy(scores, ({ examTypeId }) => examTypeId)];
  const reasons = risksOf({
    days: period.days,
    daysSinceLast: last === undefined ? null : Math.floor((period.now.getTime() - last.at.getTime()) / DAY_MS),
    pairs: exams.flatMap(([, own]) => {
      const [before, latest] = [own.at(-2), own.at(-1)];
      return before === undefined || latest === undefined || latest.at < period.since ? [] : { before, latest };
    }),
    standings: exams.flatMap(([examTypeId, own]) => {
      const latest = own.findLast(({ at }) => at >= period.since);
      return latest === undefined ? [] : { scaled: latest.scaled, mean: period.means.get(examTypeId) ?? null };
    }),
  });
  return reasons.length === 0 ? [] : [{ studentId, reasons }];
}
