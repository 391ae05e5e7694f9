import type { Language } from "@lentera/kit";
import type { ReportFormat } from "@lentera/prisma/organization";
import { z } from "zod";
import type { OrganizationContext } from "../context.js";
import { csvOf } from "../document/csv.js";
import type { Cell, Document, Section } from "../document/document.rules.js";
import { jsonOf } from "../document/json.js";
import { pdfOf } from "../document/pdf.js";
import { xlsxOf } from "../document/xlsx.js";
import { safeFileName } from "../file/file.rules.js";
import { storeFile } from "../file/file.service.js";
import { languageOf } from "../mail/mail.service.js";
import { sectionRules, statusRules } from "./report-job.input.js";
import * as store from "./report-job.store.js";

const FILE_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;
const ROWS_AT_ONCE = 1000;

const WRITERS: Record<
  ReportFormat,
  { write: (document: Document) => AsyncGenerator<Uint8Array>; mediaType: string; extension: string }
> = {
  JSON: { write: jsonOf, mediaType: "application/json", extension: "json" },
  CSV: { write: csvOf, mediaType: "text/csv", extension: "csv" },
  XLSX: {
    write: xlsxOf,
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    extension: "xlsx",
  },
  PDF: { write: pdfOf, mediaType: "application/pdf", extension: "pdf" },
};

const listSource = z.object({
  classId: z.uuid().nullable(),
  status: statusRules,
  search: z.string(),
  taughtBy: z.uuid().nullable(),
});
const suppliedSource = z.object({ sections: z.array(sectionRules) });

/**
 * Makes the document of a report: QUEUED -> RUNNING -> DONE, or FAILED and tried again. One that is done stays as it is.
 */
export async function makeReport(ctx: OrganizationContext, reportJobId: string): Promise<void> {
  const job = await store.findReportJob(ctx.db, reportJobId);
  if (job === null || job.status === "DONE") return;
  await store.updateReportJob(ctx.db, job.id, { status: "RUNNING", startedAt: ctx.now(), finishedAt: null });
  try {
    const progress = new Progress(ctx, job.id);
    const sections = job.kind === "ENROLLMENT_LIST" ? await listOf(ctx, job, progress) : suppliedTo(job, progress);
    const { write, mediaType, extension } = WRITERS[job.format];
    const file = {
      organizationId: job.organizationId,
      ownerId: job.requestedById,
      name: `${safeFileName(job.title)}.${extension}`,
      mediaType,
      expiresAt: new Date(ctx.now().getTime() + FILE_LIFETIME_MS),
    };
    const fileId = await storeFile(
      ctx,
      file,
      write({ title: job.title, subtitle: job.createdAt.toISOString(), sections }),
    );
    const done = { fileId, rowCount: progress.rows, progressPercent: 100, finishedAt: ctx.now() };
    await store.updateReportJob(ctx.db, job.id, { ...done, status: "DONE" });
  } catch (error) {
    await store.updateReportJob(ctx.db, job.id, { status: "FAILED", finishedAt: ctx.now() });
    throw error;
  }
}

/** Counts rows as they are written and says now and then how far it is. */
class Progress {
  rows = 0;
  constructor(
    readonly ctx: OrganizationContext,
    readonly reportJobId: string,
  ) {}

  async *counting(rows: Section["rows"], expected: number): AsyncGenerator<readonly Cell[]> {
    for await (const row of rows) {
      yield row;
      this.rows += 1;
      if (this.rows % ROWS_AT_ONCE !== 0) continue;
      const progressPercent = Math.min(99, Math.floor((this.rows / expected) * 100));
      await store.updateReportJob(this.ctx.db, this.reportJobId, { progressPercent });
    }
  }
}

function suppliedTo(job: store.ReportJobRecord, progress: Progress): Section[] {
  const { sections } = suppliedSource.parse(job.source);
  const expected = sections.reduce((sum, { rows }) => sum + rows.length, 0);
  return sections.map(({ heading, columns, rows, chart }) => ({
    heading,
    columns,
    rows: progress.counting(rows, expected),
    chart: chart ?? undefined,
  }));
}

const LIST_COLUMNS: Record<Language, readonly string[]> = {
  id: ["Nama", "Surel", "NIS", "Kelas", "Tahun ajaran", "Status", "Terdaftar"],
  en: ["Name", "Email", "Student ID", "Class", "Academic year", "Status", "Enrolled"],
};

async function listOf(ctx: OrganizationContext, job: store.ReportJobRecord, progress: Progress): Promise<Section[]> {
  const filter = { ...listSource.parse(job.source), organizationId: job.organizationId };
  const rows = progress.counting(enrollmentRows(ctx, filter), await store.countEnrollments(ctx.db, filter));
  return [{ heading: job.title, columns: LIST_COLUMNS[languageOf(job.language)], rows }];
}

async function* enrollmentRows(ctx: OrganizationContext, filter: store.EnrollmentFilter): AsyncGenerator<Cell[]> {
  for (let afterId: string | null = null; ;) {
    const page = await store.findEnrollments(ctx.db, filter, afterId, ROWS_AT_ONCE);
    for (const { student, studentIdentifier, class: into, status, enrolledAt } of page) {
      // Until an invited student accepts, their own name and address are not the organization's to see.
      const email = status === "INVITED" ? null : (student.account?.email ?? null);
      const name = status === "INVITED" ? null : student.fullName;
      const enrolled = enrolledAt.toISOString().slice(0, 10);
      yield [name, email, studentIdentifier, into?.name ?? null, into?.academicYear ?? null, status, enrolled];
    }
    const last: { id: string } | undefined = page.at(-1);
    if (last === undefined) return;
    afterId = last.id;
  }
}
