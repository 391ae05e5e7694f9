import { createHash } from "node:crypto";
import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  asSystem,
  audit,
  mapPage,
  paginate,
  requirePermission,
  validate,
} from "@lentera/kit";
import type { StudentImportMode } from "@lentera/prisma/organization";
import type { OrganizationContext, Transaction } from "../context.js";
import { requireOrganization } from "../file/file.policy.js";
import { linkTo } from "../file/file.service.js";
import type { FileLink } from "../file/file.type.js";
import { requireWorkingOrganization } from "../organization/organization.service.js";
import { WRITING, addRun, finishImport, topicOf, writeNextBatch } from "./batch.service.js";
import { columnsError, readSource, readable } from "./source.service.js";
import {
  type CheckStudentImportInput,
  type ImportRowArguments,
  type InviteStudentsInput,
  checkRules,
  inviteRules,
} from "./student-import.input.js";
import { studentImportLoader, studentImportOf } from "./student-import.loader.js";
import { problemFor, storedProblems } from "./student-import.problems.js";
import {
  type Column,
  MAXIMUM_ROWS,
  areProblems,
  assignColumns,
  canUndo,
  checkRows,
  readRows,
  suggestColumns,
} from "./student-import.rules.js";
import * as store from "./student-import.store.js";
import type { InviteStudentsPayload, StudentImport, StudentImportRow } from "./student-import.type.js";

/**
 * Reads a file and judges every row without enrolling or changing anybody: the dry run. The same file read in the same way is the same
 * import: one that was not started is judged anew, one that was is returned as it is.
 * @throws INSUFFICIENT_PERMISSIONS without `students:create`, and for an update without `students:update`
 * @throws VALIDATION_ERROR for a file that cannot be read, and for columns that are missing, unknown or chosen twice
 */
export async function checkStudentImport(
  ctx: OrganizationContext,
  input: CheckStudentImportInput,
): Promise<StudentImport> {
  requirePermission(ctx.viewer, "students:create");
  const { id: organizationId } = await requireWorkingOrganization(ctx);
  const { idempotencyKey, ...request } = validate(checkRules, input);
  const { mode } = request;
  if (mode === "UPDATE") requirePermission(ctx.viewer, "students:update");
  const { name, sheet, hash } = await readSource(ctx, organizationId, request.source);
  const columns = assignColumns(await readable(ctx, () => suggestColumns(sheet)), request.columns ?? null, mode);
  if (areProblems(columns)) throw columnsError(ctx, columns);
  const once = { command: `checkStudentImport:${organizationId}`, key: idempotencyKey, input: { ...request, hash } };
  const id = await asSystem(() =>
    ctx.transactionOnce(once, async (tx) => {
      const { academicYear, classIds } = await store.findClassIds(tx, organizationId, request.academicYear ?? null);
      const rows = checkRows(readRows(sheet, columns), classIds, mode);
      const draft = {
        organizationId,
        name,
        columns,
        academicYear,
        mode,
        sourceHash: sourceHashOf(hash, columns, `${mode}:${academicYear ?? ""}`),
      };
      const same = await store.findSameSource(tx, organizationId, draft.sourceHash);
      if (same !== null && same.status !== "CHECKED") return same.id;
      if (same !== null) await store.deleteRows(tx, same.id);
      const importId = same?.id ?? (await insertImport(ctx, tx, draft, rows.length));
      await store.insertRows(tx, importId, organizationId, rows);
      const freeSeats = await store.lockSeats(tx, organizationId);
      await WRITING[mode].markObstructed(tx, importId, organizationId, freeSeats, MAXIMUM_ROWS);
      await store.refreshCounts(tx, importId);
      return importId;
    }),
  );
  return studentImportLoader(ctx).load(id);
}

/**
 * Enrolls or changes the students of the VALID rows in the background; follow it by `importProgressed`.
 * @throws NOT_FOUND for an import that is not the viewer's organization's
 * @throws ILLEGAL_STATE for one that was undone; one that was started already is returned as it is
 */
