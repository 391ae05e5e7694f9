import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  asSystem,
  audit,
  paginate,
  requirePermission,
  requireSignedIn,
  validate,
  wholePage,
} from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { languageOf, sendMail } from "../mail/mail.service.js";
import { claimsFor } from "../session/session.rules.js";
import { findPerson } from "../session/session.store.js";
import { signAccessToken } from "../session/signing-key.js";
import { type ImpersonateInput, impersonateRules } from "./impersonation.input.js";
import * as store from "./impersonation.store.js";
import type { ImpersonatePayload, Impersonation } from "./impersonation.type.js";

const LIFETIME_MS = 30 * 60 * 1000;

/**
 * Lets a platform admin act as a person for 30 minutes. Every audit entry made meanwhile names both, and the person is told.
 * @throws INSUFFICIENT_PERMISSIONS without `users:impersonate`, and for another platform admin
 * @throws VALIDATION_ERROR for a reason of less than 10 characters
 * @throws NOT_FOUND for nobody, ACCOUNT_INACTIVE for an account that cannot sign in itself
 */
export async function impersonate(ctx: OrganizationContext, input: ImpersonateInput): Promise<ImpersonatePayload> {
  const admin = requireSignedIn(ctx.viewer);
  requirePermission(admin, "users:impersonate");
  const { userId, reason } = validate(impersonateRules, input);
  const startedAt = ctx.now();
  const expiresAt = new Date(startedAt.getTime() + LIFETIME_MS);
  return ctx.transaction(async (tx) => {
    const account = await store.findAddress(tx, userId);
    if (account === null) throw new LenteraError("NOT_FOUND");
    if (account.status !== "ACTIVE") throw new LenteraError("ACCOUNT_INACTIVE");
    const person = await findPerson(tx, userId);
    if (person.role === "PLATFORM_ADMIN") throw new LenteraError("INSUFFICIENT_PERMISSIONS");
    const impersonation = await store.insertImpersonation(tx, {
      adminId: admin.userId,
      userId,
      reason,
      startedAt,
      expiresAt,
    });
    await audit(tx, ctx.identity, {
      action: "impersonation.started",
      entityType: "Impersonation",
      entityId: impersonation.id,
      organizationId: null,
      newValues: { userId, reason },
    });
    await sendMail(tx, {
      to: account.email,
      template: "impersonated",
      language: languageOf(account.user.language),
      values: { fullName: account.user.fullName, reason, startedAt: startedAt.toISOString() },
    });
    const claims = { ...claimsFor(person, impersonation.id, null), imp: admin.userId };
    return { accessToken: await signAccessToken(ctx, claims, expiresAt), impersonation };
  });
}

/**
 * Ends it before its time, by its admin: as themselves, or as the person.
 * @throws NOT_FOUND for one that is not the caller's
 */
export async function endImpersonation(ctx: OrganizationContext, id: string): Promise<{ ended: boolean }> {
  const viewer = requireSignedIn(ctx.viewer);
  const adminId = viewer.impersonatorId ?? viewer.userId;
  return asSystem(() =>
    ctx.transaction(async (tx) => {
      if ((await store.countOf(tx, { id, adminId })) === 0) throw new LenteraError("NOT_FOUND");
      const ended = await store.endImpersonation(tx, id, adminId, ctx.now());
      const entry = { entityType: "Impersonation", entityId: id, organizationId: null };
      if (ended) await audit(tx, ctx.identity, { action: "impersonation.ended", ...entry });
      return { ended };
    }),
  );
}

/** When admins acted as the viewer, newest first; nothing of anybody else. */
export function listImpersonations(
  ctx: OrganizationContext,
  userId: string,
  args: ConnectionArguments,
): Promise<Page<Impersonation>> {
  if (ctx.viewer.userId !== userId) return Promise.resolve(wholePage<Impersonation>([]));
  return paginate<Impersonation>({
    args,
    orderBy: [
      { field: "startedAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (page) => store.findPage(ctx.db, userId, page),
    count: () => store.countOf(ctx.db, { userId }),
  });
}
