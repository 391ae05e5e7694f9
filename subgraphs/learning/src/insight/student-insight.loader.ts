import { asSystem, defineLoader } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import { markResponse } from "../question/response.rules.js";
import type { MarkedAnswer } from "./mastery.rules.js";
import { type Histogram, SMALLEST_HIDDEN_GROUP } from "./peer.rules.js";
import * as store from "./student-insight.store.js";
import type { StudyTime } from "./time.rules.js";

/** As far back as a trend is shown, in sittings. */
const HISTORY = 50;
/** Sittings whose answers are looked at. */
const RECENT = 10;
/** Sittings of a tryout whose times stand for the group's. */
const SAMPLE = 100;
const DAY_MS = 24 * 60 * 60 * 1000;
const HABIT_DAYS = 28;
const PLATFORM_DAYS = 90;

/** Scores that are out, oldest first. For students whose insight the viewer may see, like all loaders of this file. */
export const historyLoader = defineLoader<LearningContext, string, store.ScoreRow[]>(async (ctx, studentIds) => {
  const rows = await asSystem(() => store.findScoreHistory(ctx.db, studentIds, HISTORY, ctx.now()));
  const of = Map.groupBy(rows, ({ studentId }) => studentId);
  return studentIds.map((id) => of.get(id) ?? []);
});

/** The results by subtest of an attempt. */
export const subtestRowsLoader = defineLoader<LearningContext, string, store.SubtestRow[]>(async (ctx, attemptIds) => {
  const rows = await asSystem(() => store.findSubtestRows(ctx.db, attemptIds));
  const of = Map.groupBy(rows, ({ attemptId }) => attemptId);
  return attemptIds.map((id) => of.get(id) ?? []);
});

/** The answers of the latest sittings, marked, with the time that the group took for each item. */
export const answersLoader = defineLoader<LearningContext, string, MarkedAnswer[]>(async (ctx, studentIds) => {
  const histories = await Promise.all(studentIds.map((id) => historyLoader(ctx).load(id)));
  const recent = histories.map((history) => history.slice(-RECENT));
  const attemptIds = recent.flat().map(({ attemptId }) => attemptId);
  const { answers, times } = await asSystem(async () => {
    const found = await store.findFinalAnswers(ctx.db, attemptIds);
    const tryoutIds = [...new Set(found.map(({ tryoutId }) => tryoutId))];
    return {
      answers: found,
      times: await store.findGroupTimes(ctx.db, tryoutIds, SAMPLE, SMALLEST_HIDDEN_GROUP),
    };
  });
  const timeOf = new Map(times.map(({ tryoutId, itemId, medianMs }) => [`${tryoutId} ${itemId}`, medianMs]));
  const answersOf = Map.groupBy(answers, ({ attemptId }) => attemptId);
  return recent.map((sittings) =>
    sittings.flatMap(({ attemptId, ability }) =>
      (answersOf.get(attemptId) ?? [])
        .filter(({ response }) => response.length > 0)
        .map((answer) => ({
          ...answer,
          ability,
          isRight: markResponse(answer, answer.response).isRight,
          groupMs: timeOf.get(`${answer.tryoutId} ${answer.itemId}`) ?? null,
        })),
    ),
  );
});

/** When the student worked in the last 28 days. */
export const studyTimesLoader = defineLoader<LearningContext, string, StudyTime[]>(async (ctx, studentIds) => {
  const since = new Date(ctx.now().getTime() - HABIT_DAYS * DAY_MS);
  const of = Map.groupBy(
    await asSystem(() => store.findStudyTimes(ctx.db, studentIds, since)),
    ({ studentId }) => studentId,
  );
  return studentIds.map((id) => of.get(id) ?? []);
});

/** How the scores of everybody's latest sitting within 90 days are spread, by exam type. */
export const platformLoader = defineLoader<LearningContext, string, Histogram>(async (ctx, examTypeIds) => {
  const since = new Date(ctx.now().getTime() - PLATFORM_DAYS * DAY_MS);
  const rows = await asSystem(() => store.findPlatformScores(ctx.db, examTypeIds, since, ctx.now()));
  const of = Map.groupBy(rows, ({ examTypeId }) => examTypeId);
  return examTypeIds.map((id) => of.get(id) ?? []);
});

export interface ClassHistogram {
  readonly classId: string;
  readonly examTypeId: string;
  readonly histogram: Histogram;
}

/** The same within each class of a student. */
export const classHistogramsLoader = defineLoader<LearningContext, string, ClassHistogram[]>(
  async (ctx, studentIds) => {
    const of = Map.groupBy(
      await asSystem(() => store.findClassScores(ctx.db, studentIds, ctx.now())),
      ({ studentId }) => studentId,
    );
    return studentIds.map((id) =>
      [...Map.groupBy(of.get(id) ?? [], ({ classId, examTypeId }) => `${classId} ${examTypeId}`).values()].flatMap(
        (histogram) => {
          const [first] = histogram;
          return first === undefined ? [] : [{ classId: first.classId, examTypeId: first.examTypeId, histogram }];
        },
      ),
    );
  },
);

/** How everybody did by subtest of an exam type within 90 days. */
export const nationalSubtestsLoader = defineLoader<LearningContext, string, { subtest: string; average: number }[]>(
  async (ctx, examTypeIds) => {
    const since = new Date(ctx.now().getTime() - PLATFORM_DAYS * DAY_MS);
    const rows = await asSystem(() =>
      store.findNationalSubtests(ctx.db, examTypeIds, since, SMALLEST_HIDDEN_GROUP, ctx.now()),
    );
    const of = Map.groupBy(rows, ({ examTypeId }) => examTypeId);
    return examTypeIds.map((id) => of.get(id) ?? []);
  },
);
