import {
  LenteraError,
  addJob,
  asSystem,
  audit,
  emit,
  requireSignedIn,
  validate,
  refuseWhileImpersonating,
} from "@lentera/kit";
import type { OrganizationContext, Transaction } from "../context.js";
import { guardianLinkRevoked, personErased } from "../events.js";
import { languageOf, sendMail } from "../mail/mail.service.js";
import * as store from "./erasure.store.js";
import { type RequestErasureInput, keyRules } from "./privacy.input.js";
import { COOLING_OFF_MS, judgeErasure } from "./privacy.rules.js";
import type { Erasure } from "./privacy.type.js";

export const ERASE_JOB = "privacy.erase";

const PLACEHOLDER = { id: "Pengguna terhapus", en: "Deleted user" } as const;

/**
 * Asks to be forgotten, in 7 days. While such a wish is open, that is the answer.
 * @throws INSUFFICIENT_PERMISSIONS while an admin acts as the person
 * @throws ILLEGAL_STATE for the only owner of an organization and for an active platform admin: hand over first
 */
export async function requestErasure(ctx: OrganizationContext, input: RequestErasureInput): Promise<Erasure> {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  const { idempotencyKey: key } = validate(keyRules, input);
  return asSystem(async () => {
    const id = await ctx.transactionOnce({ command: "requestErasure", key, input: {} }, (tx) => open(ctx, tx, userId));
    const erasure = await store.findErasure(ctx.db, id);
    if (erasure === null) throw new LenteraError("NOT_FOUND");
    return erasure;
  });
}

async function open(ctx: OrganizationContext, tx: Transaction, userId: string): Promise<string> {
  const existing = await store.findOpenErasure(tx, userId);
  if (existing !== null) return existing.id;
  if (await store.isNeeded(tx, userId)) throw new LenteraError("ILLEGAL_STATE");
  const requestedAt = ctx.now();
  const dueAt = new Date(requestedAt.getTime() + COOLING_OFF_MS);
  const { id } = await store.insertErasure(tx, { userId, requestedAt, dueAt });
  await addJob(tx, ERASE_JOB, { erasureId: id }, { key: `${ERASE_JOB}:${id}`, runAt: dueAt });
  await note(ctx, tx, "erasure.requested", id);
  const { fullName, language, account } = await store.findPerson(tx, userId);
  if (account !== null)
    await sendMail(tx, {
      to: account.email,
      template: "erasure-requested",
      language: languageOf(language),
      values: { fullName, dueAt: dueAt.toISOString() },
    });
  return id;
}

/**
 * @throws NOT_FOUND for a wish that is not the viewer's; ILLEGAL_STATE when it was cancelled before
 */
export async function cancelErasure(ctx: OrganizationContext, id: string): Promise<Erasure> {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  return ctx.transaction(async (tx) => {
    const erasure = await store.lockErasure(tx, id);
    if (erasure?.userId !== userId) throw new LenteraError("NOT_FOUND");
    if (erasure.cancelledAt !== null || erasure.erasedAt !== null) throw new LenteraError("ILLEGAL_STATE");
    await note(ctx, tx, "erasure.cancelled", id);
    return store.setOutcome(tx, id, { cancelledAt: ctx.now() });
  });
}

/** The viewer's open wish; null for everybody else. */
export async function findErasure(ctx: OrganizationContext, userId: string): Promise<Erasure | null> {
  return ctx.viewer.userId === userId ? store.findOpenErasure(ctx.db, userId) : null;
}

/**
 * Forgets a person, and tells the other subgraphs to do the same with what they hold and need not keep. Does nothing when
 * the wish was cancelled; waits when somebody depends on the person again, and when it is not time yet.
 */
export async function erase(ctx: OrganizationContext, erasureId: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const erasure = await store.lockErasure(tx, erasureId);
    const now = ctx.now();
    const verdict = erasure === null ? "NOTHING" : judgeErasure(erasure, now);
    if (erasure === null || verdict === "NOTHING") return;
    if (verdict === "WAIT" || (await store.isNeeded(tx, erasure.userId))) {
      const runAt = verdict === "WAIT" ? erasure.dueAt : new Date(now.getTime() + RETRY_MS);
      return addJob(tx, ERASE_JOB, { erasureId }, { key: `${ERASE_JOB}:${erasureId}`, runAt });
    }
    const { userId } = erasure;
    const { fullName, language } = await store.findPerson(tx, userId);
    for (const { id: linkId, ...link } of await store.endLinks(tx, userId, now)) {
      const endReason = link.studentId === userId ? "STUDENT" : "GUARDIAN";
      await emit(tx, guardianLinkRevoked, { linkId, ...link, endReason });
    }
    const email = await store.anonymize(tx, userId, PLACEHOLDER[languageOf(language)], now);
    await store.setOutcome(tx, erasureId, { erasedAt: now });
    await note(ctx, tx, "erasure.done", erasureId);
    await emit(tx, personErased, { userId, erasedAt: now.toISOString() });
    if (email !== null)
      await sendMail(tx, { to: email, template: "erasure-done", language: languageOf(language), values: { fullName } });
  });
}

/** How long to wait when the person cannot go yet. */
const RETRY_MS = 24 * 60 * 60 * 1000;

/** Ids only: the audit log outlives the person's data. */
function note(ctx: OrganizationContext, tx: Transaction, action: string, id: string): Promise<void> {
  return audit(tx, ctx.identity, { action, entityType: "Erasure", entityId: id, organizationId: null });
}
