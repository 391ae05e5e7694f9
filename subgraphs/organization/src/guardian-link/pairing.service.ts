import { LenteraError, asSystem, audit, validate } from "@lentera/kit";
import type { OrganizationContext, Transaction } from "../context.js";
import {
  type CreatePairingCodeInput,
  type RedeemPairingCodeInput,
  type RequestGuardianLinkInput,
  createPairingCodeRules,
  redeemPairingCodeRules,
  requestGuardianLinkRules,
} from "./guardian-link.input.js";
import { languageOf, sendMail } from "../mail/mail.service.js";
import { findRecipient } from "./consent.store.js";
import { requireGrownUp, requireStudent } from "./guardian-link.policy.js";
import {
  ATTEMPT_WINDOW_MS,
  MAXIMUM_REQUESTS,
  MAXIMUM_WRONG_CODES,
  PAIRING_CODE_LIFETIME_MS,
  mayRequest,
  moved,
} from "./guardian-link.rules.js";
import { asGuardianLink, noteVerified, writeDown } from "./guardian-link.service.js";
import * as store from "./guardian-link.store.js";
import type { CreatePairingCodePayload, GuardianLink } from "./guardian-link.type.js";
import { newPairingCode, pairingCodeHash } from "./pairing-code.js";

/**
 * The student makes a code for one guardian; an earlier code ends. The code is not kept, so a repeated call cannot show
 * it again. @throws INSUFFICIENT_PERMISSIONS for those who are no students
 */
export async function createPairingCode(
  ctx: OrganizationContext,
  input: CreatePairingCodeInput,
): Promise<CreatePairingCodePayload> {
  const { userId } = requireStudent(ctx.viewer);
  const { idempotencyKey: key } = validate(createPairingCodeRules, input);
  const fresh = newPairingCode();
  const codeHash = await pairingCodeHash(fresh);
  let code: string | null = null;
  const { expiresAt } = await ctx.transactionOnce({ command: "createPairingCode", key, input: {} }, async (tx) => {
    const createdAt = ctx.now();
    const expires = new Date(createdAt.getTime() + PAIRING_CODE_LIFETIME_MS);
    await store.replacePairingCode(tx, userId, { codeHash, createdAt, expiresAt: expires });
    const entity = { entityType: "User", entityId: userId, organizationId: null };
    await audit(tx, ctx.identity, { action: "pairing_code.created", ...entity });
    code = fresh;
    return { expiresAt: expires.toISOString() };
  });
  return { code, expiresAt: new Date(expiresAt) };
}

/**
 * A guardian enters a student's code. The link is VERIFIED at once: the student made the code.
 * @throws INVALID_CREDENTIALS for a code that is wrong, used, replaced or over 7 days old
 * @throws RATE_LIMITED after 5 wrong codes within an hour, also for the right one
 * @throws RESOURCE_ALREADY_EXISTS when the two are linked; the code stays good
 */
export async function redeemPairingCode(
  ctx: OrganizationContext,
  input: RedeemPairingCodeInput,
): Promise<GuardianLink> {
  const { userId: guardianId } = requireGrownUp(ctx.viewer);
  const { code, relationship } = validate(redeemPairingCodeRules, input);
  const codeHash = await pairingCodeHash(code);
  const outcome = await asSystem(() =>
    ctx.transaction(async (tx) => {
      const now = ctx.now();
      if (await hasTried(ctx, tx, guardianId, "CODE", MAXIMUM_WRONG_CODES)) return "RATE_LIMITED" as const;
      const found = await store.lockPairingCode(tx, codeHash);
      if (found === undefined || found.expiresAt <= now) {
        await store.insertAttempt(tx, guardianId, "CODE", now);
        return "INVALID_CREDENTIALS" as const;
      }
      const pair = { guardianId, studentId: found.studentId };
      const link = await store.lockLinkBetween(tx, guardianId, found.studentId);
      if (link?.status === "VERIFIED") return "RESOURCE_ALREADY_EXISTS" as const;
      if (link !== null) moved(link.status, "PAIR");
      const row = await store.saveLink(tx, pair, { relationship, status: "VERIFIED", verifiedAt: now });
      await store.deletePairingCode(tx, found.studentId);
      await noteVerified(ctx, tx, row);
      return asGuardianLink(row);
    }),
  );
  if (typeof outcome === "string") throw new LenteraError(outcome);
  return outcome;
}

/**
 * A guardian asks a student, who is written to and then decides. The letter names nobody: a name is the asker's own words,
 * and nobody has checked it. The answer is the same whether or not a student has the address, is
 * linked already, or has sent this guardian away. @throws RATE_LIMITED after 10 requests within an hour
 */
export async function requestGuardianLink(ctx: OrganizationContext, input: RequestGuardianLinkInput): Promise<void> {
  const { userId: guardianId } = requireGrownUp(ctx.viewer);
  const { email, relationship } = validate(requestGuardianLinkRules, input);
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      if (await hasTried(ctx, tx, guardianId, "REQUEST", MAXIMUM_REQUESTS)) throw new LenteraError("RATE_LIMITED");
      await store.insertAttempt(tx, guardianId, "REQUEST", ctx.now());
      const studentId = await store.findStudentByEmail(tx, email);
      if (studentId === undefined) return;
      const link = await store.lockLinkBetween(tx, guardianId, studentId);
      if (!mayRequest(link, ctx.now())) return;
      const pair = { guardianId, studentId };
      const row = await store.saveLink(tx, pair, { relationship, status: "PENDING", verifiedAt: null });
      await writeDown(ctx, tx, "guardian_link.requested", row);
      const { email: to, fullName, language } = await findRecipient(tx, studentId);
      await sendMail(tx, { to, template: "guardian-request", language: languageOf(language), values: { fullName } });
    }),
  );
}

async function hasTried(
  ctx: OrganizationContext,
  tx: Transaction,
  guardianId: string,
  kind: "CODE" | "REQUEST",
  maximum: number,
): Promise<boolean> {
  const since = new Date(ctx.now().getTime() - ATTEMPT_WINDOW_MS);
  return (await store.lockAttempts(tx, guardianId, kind, since)) >= maximum;
}
