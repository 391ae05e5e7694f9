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
} from "@lentera/kit";
import type { OrganizationContext, Transaction } from "../context.js";
import { seal, sendMail } from "../mail/mail.service.js";
import { lockWorkingOrganization, requireWorkingOrganization } from "../organization/organization.service.js";
import { lockOrganization } from "../organization/organization.store.js";
import { requireWorking } from "../organization/organization.rules.js";
import { requireRoom } from "../organization/plan.rules.js";
import { newRefreshToken, refreshTokenHash } from "../session/refresh-token.js";
import {
  type ChangeMemberRoleInput,
  type InviteMemberInput,
  changeMemberRoleRules,
  inviteMemberRules,
} from "./membership.input.js";
import {
  INVITATION_LIFETIME_MS,
  canManage,
  requireAnOwner,
  requireGrantable,
  requireOpen,
} from "./membership.rules.js";
import * as store from "./membership.store.js";
import type { Invitation, Membership } from "./membership.type.js";

const OLDEST_FIRST = [
  { field: "createdAt", direction: "asc" },
  { field: "id", direction: "asc" },
] as const;

/** The staff of the viewer's organization, oldest first. @throws INSUFFICIENT_PERMISSIONS without `users:read` */
export function listMembers(ctx: OrganizationContext, args: ConnectionArguments): Promise<Page<Membership>> {
  const organizationId = ownOrganization(ctx, "users:read");
  return paginate<Membership>({
    args,
    orderBy: OLDEST_FIRST,
    rows: (page) => store.findMemberPage(ctx.db, organizationId, page),
    count: () => store.countMembers(ctx.db, organizationId),
  });
}

/** Those neither accepted nor revoked, oldest first. @throws INSUFFICIENT_PERMISSIONS without `users:read` */
export function listInvitations(ctx: OrganizationContext, args: ConnectionArguments): Promise<Page<Invitation>> {
  const organizationId = ownOrganization(ctx, "users:read");
  return paginate<Invitation>({
    args,
    orderBy: OLDEST_FIRST,
    rows: (page) => store.findInvitationPage(ctx.db, organizationId, page),
    count: () => store.countInvitations(ctx.db, organizationId),
  });
}

function ownOrganization(ctx: OrganizationContext, permission: string): string {
  requirePermission(ctx.viewer, permission);
  const { organizationId } = ctx.viewer;
  if (organizationId === null) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  return organizationId;
}

/**
 * Sends an offer by mail; an earlier open one to the same address ends. Whether the address has an account makes no
 * difference to anything.
 * @throws INSUFFICIENT_PERMISSIONS without `users:create` or for a role that is more than the viewer's own
 * @throws LIMIT_EXCEEDED when the plan has no room for another member
 */
export async function inviteMember(ctx: OrganizationContext, input: InviteMemberInput): Promise<Invitation> {
  requirePermission(ctx.viewer, "users:create");
  const { idempotencyKey, ...valid } = validate(inviteMemberRules, input);
  const { email, role, permissions } = { ...valid, permissions: valid.permissions ?? [] };
  requireGrantable(ctx.viewer, { role, permissions });
  const { id } = await ctx.transactionOnce(
    { command: "inviteMember", key: idempotencyKey, input: valid },
    async (tx) => {
      const organization = await lockWorkingOrganization(ctx, tx);
      const organizationId = organization.id;
      const members = await store.countMembers(tx, organizationId);
      const open = await store.countOpenInvitations(tx, organizationId, ctx.now(), email);
      requireRoom(organization, "maxStaff", members + open);
      await store.revokeInvitations(tx, { organizationId, email }, ctx.now());
      const { token, hash: tokenHash } = newRefreshToken();
      const expiresAt = new Date(ctx.now().getTime() + INVITATION_LIFETIME_MS);
      const offer = { organizationId, email, role, permissions, tokenHash, expiresAt };
      const invitation = await store.insertInvitation(tx, { ...offer, invitedById: ctx.viewer.userId });
      await sendMail(tx, {
        to: email,
        template: "staff-invitation",
        language: ctx.identity.language,
        values: { organizationName: organization.name },
        sealed: { token: seal(ctx, token) },
      });
      await note(ctx, tx, organizationId, "invitation.sent", invitation.id, { newValues: { role, permissions } });
      return { id: invitation.id };
    },
  );
  const invitation = await store.findInvitation(ctx.db, id);
  if (invitation === null) throw new LenteraError("NOT_FOUND");
  return invitation;
}

/** @throws INSUFFICIENT_PERMISSIONS without `users:create`, NOT_FOUND for one that is not open or not the viewer's */
export async function revokeInvitation(ctx: OrganizationContext, invitationId: string): Promise<string> {
  requirePermission(ctx.viewer, "users:create");
  return ctx.transaction(async (tx) => {
    const { id: organizationId } = await requireWorkingOrganization(ctx, tx);
    const revoked = await store.revokeInvitations(tx, { organizationId, id: invitationId }, ctx.now());
    if (revoked === 0) throw new LenteraError("NOT_FOUND");
    await note(ctx, tx, organizationId, "invitation.revoked", invitationId, {});
    return invitationId;
  });
}

