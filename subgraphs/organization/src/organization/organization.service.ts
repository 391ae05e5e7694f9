import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  audit,
  paginate,
  requirePermission,
  validate,
} from "@lentera/kit";
import type { OrganizationContext, Transaction } from "../context.js";
import {
  type ChangeOrganizationPlanInput,
  type SuspendOrganizationInput,
  type UpdateOrganizationInput,
  changeOrganizationPlanRules,
  organizationReasonRules,
  updateOrganizationRules,
} from "./organization.input.js";
import { organizationLoader, statisticsLoader } from "./organization.loader.js";
import { canManage, canSeeStatistics, visibleTo } from "./organization.policy.js";
import { requireWorking, statusAfter } from "./organization.rules.js";
import * as store from "./organization.store.js";
import type { Organization, OrganizationStatistics, PlatformOverview } from "./organization.type.js";
import { PLANS } from "./plan.rules.js";

/** The organization for which the viewer acts; null when `userId` is somebody else. */
export async function findViewerOrganization(ctx: OrganizationContext, userId: string): Promise<Organization | null> {
  const { organizationId } = ctx.viewer;
  return ctx.viewer.userId === userId && organizationId !== null ? organizationLoader(ctx).load(organizationId) : null;
}

/** Oldest first. */
export function listOrganizations(ctx: OrganizationContext, args: ConnectionArguments): Promise<Page<Organization>> {
  const visible = visibleTo(ctx.viewer);
  return paginate<Organization>({
    args,
    orderBy: [
      { field: "createdAt", direction: "asc" },
      { field: "id", direction: "asc" },
    ],
    rows: (page) => store.findOrganizationPage(ctx.db, visible, page),
    count: () => store.countOrganizations(ctx.db, visible),
  });
}

/** @throws INSUFFICIENT_PERMISSIONS without `platform:read` */
export async function getPlatformOverview(ctx: OrganizationContext): Promise<PlatformOverview> {
  requirePermission(ctx.viewer, "platform:read");
  return store.countPlatform(ctx.db);
}

/** @throws NOT_FOUND for an organization that the viewer may not see */
export async function getOrganization(ctx: OrganizationContext, id: string): Promise<Organization> {
  const { id: only = id } = visibleTo(ctx.viewer);
  const organization = only === id ? await organizationLoader(ctx).load(id) : null;
  if (organization === null) throw new LenteraError("NOT_FOUND");
  return organization;
}

/** Null unless the viewer is of its staff or of the platform. */
export async function findStatistics(ctx: OrganizationContext, id: string): Promise<OrganizationStatistics | null> {
  return canSeeStatistics(ctx.viewer, id) ? statisticsLoader(ctx).load(id) : null;
}

/** The tax number in the clear, for the management; null for others. */
export function findTaxId(ctx: OrganizationContext, { id, encryptedTaxId }: Organization): string | null {
  if (encryptedTaxId === null || !canManage(ctx.viewer, id)) return null;
  return ctx.encryption.decrypt(encryptedTaxId, taxIdContext(id));
}

/** What a tax number is encrypted for: it cannot be moved to another organization. */
export function taxIdContext(organizationId: string): string {
  return `organization-tax-id:${organizationId}`;
}

/**
 * The organization for which the viewer acts, which every command on its records needs; locked until the transaction
 * ends, so that what is counted against its limits stays true.
 * @throws INSUFFICIENT_PERMISSIONS when the viewer acts for none
 * @throws TENANT_SUSPENDED for a suspended, SUBSCRIPTION_EXPIRED for an expired one
 */
export async function lockWorkingOrganization(ctx: OrganizationContext, tx: Transaction): Promise<Organization> {
  const { organizationId } = ctx.viewer;
  const organization = organizationId === null ? undefined : await store.lockOrganization(tx, organizationId);
  return working(organization);
}

/** Like {@link lockWorkingOrganization}, for commands that count against no limit. */
export async function requireWorkingOrganization(
  ctx: OrganizationContext,
  tx: Transaction = ctx.db,
): Promise<Organization> {
  const { organizationId } = ctx.viewer;
  const [organization] = organizationId === null ? [] : await store.findOrganizations(tx, [organizationId]);
  return working(organization);
}

function working(organization: Organization | undefined): Organization {
  if (organization === undefined) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  requireWorking(organization.status);
  return organization;
}

/**
 * Changes name and profile.
 * @throws INSUFFICIENT_PERMISSIONS without `organization:update`
 * @throws NOT_FOUND for an organization that is not the viewer's, unless they may `tenants:update`
 */
