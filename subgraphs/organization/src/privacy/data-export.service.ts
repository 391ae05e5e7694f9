import {
  type ConnectionArguments,
  type EventConsumer,
  LenteraError,
  type Page,
  addJob,
  audit,
  consume,
  emit,
  paginate,
  requireSignedIn,
  validate,
  wholePage,
  refuseWhileImpersonating,
} from "@lentera/kit";
import type { OrganizationContext, Transaction } from "../context.js";
import { personExportPart, personExportRequested } from "../events.js";
import { linkTo, storeFile } from "../file/file.service.js";
import type { FileLink } from "../file/file.type.js";
import { languageOf, sendMail } from "../mail/mail.service.js";
import { buildArchive } from "./archive.js";
import * as store from "./data-export.store.js";
import { type RequestDataExportInput, keyRules } from "./privacy.input.js";
import { ARCHIVE_LIFETIME_MS, COLLECTING_MS, missingParts } from "./privacy.rules.js";
import type { DataExport } from "./privacy.type.js";

export const FINISH_EXPORT_JOB = "privacy.finish-export";

/**
 * Asks every subgraph for what it stores about the viewer. While one archive is in the making, that is the answer.
 * @throws INSUFFICIENT_PERMISSIONS while an admin acts as the person
 */
export async function requestDataExport(ctx: OrganizationContext, input: RequestDataExportInput): Promise<DataExport> {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  const { idempotencyKey: key } = validate(keyRules, input);
  const requestedAt = ctx.now();
  const id = await ctx.transactionOnce({ command: "requestDataExport", key, input: {} }, async (tx) => {
    const collecting = await store.findCollecting(tx, userId);
    if (collecting !== null) return collecting.id;
    const { id: exportId } = await store.insertExport(tx, userId, requestedAt);
    await emit(tx, personExportRequested, { exportId, userId });
    await addJob(tx, FINISH_EXPORT_JOB, { exportId }, { key: `${FINISH_EXPORT_JOB}:${exportId}` });
    await addJob(
      tx,
      FINISH_EXPORT_JOB,
      { exportId },
      { key: `${FINISH_EXPORT_JOB}:${exportId}:late`, runAt: new Date(requestedAt.getTime() + COLLECTING_MS) },
    );
    await audit(tx, ctx.identity, {
      action: "data_export.requested",
      entityType: "DataExport",
      entityId: exportId,
      organizationId: null,
    });
    return exportId;
  });
  const found = await store.findExport(ctx.db, id);
  if (found === null) throw new LenteraError("NOT_FOUND");
  return found;
}

/** Newest first; nothing of anybody but the viewer. */
export function listDataExports(
  ctx: OrganizationContext,
  userId: string,
  args: ConnectionArguments,
): Promise<Page<DataExport>> {
  if (ctx.viewer.userId !== userId || ctx.viewer.impersonatorId !== null)
    return Promise.resolve(wholePage<DataExport>([]));
  return paginate<DataExport>({
    args,
    orderBy: [
      { field: "requestedAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (page) => store.findPage(ctx.db, userId, page),
    count: () => store.countExports(ctx.db, userId),
  });
}

/** Where the viewer fetches an archive; null while it is not ready and when it has expired. */
export function findDownload(ctx: OrganizationContext, { userId, fileId, expiresAt }: DataExport): FileLink | null {
  const isOwn = ctx.viewer.userId === userId && ctx.viewer.impersonatorId === null;
  if (!isOwn || fileId === null || expiresAt === null || expiresAt <= ctx.now()) return null;
  return linkTo(ctx, "GET", fileId);
}

/** Keeps what another subgraph has given, and looks whether that was its last part. */
export const collectPart: EventConsumer<Transaction> = consume(
  personExportPart,
  async (tx: Transaction, { exportId, ...part }) => {
    const taken = await store.insertPart(tx, exportId, part);
    if (taken && (await store.isComplete(tx, exportId, part.subgraph)))
      await addJob(tx, FINISH_EXPORT_JOB, { exportId }, { key: `${FINISH_EXPORT_JOB}:${exportId}` });
  },
);

/**
 * Makes the archive when all have answered, or after 24 hours of those who have. Otherwise does nothing. The row stays
 * locked meanwhile, so that two runs do not make two archives.
 */
export function finishExport(ctx: OrganizationContext, exportId: string): Promise<void> {
  return ctx.transaction(async (tx) => {
    const wanted = await store.lockCollecting(tx, exportId);
    if (wanted === null) return;
    const own = await store.findOwnPart(tx, wanted.userId);
    const parts = [{ subgraph: "organization", data: own }, ...(await store.findCompleteParts(tx, exportId))];
    const missing = missingParts(parts.map(({ subgraph }) => subgraph));
    const readyAt = ctx.now();
    const isLate = readyAt.getTime() >= wanted.requestedAt.getTime() + COLLECTING_MS;
    if (missing.length > 0 && !isLate) return;
    const { fullName, account } = own;
    const language = languageOf(own.language);
    const expiresAt = new Date(readyAt.getTime() + ARCHIVE_LIFETIME_MS);
    const fileId = await storeFile(
      ctx,
      {
        organizationId: null,
        ownerId: wanted.userId,
        name: `lentera-${readyAt.toISOString().slice(0, 10)}.zip`,
        mediaType: "application/zip",
        expiresAt,
      },
      [buildArchive({ fullName, language, at: readyAt, parts, missing })],
    );
    await store.completeExport(tx, exportId, { fileId, missing, readyAt, expiresAt });
    await audit(tx, ctx.identity, {
      action: "data_export.completed",
      entityType: "DataExport",
      entityId: exportId,
      organizationId: null,
      newValues: { missing },
    });
    if (account !== null)
      await sendMail(tx, { to: account.email, template: "data-export-ready", language, values: { fullName } });
  });
}