export async function startStudentImport(ctx: OrganizationContext, importId: string): Promise<StudentImport> {
  return command(ctx, importId, async (tx, checked) => {
    if (checked.status === "UNDONE") throw new LenteraError("ILLEGAL_STATE");
    if (checked.status !== "CHECKED") return;
    await store.updateImport(tx, importId, { status: "RUNNING", startedAt: ctx.now() });
    await addRun(tx, importId);
    await note(ctx, tx, checked, "student-import.started", { rows: checked.rowCount - checked.processedCount });
  });
}

/**
 * Takes an import back, except for the rows that something has happened to since: those are KEPT and say why.
 * @throws NOT_FOUND for an import that is not the viewer's organization's
 * @throws INSUFFICIENT_PERMISSIONS without `students:delete`, and for an update without `students:update`
 * @throws ILLEGAL_STATE for one that is not done, and 24 hours after it was
 */
export async function undoStudentImport(ctx: OrganizationContext, importId: string): Promise<StudentImport> {
  return command(ctx, importId, async (tx, done) => {
    if (done.mode === "ENROLL") requirePermission(ctx.viewer, "students:delete");
    if (done.status === "UNDONE") return;
    if (!canUndo(done, ctx.now())) throw new LenteraError("ILLEGAL_STATE");
    await store.lockSeats(tx, done.organizationId);
    await WRITING[done.mode].undoRows(tx, importId);
    await store.updateImport(tx, importId, { status: "UNDONE", undoneAt: ctx.now() });
    await store.refreshCounts(tx, importId);
    const { keptCount } = (await store.findImport(tx, importId)) ?? done;
    await note(ctx, tx, done, "student-import.undone", {
      undone: done.invitedCount + done.updatedCount - keptCount,
      kept: keptCount,
    });
  });
}

/**
 * Invites up to 1,000 students into one class, at once: those who can be are, the others are named with the reason.
 * @throws INSUFFICIENT_PERMISSIONS without `students:create`
 * @throws NOT_FOUND for a class that is not the organization's
 */
export async function inviteStudents(
  ctx: OrganizationContext,
  input: InviteStudentsInput,
): Promise<InviteStudentsPayload> {
  requirePermission(ctx.viewer, "students:create");
  const { id: organizationId } = await requireWorkingOrganization(ctx);
  const { idempotencyKey, ...request } = validate(inviteRules, input);
  const once = { command: `inviteStudents:${organizationId}`, key: idempotencyKey, input: request };
  const id = await asSystem(() =>
    ctx.transactionOnce(once, async (tx) => {
      const into = await store.findClass(tx, organizationId, request.classId);
      if (into === null) throw new LenteraError("NOT_FOUND");
      const raw = request.students.map(({ name, email, studentIdentifier }, index) => ({
        rowNumber: index + 1,
        values: { FULL_NAME: name, EMAIL: email, STUDENT_IDENTIFIER: studentIdentifier ?? "", CLASS_NAME: into.name },
      }));
      const rows = checkRows(raw, new Map([[into.name.toLowerCase(), into.id]]), "ENROLL");
      const sourceHash = sourceHashOf(idempotencyKey, [], ctx.viewer.userId);
      const draft = {
        organizationId,
        name: into.name,
        columns: [],
        academicYear: null,
        mode: "ENROLL" as const,
        sourceHash,
      };
      const importId = await insertImport(ctx, tx, draft, rows.length);
      await store.updateImport(tx, importId, { status: "RUNNING", startedAt: ctx.now() });
      await store.insertRows(tx, importId, organizationId, rows);
      const running = await existing(tx, importId);
      await writeNextBatch(ctx, tx, running);
      await finishImport(ctx, tx, running, null);
      return importId;
    }),
  );
  const failed = await asSystem(() =>
    store.findRowPage(
      ctx.db,
      { importId: id, status: "FAILED" },
      { where: {}, orderBy: [{ rowNumber: "asc" }], take: request.students.length },
    ),
  );
  const studentImport = await studentImportLoader(ctx).load(id);
  return {
    studentImport,
    invited: studentImport.invitedCount,
    failed: failed.map(rowFor(ctx)).map(({ email, problems }) => ({
      email,
      code: problems[0]?.code ?? "",
      reason: problems.map(({ message }) => message).join(" "),
    })),
  };
}