export async function updateOrganization(
  ctx: OrganizationContext,
  input: UpdateOrganizationInput,
): Promise<Organization> {
  const isPlatform = ctx.viewer.permissions.includes("tenants:update");
  if (!isPlatform) requirePermission(ctx.viewer, "organization:update");
  const { organizationId, name, profile } = validate(updateOrganizationRules, input);
  const { taxId, ...contact } = profile ?? {};
  return ctx.transaction(async (tx) => {
    const id = organizationId ?? ctx.viewer.organizationId;
    if (id === null || !canManage(ctx.viewer, id)) throw new LenteraError("NOT_FOUND");
    const before = isPlatform ? await lockExisting(tx, id) : await lockWorkingOrganization(ctx, tx);
    const encryptedTaxId = typeof taxId === "string" ? ctx.encryption.encrypt(taxId, taxIdContext(id)) : taxId;
    const data = { ...contact, ...(name != null && { name }), ...(encryptedTaxId !== undefined && { encryptedTaxId }) };
    const after = await store.updateOrganization(tx, id, data);
    await audit(tx, ctx.identity, {
      action: "organization.updated",
      entityType: "Organization",
      entityId: id,
      organizationId: id,
      oldValues: valuesOf(before, Object.keys(data)),
      newValues: valuesOf(after, Object.keys(data)),
    });
    return after;
  });
}

/** The audit says that a secret changed, not what it is. */
function valuesOf(organization: Organization, fields: readonly string[]): object {
  const known = fields.filter((field) => field !== "encryptedTaxId");
  const values = Object.entries(organization).filter(([field]) => known.includes(field));
  return { ...Object.fromEntries(values), changed: fields };
}

async function lockExisting(tx: Transaction, id: string): Promise<Organization> {
  const organization = await store.lockOrganization(tx, id);
  if (organization === undefined) throw new LenteraError("NOT_FOUND");
  return organization;
}

/**
 * From now on members of the organization can read, and change nothing.
 * @throws INSUFFICIENT_PERMISSIONS without `tenants:suspend`, NOT_FOUND, ILLEGAL_STATE when it is suspended already
 */
export function suspendOrganization(ctx: OrganizationContext, input: SuspendOrganizationInput): Promise<Organization> {
  return changeStatus(ctx, "suspend", input);
}

/** @throws INSUFFICIENT_PERMISSIONS without `tenants:suspend`, NOT_FOUND, ILLEGAL_STATE when it works already */
export function reactivateOrganization(
  ctx: OrganizationContext,
  input: SuspendOrganizationInput,
): Promise<Organization> {
  return changeStatus(ctx, "reactivate", input);
}

async function changeStatus(
  ctx: OrganizationContext,
  move: "suspend" | "reactivate",
  input: SuspendOrganizationInput,
): Promise<Organization> {
  requirePermission(ctx.viewer, "tenants:suspend");
  const { organizationId, reason } = validate(organizationReasonRules, input);
  return ctx.transaction(async (tx) => {
    const before = await lockExisting(tx, organizationId);
    const status = statusAfter(move, before.status);
    await audit(tx, ctx.identity, {
      action: move === "suspend" ? "organization.suspended" : "organization.reactivated",
      entityType: "Organization",
      entityId: organizationId,
      organizationId,
      oldValues: { status: before.status },
      newValues: { status, reason },
    });
    const suspensionReason = move === "suspend" ? reason : null;
    return store.updateOrganization(tx, organizationId, { status, suspensionReason });
  });
}

/**
 * Sets plan, limits and features. What exists beyond a smaller limit stays; nothing is added until it fits again.
 * @throws INSUFFICIENT_PERMISSIONS without `tenants:update`, NOT_FOUND
 */
export async function changeOrganizationPlan(
  ctx: OrganizationContext,
  input: ChangeOrganizationPlanInput,
): Promise<Organization> {
  requirePermission(ctx.viewer, "tenants:update");
  const { organizationId, plan, features, ...limits } = validate(changeOrganizationPlanRules, input);
  return ctx.transaction(async (tx) => {
    const before = await lockExisting(tx, organizationId);
    const agreed = {
      plan,
      maxStudents: limits.maxStudents ?? PLANS[plan].maxStudents,
      maxStaff: limits.maxStaff ?? PLANS[plan].maxStaff,
      maxClasses: limits.maxClasses ?? PLANS[plan].maxClasses,
      features: Object.fromEntries((features ?? []).map(({ feature, isEnabled }) => [feature, isEnabled])),
    };
    await audit(tx, ctx.identity, {
      action: "organization.plan_changed",
      entityType: "Organization",
      entityId: organizationId,
      organizationId,
      oldValues: valuesOf(before, Object.keys(agreed)),
      newValues: agreed,
    });
    return store.updateOrganization(tx, organizationId, agreed);
  });
}
