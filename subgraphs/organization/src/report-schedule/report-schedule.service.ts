import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  asSystem,
  audit,
  invalidField,
  paginate,
  requirePermission,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import type { OrganizationContext, Transaction } from "../context.js";
import { isWorking } from "../organization/organization.rules.js";
import { requireWorkingOrganization } from "../organization/organization.service.js";
import { effectivePermissions } from "../permissions.js";
import { enqueueReport, listSourceOf } from "../report-job/report-job.service.js";
import { countMembers } from "../report-job/report-job.store.js";
import {
  type CreateReportScheduleInput,
  type ReportPlan,
  type UpdateReportScheduleInput,
  createReportScheduleRules,
  updateReportScheduleRules,
} from "./report-schedule.input.js";
import { visibleTo } from "./report-schedule.policy.js";
import * as store from "./report-schedule.store.js";
import type { ReportSchedule } from "./report-schedule.type.js";

export const RUN_SCHEDULES_JOB = "report-schedule.run";

const MOST_SCHEDULES = 20;

/**
 * Has a list of the organization's students made again and again; a teacher gets those they teach when it is made.
 * @throws INSUFFICIENT_PERMISSIONS without `students:read`, LIMIT_EXCEEDED with 20 schedules
 * @throws VALIDATION_ERROR with every bad field, also for people who are not staff of the organization
 */
export async function createReportSchedule(
  ctx: OrganizationContext,
  input: CreateReportScheduleInput,
): Promise<ReportSchedule> {
  const { userId: createdById } = requireSignedIn(ctx.viewer);
  requirePermission(ctx.viewer, "students:read");
  const { plan, idempotencyKey: key } = validate(createReportScheduleRules, input);
  const { id: organizationId } = await requireWorkingOrganization(ctx);
  const { language } = ctx.identity;
  const once = { command: `createReportSchedule:${organizationId}`, key, input: plan };
  const id = await ctx.transactionOnce(once, async (tx) => {
    await store.lockMaker(tx, createdById);
    if ((await store.countSchedules(tx, { organizationId, createdById })) >= MOST_SCHEDULES)
      throw new LenteraError("LIMIT_EXCEEDED");
    const planned = await columnsOf(ctx, tx, organizationId, plan);
    const data = { ...planned, organizationId, createdById, language, createdAt: ctx.now() };
    const scheduleId = await store.insertSchedule(tx, data);
    await note(ctx, tx, scheduleId, "report-schedule.created");
    return scheduleId;
  });
  return getOwn(ctx, ctx.db, id);
}

/**
 * Changes what is given. Going on after a pause makes up for nothing.
 * @throws NOT_FOUND for a schedule that is not the viewer's own; else as {@link createReportSchedule}
 */
export async function updateReportSchedule(
  ctx: OrganizationContext,
  input: UpdateReportScheduleInput,
): Promise<ReportSchedule> {
  requirePermission(ctx.viewer, "students:read");
  const { reportScheduleId, plan, isPaused } = validate(updateReportScheduleRules, input);
  return ctx.transaction(async (tx) => {
    const { id: organizationId } = await requireWorkingOrganization(ctx, tx);
    const { id, ...schedule } = await getOwn(ctx, tx, reportScheduleId);
    const change =
      plan == null
        ? { nextRunAt: await store.nextRunAt(tx, schedule, ctx.now()) }
        : await columnsOf(ctx, tx, organizationId, plan);
    await note(ctx, tx, id, "report-schedule.updated");
    return store.updateSchedule(tx, id, { ...change, ...(isPaused != null && { isPaused }) });
  });
}

/** @throws NOT_FOUND for a schedule that is not the viewer's own */
export async function deleteReportSchedule(
  ctx: OrganizationContext,
  id: string,
): Promise<{ reportScheduleId: string }> {
  const { userId: createdById } = requireSignedIn(ctx.viewer);
  return ctx.transaction(async (tx) => {
    await requireWorkingOrganization(ctx, tx);
    if (!(await store.deleteSchedule(tx, { id, createdById }))) throw new LenteraError("NOT_FOUND");
    await note(ctx, tx, id, "report-schedule.deleted");
    return { reportScheduleId: id };
  });
}