/** The imports of the viewer's organization, newest first. @throws INSUFFICIENT_PERMISSIONS without `students:create` */
export async function listImports(ctx: OrganizationContext, args: ConnectionArguments): Promise<Page<StudentImport>> {
  requirePermission(ctx.viewer, "students:create");
  const organizationId = requireOrganization(ctx.viewer);
  const page = await paginate<store.ImportRecord>({
    args,
    orderBy: [
      { field: "createdAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (query) => store.findImportPage(ctx.db, organizationId, query),
    count: () => store.countImports(ctx.db, organizationId),
  });
  return mapPage(page, studentImportOf);
}

/** The rows of an import in the order of its file. @throws NOT_FOUND for an import that the viewer may not see */
export async function listImportRows(
  ctx: OrganizationContext,
  { importId, status, ...args }: ImportRowArguments,
): Promise<Page<StudentImportRow>> {
  const { id } = await studentImportLoader(ctx).load(importId);
  const where = { importId: id, ...(status != null && { status }) };
  const page = await paginate<store.RowRecord>({
    args,
    orderBy: [{ field: "rowNumber", direction: "asc" }],
    rows: (query) => store.findRowPage(ctx.db, where, query),
    count: () => store.countRows(ctx.db, where),
  });
  return mapPage(page, rowFor(ctx));
}

/** Whenever an import moves on, its id. @throws NOT_FOUND for an import that the viewer may not see */
export async function listenToImport(ctx: OrganizationContext, importId: string): Promise<AsyncIterable<unknown>> {
  const { id } = await studentImportLoader(ctx).load(importId);
  return ctx.pubSub.subscribe(topicOf(id));
}

/** Where the failed rows can be downloaded; null when there are none. */
export function errorFileOf(ctx: OrganizationContext, { errorFileId }: StudentImport): FileLink | null {
  return errorFileId === null ? null : linkTo(ctx, "GET", errorFileId);
}

async function command(
  ctx: OrganizationContext,
  importId: string,
  change: (tx: Transaction, record: store.ImportRecord) => Promise<void>,
): Promise<StudentImport> {
  requirePermission(ctx.viewer, "students:create");
  await requireWorkingOrganization(ctx);
  const { id, mode } = await studentImportLoader(ctx).load(importId);
  if (mode === "UPDATE") requirePermission(ctx.viewer, "students:update");
  await asSystem(() => ctx.transaction(async (tx) => change(tx, await existing(tx, id))));
  ctx.pubSub.publish(topicOf(id), id);
  return studentImportLoader(ctx).clear(id).load(id);
}

async function existing(tx: Transaction, id: string): Promise<store.ImportRecord> {
  const record = await store.lockImport(tx, id);
  if (record === null) throw new LenteraError("NOT_FOUND");
  return record;
}

interface Draft {
  readonly organizationId: string;
  readonly name: string;
  readonly columns: readonly Column[];
  readonly academicYear: string | null;
  readonly mode: StudentImportMode;
  readonly sourceHash: Uint8Array<ArrayBuffer>;
}

function insertImport(ctx: OrganizationContext, tx: Transaction, draft: Draft, rowCount: number): Promise<string> {
  const { language, viewer } = ctx.identity;
  const columns = draft.columns.map((column) => ({ ...column, samples: [...column.samples] }));
  return store.insertImport(tx, {
    ...draft,
    columns,
    language,
    createdById: viewer.userId,
    rowCount,
    createdAt: ctx.now(),
  });
}

function sourceHashOf(hash: string, columns: readonly Column[], scope: string | null): Uint8Array<ArrayBuffer> {
  const reading = columns.flatMap(({ field, position }) => (field === null ? [] : [[position, field]]));
  return new Uint8Array(
    createHash("sha256")
      .update(JSON.stringify([hash, reading, scope]))
      .digest(),
  );
}

function rowFor(ctx: OrganizationContext) {
  return (row: store.RowRecord): StudentImportRow => ({
    ...row,
    problems: storedProblems(row.problems).map((problem) => problemFor(problem, ctx.identity.language)),
  });
}

function note(
  ctx: OrganizationContext,
  tx: Transaction,
  { id, organizationId }: store.ImportRecord,
  action: string,
  newValues: object,
): Promise<void> {
  return audit(tx, ctx.identity, { action, entityType: "StudentImport", entityId: id, organizationId, newValues });
}
