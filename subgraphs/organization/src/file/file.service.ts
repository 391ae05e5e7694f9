import { createHash } from "node:crypto";
import { LenteraError, addJob, asSystem, requirePermission, validate } from "@lentera/kit";
import type { OrganizationContext, Transaction } from "../context.js";
import type { FileMethod } from "./file-link.js";
import { type RequestUploadInput, requestUploadRules } from "./file.input.js";
import { requireOrganization } from "./file.policy.js";
import { LINK_LIFETIME_MS, UPLOAD_LIFETIME_MS, piecesOf } from "./file.rules.js";
import * as store from "./file.store.js";
import type { FileLink, RequestUploadPayload } from "./file.type.js";

export const EXPIRE_FILE_JOB = "file.expire";

/**
 * Announces a file and gives the URL to which its bytes may be sent.
 * @throws INSUFFICIENT_PERMISSIONS without `students:create`, which is what uploads are for
 * @throws VALIDATION_ERROR for a bad name, and for more than 10 MB
 */
export async function requestUpload(
  ctx: OrganizationContext,
  input: RequestUploadInput,
): Promise<RequestUploadPayload> {
  requirePermission(ctx.viewer, "students:create");
  const organizationId = requireOrganization(ctx.viewer);
  const { idempotencyKey, ...file } = validate(requestUploadRules, input);
  const expiresAt = new Date(ctx.now().getTime() + UPLOAD_LIFETIME_MS);
  const once = { command: `requestUpload:${organizationId}`, key: idempotencyKey, input: file };
  const fileId = await asSystem(() =>
    ctx.transactionOnce(once, (tx) =>
      insertExpiring(tx, { ...file, organizationId, ownerId: ctx.viewer.userId, expiresAt }),
    ),
  );
  return { fileId, upload: linkTo(ctx, "PUT", fileId) };
}

/** A URL for one file that works for 15 minutes. Whoever calls this has decided that the viewer may have it. */
export function linkTo(ctx: OrganizationContext, method: FileMethod, fileId: string): FileLink {
  const expiresAt = new Date(ctx.now().getTime() + LINK_LIFETIME_MS);
  return { url: ctx.fileLinks.sign(method, fileId, expiresAt), expiresAt };
}

/**
 * Stores what is made piece by piece, with one piece in memory. Not in a transaction: a file that was not finished is
 * never served, and goes when it would have expired.
 * @returns the file's id
 */
export function storeFile(
  ctx: OrganizationContext,
  file: Omit<store.NewFile, "sizeBytes">,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<string> {
  return asSystem(async () => {
    const id = await ctx.transaction((tx) => insertExpiring(tx, file));
    await writeContents(ctx, ctx.db, id, bytes);
    return id;
  });
}

/** Writes and seals the contents of a file that was announced. */
export async function writeContents(
  ctx: OrganizationContext,
  tx: Transaction,
  id: string,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const hash = createHash("sha256");
  let position = 0;
  let sizeBytes = 0;
  for await (const piece of piecesOf(bytes)) {
    hash.update(piece);
    sizeBytes += piece.length;
    await store.insertPiece(tx, id, position++, piece);
  }
  await store.completeFile(tx, id, { sizeBytes, sha256: new Uint8Array(hash.digest()), completedAt: ctx.now() });
}

/** The bytes of a file, piece by piece: the caller has decided that they may be read. */
export async function* contentsOf(ctx: OrganizationContext, fileId: string): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; position++) {
    const piece = await asSystem(() => store.findPiece(ctx.db, fileId, position));
    if (piece === null) return;
    yield piece;
  }
}

/**
 * The bytes of a file that was uploaded for an organization.
 * @throws NOT_FOUND when it is another organization's, was not sent yet, or has expired
 */
export async function readUpload(ctx: OrganizationContext, organizationId: string, fileId: string) {
  const file = await asSystem(() => store.findFile(ctx.db, fileId));
  if (
    file === null ||
    file.organizationId !== organizationId ||
    file.completedAt === null ||
    file.expiresAt <= ctx.now()
  )
    throw new LenteraError("NOT_FOUND");
  const pieces: Uint8Array[] = [];
  for await (const piece of contentsOf(ctx, fileId)) pieces.push(piece);
  return { name: file.name, bytes: Buffer.concat(pieces) };
}

/** Removes the bytes of a file whose time has come. */
export async function expireFile(ctx: OrganizationContext, fileId: string): Promise<void> {
  await ctx.transaction((tx) => store.deleteExpiredContents(tx, fileId, ctx.now()));
}

async function insertExpiring(tx: Transaction, file: store.NewFile): Promise<string> {
  const fileId = await store.insertFile(tx, file);
  await addJob(tx, EXPIRE_FILE_JOB, { fileId }, { key: `${EXPIRE_FILE_JOB}:${fileId}`, runAt: file.expiresAt });
  return fileId;
}
