import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  audit,
  emit,
  invalidField,
  mapPage,
  paginate,
  requirePermission,
  validate,
} from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { userCreated } from "../events.js";
import { sendMail } from "../mail/mail.service.js";
import { type CreatePlatformAdminInput, type UpdatePlatformAdminInput, createRules } from "./platform-admin.input.js";
import * as store from "./platform-admin.store.js";
import type { PlatformAdmin } from "./platform-admin.type.js";

/** Oldest first. @throws INSUFFICIENT_PERMISSIONS without `admins:read` */
export async function listPlatformAdmins(
  ctx: OrganizationContext,
  args: ConnectionArguments,
): Promise<Page<PlatformAdmin>> {
  requirePermission(ctx.viewer, "admins:read");
  const page = await paginate<store.PlatformAdminRow>({
    args,
    orderBy: [
      { field: "createdAt", direction: "asc" },
      { field: "userId", direction: "asc" },
    ],
    rows: (query) => store.findPage(ctx.db, query),
    count: () => store.countAll(ctx.db),
  });
  return mapPage(page, toPlatformAdmin);
}

/** @throws INSUFFICIENT_PERMISSIONS without `admins:read`; NOT_FOUND */
export async function getPlatformAdmin(ctx: OrganizationContext, id: string): Promise<PlatformAdmin> {
  requirePermission(ctx.viewer, "admins:read");
  const row = await store.findPlatformAdmin(ctx.db, id);
  if (row === null) throw new LenteraError("NOT_FOUND");
  return toPlatformAdmin(row);
}

/**
 * Makes an account without a password and writes to its owner, who chooses one.
 * @throws INSUFFICIENT_PERMISSIONS without `admins:manage`
 * @throws VALIDATION_ERROR, with DUPLICATE_ENTRY for an address that has an account: people keep their accounts apart
 */
export async function createPlatformAdmin(
  ctx: OrganizationContext,
  input: CreatePlatformAdminInput,
): Promise<PlatformAdmin> {
  requirePermission(ctx.viewer, "admins:manage");
  const { idempotencyKey, ...admin } = validate(createRules, input);
  const created = await ctx.transactionOnce(
    { command: "createPlatformAdmin", key: idempotencyKey, input: admin },
    async (tx) => {
      if (await store.emailIsTaken(tx, admin.email))
        throw invalidField("input.email", "DUPLICATE_ENTRY", "This address has an account already: use another one.");
      const row = await store.insertPlatformAdmin(tx, { ...admin, createdById: ctx.viewer.userId });
      await audit(tx, ctx.identity, {
        action: "platform_admin.created",
        entityType: "PlatformAdmin",
        entityId: row.userId,
        organizationId: null,
        newValues: { role: row.role, department: row.department },
      });
      const { language } = ctx.identity;
      await emit(tx, userCreated, { userId: row.userId, emailVerified: false, role: "PLATFORM_ADMIN", language });
      await sendMail(tx, {
        to: admin.email,
        template: "platform-admin-invited",
        language,
        values: { fullName: admin.fullName },
      });
      return row.userId;
    },
  );
  return getPlatformAdmin(ctx, created);
}

/**
 * Changes role, department and whether the person may sign in.
 * @throws INSUFFICIENT_PERMISSIONS without `admins:manage`; NOT_FOUND
 * @throws ILLEGAL_STATE when no active super admin would be left
 */
export async function updatePlatformAdmin(
  ctx: OrganizationContext,
  { id, ...input }: UpdatePlatformAdminInput,
): Promise<PlatformAdmin> {
  requirePermission(ctx.viewer, "admins:manage");
  return ctx.transaction(async (tx) => {
    await store.lockPlatformAdmins(tx);
    const old = await store.findPlatformAdmin(tx, id);
    if (old === null) throw new LenteraError("NOT_FOUND");
    const next = {
      role: input.role ?? old.role,
      department: input.department ?? old.department,
      isActive: input.isActive ?? old.isActive,
    };
    const staysSuperAdmin = next.role === "SUPER_ADMIN" && next.isActive;
    if (!staysSuperAdmin && (await store.countOtherSuperAdmins(tx, id)) === 0) throw new LenteraError("ILLEGAL_STATE");
    const row = await store.updatePlatformAdmin(tx, id, next);
    if (next.isActive !== old.isActive) await store.setAccountOpen(tx, id, next.isActive, ctx.now());
    await audit(tx, ctx.identity, {
      action: "platform_admin.updated",
      entityType: "PlatformAdmin",
      entityId: id,
      organizationId: null,
      oldValues: { role: old.role, department: old.department, isActive: old.isActive },
      newValues: next,
    });
    return toPlatformAdmin(row);
  });
}

function toPlatformAdmin({ userId: id, ...row }: store.PlatformAdminRow): PlatformAdmin {
  return { id, ...row };
}