/**
 * Joins the organization that sent the token to the viewer's own address. They act for it from the next token on.
 * @throws INVALID_TOKEN for an unknown token and for one that was sent to another address
 * @throws ILLEGAL_STATE for an accepted or revoked one, TOKEN_EXPIRED after 7 days
 * @throws RESOURCE_ALREADY_EXISTS for somebody who is a member, LIMIT_EXCEEDED, TENANT_SUSPENDED
 */
export async function acceptInvitation(ctx: OrganizationContext, token: string): Promise<Membership> {
  const { userId } = requireSignedIn(ctx.viewer);
  return asSystem(() =>
    ctx.transaction(async (tx) => {
      const invitation = await store.findInvitationByToken(tx, refreshTokenHash(token));
      if (invitation === null || !(await store.isEmailOf(tx, userId, invitation.email)))
        throw new LenteraError("INVALID_TOKEN");
      requireOpen(invitation, ctx.now());
      const { organizationId, role, permissions } = invitation;
      const organization = await lockOrganization(tx, organizationId);
      if (organization === undefined) throw new LenteraError("NOT_FOUND");
      requireWorking(organization.status);
      if ((await store.findMemberUserIds(tx, organizationId, [userId])).size > 0)
        throw new LenteraError("RESOURCE_ALREADY_EXISTS");
      requireRoom(organization, "maxStaff", await store.countMembers(tx, organizationId));
      if (!(await store.markInvitationAccepted(tx, invitation.id, ctx.now()))) throw new LenteraError("ILLEGAL_STATE");
      const member = await store.insertMember(tx, { organizationId, userId, role, permissions });
      await note(ctx, tx, organizationId, "member.joined", member.id, { newValues: { role, permissions } });
      return member;
    }),
  );
}

/**
 * What the member may do changes with their next token, at most 15 minutes later.
 * @throws INSUFFICIENT_PERMISSIONS without `users:update`, for a member who has more than the viewer, and for a role that
 * is more than the viewer's own; NOT_FOUND; ILLEGAL_STATE for the last owner
 */
export async function changeMemberRole(ctx: OrganizationContext, input: ChangeMemberRoleInput): Promise<Membership> {
  requirePermission(ctx.viewer, "users:update");
  const { membershipId, role, permissions: custom } = validate(changeMemberRoleRules, input);
  const permissions = custom ?? [];
  requireGrantable(ctx.viewer, { role, permissions });
  return ctx.transaction(async (tx) => {
    const { id: organizationId } = await lockWorkingOrganization(ctx, tx);
    const member = await findManageable(ctx, tx, organizationId, membershipId);
    if (role !== "OWNER") requireAnOwner(await store.countOwners(tx, organizationId), member);
    await note(ctx, tx, organizationId, "member.role_changed", member.id, {
      oldValues: { role: member.role, permissions: member.permissions },
      newValues: { role, permissions },
    });
    return store.updateMember(tx, member.id, { role, permissions });
  });
}

/**
 * Ends a membership; members can end their own. Their classes lose them as a teacher.
 * @throws INSUFFICIENT_PERMISSIONS without `users:delete` and for a member who has more than the viewer; NOT_FOUND;
 * ILLEGAL_STATE for the last owner
 */
export async function removeMember(ctx: OrganizationContext, membershipId: string): Promise<string> {
  return ctx.transaction(async (tx) => {
    const { id: organizationId } = await lockWorkingOrganization(ctx, tx);
    const own = await store.findMember(tx, organizationId, membershipId);
    const isSelf = own !== null && own.userId === ctx.viewer.userId;
    if (!isSelf) requirePermission(ctx.viewer, "users:delete");
    const member = isSelf ? own : await findManageable(ctx, tx, organizationId, membershipId);
    requireAnOwner(await store.countOwners(tx, organizationId), member);
    await store.deleteMember(tx, organizationId, member);
    await note(ctx, tx, organizationId, "member.removed", member.id, {
      oldValues: { userId: member.userId, role: member.role },
    });
    return member.id;
  });
}

async function findManageable(
  ctx: OrganizationContext,
  tx: Transaction,
  organizationId: string,
  id: string,
): Promise<Membership> {
  const member = await store.findMember(tx, organizationId, id);
  if (member === null) throw new LenteraError("NOT_FOUND");
  if (!canManage(ctx.viewer, member)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  return member;
}

function note(
  ctx: OrganizationContext,
  tx: Transaction,
  organizationId: string,
  action: string,
  entityId: string,
  values: { readonly oldValues?: object; readonly newValues?: object },
): Promise<void> {
  const entityType = action.startsWith("invitation") ? "Invitation" : "Membership";
  return audit(tx, ctx.identity, { action, entityType, entityId, organizationId, ...values });
}
