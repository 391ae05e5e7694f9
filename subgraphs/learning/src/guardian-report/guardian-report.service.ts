import {
  type ConnectionArguments,
  type EventConsumer,
  LenteraError,
  type Page,
  asSystem,
  consume,
  definePageLoader,
  emit,
  paginateEach,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import { z } from "zod";
import type { LearningContext, Transaction } from "../context.js";
import { guardianReportCreated } from "../events.js";
import { examTypeLoader } from "../exam-type/exam-type.loader.js";
import { topicMasteries, weakTopics } from "../insight/mastery.rules.js";
import { answersLoader, historyLoader } from "../insight/student-insight.loader.js";
import { findStudyTimes } from "../insight/student-insight.store.js";
import { type StudyTime, habitsOf } from "../insight/time.rules.js";
import type { User } from "../stubs.js";
import { learnerLoader } from "../xp/learner.loader.js";
import { type ReadGuardianReportInput, readGuardianReportRules } from "./guardian-report.input.js";
import { type Period, latestPeriods } from "./guardian-report.rules.js";
import * as store from "./guardian-report.store.js";
import type { GuardianReport, ReadGuardianReportPayload, ReportContent } from "./guardian-report.type.js";

const BATCH = 100;
const WEAK_TOPICS = 3;

const link = z.object({ linkId: z.uuid(), guardianId: z.uuid(), studentId: z.uuid() });
const guardianLinkVerified = { type: "guardian-link.verified", version: 1, data: link };
const guardianLinkRevoked = { type: "guardian-link.revoked", version: 1, data: link };

/** For whom reports are made, as organization tells. Who may read them it decides anew at each reading. */
export const guardianConsumers: readonly EventConsumer<Transaction>[] = [
  consume(guardianLinkVerified, (tx: Transaction, data, { occurredAt }) =>
    store.beginFollow(tx, { ...data, verifiedAt: new Date(occurredAt) }),
  ),
  consume(guardianLinkRevoked, (tx: Transaction, data, { occurredAt }) =>
    store.endFollow(tx, data, new Date(occurredAt)),
  ),
];

/**
 * Makes the reports of every week and month that is over in its guardian's zone, and tells of each: exactly once, however
 * often and concurrently this runs, and also when it did not run for days.
 */
export async function createReports(ctx: LearningContext): Promise<void> {
  for (const zone of await asSystem(() => store.findZones(ctx.db)))
    for (const period of latestPeriods(ctx.now(), zone)) await reportPeriod(ctx, zone, period);
}

async function reportPeriod(ctx: LearningContext, zone: string, period: Period): Promise<void> {
  for (;;) {
    const follows = await asSystem(() => store.findUnreported(ctx.db, zone, period, BATCH));
    if (follows.length === 0) return;
    const contents = await contentsOf(
      ctx,
      follows.map(({ studentId }) => studentId),
      period,
    );
    const { kind, startsOn, endsOn } = period;
    await asSystem(() =>
      ctx.transaction(async (tx) => {
        const created = await store.insertReports(
          tx,
          follows.flatMap((follow) => {
            const content = contents.get(follow.studentId);
            return content === undefined
              ? []
              : [{ ...follow, kind, startsOn, endsOn, timeZone: zone, content, createdAt: ctx.now() }];
          }),
        );
        for (const { id: reportId, guardianId, studentId } of created)
          await emit(tx, guardianReportCreated, { reportId, guardianId, studentId, kind, startsOn, endsOn });
      }),
    );
  }
}

async function contentsOf(
  ctx: LearningContext,
  studentIds: readonly string[],
  period: Period,
): Promise<Map<string, ReportContent>> {
  const ids = [...new Set(studentIds)];
  const { times, goals } = await asSystem(async () => ({
    times: Map.groupBy(await findStudyTimes(ctx.db, ids, period.from), ({ studentId }) => studentId),
    goals: Map.groupBy(await store.findReachedGoals(ctx.db, ids, period), ({ studentId }) => studentId),
  }));
  const contents = await Promise.all(
    ids.map(async (id): Promise<[string, ReportContent]> => {
      const goalsReached = (goals.get(id) ?? []).map(({ title }) => title);
      return [id, { goalsReached, ...(await workOf(ctx, id, times.get(id) ?? [], period)) }];
    }),
  );
  return new Map(contents);
}

async function workOf(
  ctx: LearningContext,
  studentId: string,
  times: readonly StudyTime[],
  { from, to }: Period,
): Promise<Omit<ReportContent, "goalsReached">> {
  const history = (await historyLoader(ctx).load(studentId)).filter(({ at }) => at >= from && at < to);
  const { timeZone } = await learnerLoader(ctx).load(studentId);
  const habits = habitsOf(
    times.filter((time) => time.from < to),
    timeZone,
  );
  const weak = weakTopics(topicMasteries(await answersLoader(ctx).load(studentId))).slice(0, WEAK_TOPICS);
  return {
    sittings: await Promise.all(
      history.map(async ({ examTypeId, at, scaled, standardError }) => {
        const { name: examName } = await examTypeLoader(ctx).load(examTypeId);
        return { examName, at, scaled, standardError };
      }),
    ),
    studyMinutes: habits.minutes,
    activeDays: habits.activeDays,
    weakTopics: weak.map(({ topic: { topic, correct, answered }, rule }) => ({ topic, rule, correct, answered })),
  };
}

const reportsLoader = definePageLoader<LearningContext, GuardianReport>((ctx, studentIds, args) => {
  const { userId } = requireSignedIn(ctx.viewer);
  return paginateEach<GuardianReport>({
    args,
    parentIds: studentIds,
    rows: (query) => store.findReportsOf(ctx.db, userId, studentIds, query),
    parentOf: ({ studentId }) => studentId,
    sortValueOf: ({ createdAt }) => createdAt,
    counts: () => store.countReportsOf(ctx.db, userId, studentIds),
  });
});

/** The reports to the viewer about a student, newest first; null for those who may not read reports about them. */
export async function listReports(
  ctx: LearningContext,
  { id, viewerAccess }: User,
  args: ConnectionArguments,
): Promise<Page<GuardianReport> | null> {
  if (viewerAccess?.accessReports !== true || ctx.viewer.userId === null) return null;
  return reportsLoader(ctx).load({ parentId: id, args });
}

/** Notes that the guardian has read a report; the first time counts. @throws NOT_FOUND for none of theirs */
export async function readReport(
  ctx: LearningContext,
  input: ReadGuardianReportInput,
): Promise<ReadGuardianReportPayload> {
  const { reportId } = validate(readGuardianReportRules, input);
  const { userId } = requireSignedIn(ctx.viewer);
  const readAt = await asSystem(() => ctx.transaction((tx) => store.markRead(tx, reportId, userId, ctx.now())));
  if (readAt === null) throw new LenteraError("NOT_FOUND");
  return { reportId, readAt };
}
