import { createHash } from "node:crypto";
import { LenteraError, asSystem, audit, refuseWhileImpersonating, requireSignedIn, validate } from "@lentera/kit";
import { z } from "zod";
import type { FinanceContext, Transaction } from "../context.js";
import {
  type AnnounceLoanDocumentInput,
  type CheckLoanDocumentInput,
  announceLoanDocumentRules,
  checkLoanDocumentRules,
} from "./loan-application.input.js";
import { actorFor, visibleTo } from "./loan-application.policy.js";
import { isWhatItSays } from "./loan-application.rules.js";
import { lockApplication } from "./loan-application.store.js";
import type { AnnounceLoanDocumentPayload, LoanDocumentPayload } from "./loan-application.type.js";
import * as store from "./loan-document.store.js";

const UPLOAD_LIFETIME_MS = 15 * 60 * 1000;
const MOST_DOCUMENTS = 20;
const TOKEN_CONTEXT = "loan-document-link";
const token = z.object({ method: z.enum(["GET", "PUT"]), documentId: z.uuid(), expiresAt: z.number() });

/** The address that serves the signed links below. */
export const DOCUMENTS_PATH = "/loan-documents";

function linkTo(ctx: FinanceContext, method: "GET" | "PUT", documentId: string): string {
  const expiresAt = ctx.now().getTime() + UPLOAD_LIFETIME_MS;
  const sealed = ctx.encryption.encrypt(JSON.stringify({ method, documentId, expiresAt }), TOKEN_CONTEXT);
  return `${DOCUMENTS_PATH}?token=${encodeURIComponent(sealed)}`;
}

/**
 * Announces a paper and gives the address to which its bytes may be sent once.
 * @throws NOT_FOUND, INSUFFICIENT_PERMISSIONS for an application of somebody else
 * @throws ILLEGAL_STATE unless the application is a draft or waits for documents
 * @throws LIMIT_EXCEEDED for more than 20 papers
 */
export async function announceDocument(
  ctx: FinanceContext,
  input: AnnounceLoanDocumentInput,
): Promise<AnnounceLoanDocumentPayload> {
  requireSignedIn(ctx.viewer);
  const { idempotencyKey, ...document } = validate(announceLoanDocumentRules, input);
  const once = { command: "announceLoanDocument", key: idempotencyKey, input: document };
  const id = await ctx.transactionOnce(once, async (tx) => {
    const application = await lockApplication(tx, visibleTo(ctx.viewer), document.applicationId);
    if (application === null) throw new LenteraError("NOT_FOUND");
    if (application.applicantId !== ctx.viewer.userId) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
    if (application.status !== "DRAFT" && application.status !== "DOCUMENTS_REQUESTED")
      throw new LenteraError("ILLEGAL_STATE");
    const existing = await store.findDocuments(tx, [application.id]);
    if (existing.length >= MOST_DOCUMENTS) throw new LenteraError("LIMIT_EXCEEDED");
    const added = await store.insertDocument(tx, document);
    return added.id;
  });
  const announced = await store.findDocument(ctx.db, id);
  if (announced === null) throw new LenteraError("NOT_FOUND");
  return { document: announced, uploadUrl: linkTo(ctx, "PUT", id) };
}

/**
 * The bank's word about a paper. What was refused is explained, and can be sent anew when documents are requested.
 * @throws NOT_FOUND, INSUFFICIENT_PERMISSIONS for anybody but the staff of the bank
 * @throws ILLEGAL_STATE for a paper that was not sent, and unless the application is under review
 */
export async function checkDocument(ctx: FinanceContext, input: CheckLoanDocumentInput): Promise<LoanDocumentPayload> {
  requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  const { documentId, isVerified, reason } = validate(checkLoanDocumentRules, input);
  return ctx.transaction(async (tx) => {
    const document = await lockedDocument(ctx, tx, documentId);
    const change = { status: isVerified ? ("VERIFIED" as const) : ("REFUSED" as const), reason: reason ?? null };
    await store.updateDocument(tx, documentId, change);
    const entry = { action: "loan_document.checked", entityType: "LoanDocument", entityId: documentId };
    await audit(tx, ctx.identity, { ...entry, oldValues: { status: document.status }, newValues: change });
    return { document: { ...document, ...change } };
  });
}

async function lockedDocument(ctx: FinanceContext, tx: Transaction, id: string) {
  const document = await store.findDocument(tx, id);
  const application =
    document === null ? null : await lockApplication(tx, visibleTo(ctx.viewer), document.applicationId);
  if (document === null || application === null) throw new LenteraError("NOT_FOUND");
  const facts = { applicantId: application.applicantId, bankOrganizationId: application.bank.organizationId };
  if (actorFor(ctx.viewer, facts) !== "BANK") throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  if (document.status === "ANNOUNCED" || application.status !== "UNDER_REVIEW") throw new LenteraError("ILLEGAL_STATE");
  return document;
}

/** An address from which somebody who may see the application reads the paper for 15 minutes. */
export function downloadUrl(ctx: FinanceContext, documentId: string): string {
  return linkTo(ctx, "GET", documentId);
}

/**
 * `GET` and `PUT /loan-documents?token=…`. The token is all that the caller needs: it was made by us, for one file, one method
 * and 15 minutes.
 */
export async function serveDocument(ctx: FinanceContext, request: Request): Promise<Response> {
  const allowed = openToken(ctx, new URL(request.url).searchParams.get("token") ?? "");
  if (allowed?.method !== request.method) return new Response(null, { status: 404 });
  if (allowed.expiresAt <= ctx.now().getTime()) return new Response(null, { status: 410 });
  return asSystem(() =>
    allowed.method === "PUT" ? receive(ctx, allowed.documentId, request) : send(ctx, allowed.documentId),
  );
}

function openToken(ctx: FinanceContext, sealed: string): z.output<typeof token> | null {
  try {
    return token.parse(JSON.parse(ctx.encryption.decrypt(sealed, TOKEN_CONTEXT)));
  } catch {
    return null;
  }
}

async function receive(ctx: FinanceContext, documentId: string, request: Request): Promise<Response> {
  const document = await store.findDocument(ctx.db, documentId);
  if (document === null) return new Response(null, { status: 404 });
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > document.sizeBytes) return new Response(null, { status: 413 });
  if (bytes.length < document.sizeBytes) return new Response(null, { status: 400 });
  if (!isWhatItSays(document.mediaType, bytes)) return new Response(null, { status: 415 });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (await store.isUsedByOthers(ctx.db, sha256, documentId)) return new Response(null, { status: 422 });
  const ciphertext = ctx.encryption.encrypt(Buffer.from(bytes).toString("base64"), `loan-document:${documentId}`);
  const isFilled = await store.fillDocument(ctx.db, documentId, { ciphertext, sha256 });
  return new Response(null, { status: isFilled ? 204 : 409 });
}

async function send(ctx: FinanceContext, documentId: string): Promise<Response> {
  const [document, ciphertext] = [
    await store.findDocument(ctx.db, documentId),
    await store.findContents(ctx.db, documentId),
  ];
  if (document === null || ciphertext === null) return new Response(null, { status: 404 });
  const bytes = Buffer.from(ctx.encryption.decrypt(ciphertext, `loan-document:${documentId}`), "base64");
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": document.mediaType,
      "content-disposition": "attachment",
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox",
    },
  });
}