/** The schedules that the viewer may see, newest first. */
export function listReportSchedules(
  ctx: OrganizationContext,
  args: ConnectionArguments,
): Promise<Page<ReportSchedule>> {
  const visible = visibleTo(ctx.viewer);
  return paginate<store.ReportScheduleRecord>({
    args,
    orderBy: [
      { field: "createdAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (page) => store.findSchedulePage(ctx.db, visible, page),
    count: () => store.countSchedules(ctx.db, visible),
  });
}

/**
 * Begins every report that is due, each once however many workers run: its next time is set in the transaction that
 * begins it. Times that passed while no worker was there are made up for by one report.
 */
export async function runDueSchedules(ctx: OrganizationContext): Promise<void> {
  while (await asSystem(() => ctx.transaction((tx) => runOne(ctx, tx)))) continue;
}

/** @returns whether there was one that was due */
async function runOne(ctx: OrganizationContext, tx: Transaction): Promise<boolean> {
  const now = ctx.now();
  const schedule = await store.lockDue(tx, now);
  if (schedule === null) return false;
  const { id, organizationId, createdById, title, format, language, filter, isShared, sharedWithIds } = schedule;
  const maker = await store.findMaker(tx, organizationId, createdById);
  const mayRead = maker !== null && effectivePermissions(maker.role, maker.permissions).includes("students:read");
  if (!mayRead) {
    await store.updateSchedule(tx, id, { isPaused: true });
    return true;
  }
  const nextRunAt = await store.nextRunAt(tx, schedule, now);
  // a suspended organization gets nothing, and goes on by itself when it is back
  if (!isWorking(maker.organization.status)) {
    await store.updateSchedule(tx, id, { nextRunAt });
    return true;
  }
  const taughtBy = maker.role === "TEACHER" ? createdById : null;
  await enqueueReport(ctx, tx, {
    organizationId,
    title,
    format,
    language,
    isShared,
    sharedWithIds,
    requestedById: createdById,
    kind: "ENROLLMENT_LIST",
    source: listSourceOf(filter, taughtBy),
    createdAt: now,
  });
  await store.updateSchedule(tx, id, { nextRunAt, lastRunAt: now });
  return true;
}

async function columnsOf(ctx: OrganizationContext, tx: Transaction, organizationId: string, plan: ReportPlan) {
  const { withEverybody: isShared, withUserIds, filter, dayOfWeek, dayOfMonth, ...rest } = plan;
  const sharedWithIds = [...new Set(withUserIds)];
  if ((await countMembers(tx, organizationId, sharedWithIds)) < sharedWithIds.length)
    throw invalidField("input.plan.withUserIds", "NOT_FOUND", "Share only with members of staff.");
  const timetable = { ...rest, dayOfWeek: dayOfWeek ?? null, dayOfMonth: dayOfMonth ?? null };
  const nextRunAt = await store.nextRunAt(tx, timetable, ctx.now());
  return { ...timetable, isShared, sharedWithIds, filter: { ...filter }, nextRunAt };
}

async function getOwn(ctx: OrganizationContext, tx: Transaction, id: string): Promise<store.ReportScheduleRecord> {
  const schedule = await store.findSchedule(tx, { id, createdById: requireSignedIn(ctx.viewer).userId });
  if (schedule?.organizationId !== ctx.viewer.organizationId) throw new LenteraError("NOT_FOUND");
  return schedule;
}

function note(ctx: OrganizationContext, tx: Transaction, entityId: string, action: string): Promise<void> {
  return audit(tx, ctx.identity, { action, entityType: "ReportSchedule", entityId });
}
