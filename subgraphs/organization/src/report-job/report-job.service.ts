import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  addJob,
  asSystem,
  audit,
  invalidField,
  paginate,
  requirePermission,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import type { OrganizationContext, Transaction } from "../context.js";
import { linkTo } from "../file/file.service.js";
import type { FileLink } from "../file/file.type.js";
import { requireWorkingOrganization } from "../organization/organization.service.js";
import {
  type ExportStudentsInput,
  type RenderReportInput,
  type ShareReportInput,
  exportRules,
  filterRules,
  renderRules,
  shareRules,
} from "./report-job.input.js";
import { reportJobLoader } from "./report-job.loader.js";
import { visibleTo } from "./report-job.policy.js";
import * as store from "./report-job.store.js";
import type { ReportJob } from "./report-job.type.js";

export const MAKE_REPORT_JOB = "report-job.make";

/**
 * Begins a list of the organization's students, of whom a teacher gets those they teach.
 * @throws INSUFFICIENT_PERMISSIONS without `students:read`
 */
export async function exportStudents(ctx: OrganizationContext, input: ExportStudentsInput): Promise<ReportJob> {
  requirePermission(ctx.viewer, "students:read");
  const { idempotencyKey, format, filter } = validate(exportRules, input);
  const source = listSourceOf(filter, ctx.viewer.role === "TEACHER" ? ctx.viewer.userId : null);
  const title = ctx.identity.language === "id" ? "Daftar siswa" : "Students";
  return request(ctx, "exportStudents", idempotencyKey, { kind: "ENROLLMENT_LIST", format, title, source });
}

/**
 * Begins a document of numbers that the caller has read, through the graph and with their own rights.
 * @throws INSUFFICIENT_PERMISSIONS without `reports:read`
 * @throws VALIDATION_ERROR for rows that do not fit their columns, and for more than 10,000 rows
 */
export async function renderReport(ctx: OrganizationContext, input: RenderReportInput): Promise<ReportJob> {
  requirePermission(ctx.viewer, "reports:read");
  const { idempotencyKey, kind, format, title, sections } = validate(renderRules, input);
  if (kind === "ENROLLMENT_LIST")
    throw invalidField("input.kind", "INVALID_FORMAT", "Lists of students are made by `exportStudents`.");
  const source = { sections: sections.map(({ chart, ...section }) => ({ ...section, chart: chart ?? null })) };
  return request(ctx, "renderReport", idempotencyKey, { kind: kind ?? "CUSTOM", format, title, source });
}

/**
 * Says who else in the organization sees a report.
 * @throws NOT_FOUND for a report that is not the viewer's own
 * @throws VALIDATION_ERROR for people who are not staff of the organization
 */
export async function shareReport(ctx: OrganizationContext, input: ShareReportInput): Promise<ReportJob> {
  const { userId } = requireSignedIn(ctx.viewer);
  const { reportJobId, withEverybody: isShared, withUserIds } = validate(shareRules, input);
  const sharedWithIds = [...new Set(withUserIds)];
  await ctx.transaction(async (tx) => {
    const { id: organizationId } = await requireWorkingOrganization(ctx, tx);
    const job = await store.findReportJob(tx, reportJobId);
    if (job?.requestedById !== userId || job.organizationId !== organizationId) throw new LenteraError("NOT_FOUND");
    if ((await store.countMembers(tx, organizationId, sharedWithIds)) < sharedWithIds.length)
      throw invalidField("input.withUserIds", "NOT_FOUND", "Share only with members of staff.");
    await store.updateReportJob(tx, reportJobId, { isShared, sharedWithIds });
    await note(ctx, tx, reportJobId, "report-job.shared", { isShared, sharedWithIds });
  });
  return reportJobLoader(ctx).load(reportJobId);
}

/** The reports that the viewer may see, newest first. */
export function listReportJobs(ctx: OrganizationContext, args: ConnectionArguments): Promise<Page<ReportJob>> {
  const visible = visibleTo(ctx.viewer);
  return paginate<store.ReportJobRecord>({
    args,
    orderBy: [
      { field: "createdAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (page) => store.findReportJobPage(ctx.db, visible, page),
    count: () => store.countReportJobs(ctx.db, visible),
  });
}

/** Where a finished report can be downloaded. */
export function downloadOf(ctx: OrganizationContext, { fileId, status }: ReportJob): FileLink | null {
  return fileId === null || status !== "DONE" ? null : linkTo(ctx, "GET", fileId);
}

async function request(
  ctx: OrganizationContext,
  command: string,
  key: string,
  report: Pick<store.ReportJobRecord, "kind" | "format" | "title"> & { source: object },
): Promise<ReportJob> {
  const { viewer, language } = ctx.identity;
  const { id: organizationId } = await requireWorkingOrganization(ctx);
  const once = { command: `${command}:${organizationId}`, key, input: report };
  const id = await asSystem(() =>
    ctx.transactionOnce(once, async (tx) => {
      const facts = { requestedById: viewer.userId, language, createdAt: ctx.now() };
      // Nobody can be told apart behind an API key: what it asks for is the organization's.
      const isShared = viewer.userId === null;
      return enqueueReport(ctx, tx, { ...report, ...facts, source: { ...report.source }, organizationId, isShared });
    }),
  );
  return reportJobLoader(ctx).load(id);
}

/** Has a report made in the background once the transaction commits. @returns its id */
export async function enqueueReport(
  ctx: OrganizationContext,
  tx: Transaction,
  report: Parameters<typeof store.insertReportJob>[1],
): Promise<string> {
  const { organizationId, kind, format } = report;
  const reportJobId = await store.insertReportJob(tx, report);
  await addJob(tx, MAKE_REPORT_JOB, { reportJobId }, { key: `${MAKE_REPORT_JOB}:${reportJobId}` });
  await audit(tx, ctx.identity, {
    action: "report-job.requested",
    entityType: "ReportJob",
    entityId: reportJobId,
    organizationId,
    newValues: { kind, format },
  });
  return reportJobId;
}

/** What a list of students is made from; `taughtBy` is whose classes alone, null for all. */
export function listSourceOf(filter: unknown, taughtBy: string | null) {
  const { classId, status, search } = filterRules.parse(filter ?? {});
  return { classId: classId ?? null, status: status ?? "ACTIVE", search: search ?? "", taughtBy };
}

function note(
  ctx: OrganizationContext,
  tx: Transaction,
  entityId: string,
  action: string,
  newValues: object,
): Promise<void> {
  return audit(tx, ctx.identity, { action, entityType: "ReportJob", entityId, newValues });
}
