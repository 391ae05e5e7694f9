import { type Language, addJob, audit, emit } from "@lentera/kit";
import type { OrganizationContext, Transaction } from "../context.js";
import { csvOf } from "../document/csv.js";
import type { Cell } from "../document/document.rules.js";
import { userCreated } from "../events.js";
import { storeFile } from "../file/file.service.js";
import { languageOf, sendMail } from "../mail/mail.service.js";
import { BATCH_ROWS } from "./student-import.rules.js";
import { problemFor, storedProblems } from "./student-import.problems.js";
import * as store from "./student-import.store.js";
import * as updates from "./student-update.store.js";

/** How the rows of an import are judged, written and taken back, by what they are for. */
export const WRITING = {
  ENROLL: { markObstructed: store.markObstructed, writeBatch: store.writeBatch, undoRows: store.undoRows },
  UPDATE: { markObstructed: updates.markObstructed, writeBatch: updates.writeBatch, undoRows: updates.undoRows },
} as const;
export const RUN_JOB = "student-import.run";
export const ANNOUNCE_JOB = "student-import.announce";
const ANNOUNCED_AT_ONCE = 100;
const ERROR_FILE_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** Where it is called out that an import has moved. The id only: who listens reads with their own rights. */
export function topicOf(importId: string): string {
  return `organization:student-import:${importId}`;
}

/**
 * Writes the next batch of a running import in one transaction, and makes the job for the one after it; after the last
 * it writes the error file and ends the import. Repeating it does no harm: rows that are written are no longer VALID.
 */
export async function runImport(ctx: OrganizationContext, importId: string): Promise<void> {
  const isLast = await ctx.transaction(async (tx) => {
    const running = await store.lockImport(tx, importId);
    if (running?.status !== "RUNNING") return false;
    const rows = await writeNextBatch(ctx, tx, running);
    if (rows === BATCH_ROWS) await addRun(tx, importId);
    return rows < BATCH_ROWS;
  });
  if (isLast) {
    const errorFileId = await storeErrorFile(ctx, importId);
    await ctx.transaction(async (tx) => {
      const running = await store.lockImport(tx, importId);
      if (running?.status === "RUNNING") await finishImport(ctx, tx, running, errorFileId);
    });
  }
  ctx.pubSub.publish(topicOf(importId), importId);
}

/** Makes the job that writes the next batch. */
export async function addRun(tx: Transaction, importId: string): Promise<void> {
  await addJob(tx, RUN_JOB, { importId }, { key: `${RUN_JOB}:${importId}` });
}

/** @returns how many rows were written */
export async function writeNextBatch(
  ctx: OrganizationContext,
  tx: Transaction,
  { id: importId, organizationId, language, mode }: store.ImportRecord,
): Promise<number> {
  const freeSeats = await store.lockSeats(tx, organizationId);
  const facts = { importId, organizationId, freeSeats, limit: BATCH_ROWS, language, now: ctx.now() };
  const rows = await WRITING[mode].writeBatch(tx, facts);
  await store.refreshCounts(tx, importId);
  return rows;
}

export async function finishImport(
  ctx: OrganizationContext,
  tx: Transaction,
  { id, organizationId, createdById }: store.ImportRecord,
  errorFileId: string | null,
): Promise<void> {
  await store.updateImport(tx, id, { status: "DONE", finishedAt: ctx.now(), errorFileId });
  await addJob(tx, ANNOUNCE_JOB, { importId: id, after: 0 });
  const finished = await store.findImport(tx, id);
  await audit(tx, ctx.identity, {
    action: "student-import.finished",
    entityType: "StudentImport",
    entityId: id,
    organizationId,
    actorId: createdById,
    newValues: {
      invited: finished?.invitedCount,
      updated: finished?.updatedCount,
      skipped: finished?.skippedCount,
      failed: finished?.failedCount,
    },
  });
}

/**
 * Writes to the next of those whom an import has invited, and tells the other subgraphs of the new people. A few at a
 * time: its next run waits behind the letters of this one, and so does nobody else for long.
 */
export async function announceBatch(
  ctx: OrganizationContext,
  { importId, after }: { importId: string; after: number },
): Promise<void> {
  await ctx.transaction(async (tx) => {
    const people = await store.findInvited(tx, importId, after, ANNOUNCED_AT_ONCE);
    for (const person of people) {
      const language = languageOf(person.language);
      if (person.isNew)
        await emit(tx, userCreated, { userId: person.studentId, emailVerified: false, role: "STUDENT", language });
      await sendMail(tx, {
        to: person.email,
        template: person.isNew ? "student-enrolled" : "student-invitation",
        language,
        values: { fullName: person.fullName, organizationName: person.organizationName },
      });
    }
    const last = people.at(-1);
    if (last !== undefined && people.length === ANNOUNCED_AT_ONCE)
      await addJob(tx, ANNOUNCE_JOB, { importId, after: last.rowNumber });
  });
}

const HEADINGS: Record<Language, readonly string[]> = {
  id: ["Baris", "Nama", "Surel", "NIS", "Kelas", "Masalah"],
  en: ["Row", "Name", "Email", "Student ID", "Class", "Problems"],
};

/** The failed rows with their problems, in a file that can be corrected and uploaded again; null when there are none. */
async function storeErrorFile(ctx: OrganizationContext, importId: string): Promise<string | null> {
  const done = await store.findImport(ctx.db, importId);
  if (done === null || done.failedCount === 0) return null;
  const language = languageOf(done.language);
  const section = { heading: "", columns: HEADINGS[language], rows: failedRows(ctx, importId, language) };
  const file = {
    organizationId: done.organizationId,
    ownerId: done.createdById,
    name: `${done.name.replace(/\.\w+$/, "")}-errors.csv`,
    mediaType: "text/csv",
    expiresAt: new Date(ctx.now().getTime() + ERROR_FILE_LIFETIME_MS),
  };
  return storeFile(ctx, file, csvOf({ title: "", subtitle: "", sections: [section] }));
}

async function* failedRows(ctx: OrganizationContext, importId: string, language: Language): AsyncGenerator<Cell[]> {
  for (let after = 0; ;) {
    const rows = await store.findRowPage(
      ctx.db,
      { importId, status: "FAILED" },
      { where: { rowNumber: { gt: after } }, orderBy: [{ rowNumber: "asc" }], take: BATCH_ROWS },
    );
    for (const row of rows) {
      const problems = storedProblems(row.problems).map((problem) => problemFor(problem, language).message);
      yield [row.rowNumber, row.fullName, row.email, row.studentIdentifier, row.className, problems.join(" ")];
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.rowNumber;
  }
}
