import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  asSystem,
  audit,
  emit,
  mapPage,
  paginate,
  requireSignedIn,
  validate,
  wholePage,
  refuseWhileImpersonating,
} from "@lentera/kit";
import type { GuardianLinkEnd } from "@lentera/prisma/organization";
import type { OrganizationContext, Transaction } from "../context.js";
import { guardianLinkRevoked, guardianLinkVerified } from "../events.js";
import { noteGuardianAccess } from "../guardian-access/guardian-access.service.js";
import { type GuardianPermissionsInput, guardianPermissionsRules } from "./guardian-link.input.js";
import { sideOf } from "./guardian-link.policy.js";
import { type GuardianLinkMove, moved } from "./guardian-link.rules.js";
import * as store from "./guardian-link.store.js";
import type { GuardianLink } from "./guardian-link.type.js";

const MAXIMUM_CHILDREN = 20;

/** The children whom the viewer may follow; nothing when `guardianId` is somebody else. The children can read that. */
export async function findVerifiedLinks(ctx: OrganizationContext, guardianId: string): Promise<GuardianLink[]> {
  if (ctx.viewer.userId !== guardianId) return [];
  const links = await store.findVerifiedLinksOf(ctx.db, guardianId, MAXIMUM_CHILDREN);
  for (const { studentId } of links) noteGuardianAccess(ctx, studentId, ["PROFILE"]);
  return links.map(asGuardianLink);
}

/** All links of the viewer as a student, newest first; nothing when `studentId` is somebody else. */
export async function listGuardianLinks(
  ctx: OrganizationContext,
  studentId: string,
  args: ConnectionArguments,
): Promise<Page<GuardianLink>> {
  if (ctx.viewer.userId !== studentId) return wholePage([]);
  const page = await paginate<store.GuardianLinkRow>({
    args,
    orderBy: [
      { field: "createdAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (query) => store.findLinkPageOf(ctx.db, studentId, query),
    count: () => store.countLinksOf(ctx.db, studentId),
  });
  return mapPage(page, asGuardianLink);
}

/** The student lets a guardian in who has asked. @throws NOT_FOUND for others, ILLEGAL_STATE unless PENDING */
export function verifyGuardianLink(ctx: OrganizationContext, id: string): Promise<GuardianLink> {
  return moveAsStudent(ctx, id, "VERIFY", async (tx, link) => {
    const row = await store.updateLink(tx, id, { status: moved(link.status, "VERIFY"), verifiedAt: ctx.now() });
    await noteVerified(ctx, tx, row);
    return row;
  });
}

/** The student sends a guardian away who has asked. @throws NOT_FOUND for others, ILLEGAL_STATE unless PENDING */
export function rejectGuardianLink(ctx: OrganizationContext, id: string): Promise<GuardianLink> {
  return moveAsStudent(ctx, id, "REJECT", async (tx, link) => {
    const row = await store.updateLink(tx, id, { status: moved(link.status, "REJECT"), endedAt: ctx.now() });
    await writeDown(ctx, tx, "guardian_link.rejected", row);
    return row;
  });
}

/** The student keeps a guardian after turning 18. @throws NOT_FOUND for others, ILLEGAL_STATE when nothing was asked */
export function confirmGuardianLink(ctx: OrganizationContext, id: string): Promise<GuardianLink> {
  return moveAsStudent(ctx, id, undefined, async (tx, link) => {
    if (link.confirmBy === null) throw new LenteraError("ILLEGAL_STATE");
    const row = await store.updateLink(tx, id, { confirmBy: null });
    await writeDown(ctx, tx, "guardian_link.confirmed", row);
    return row;
  });
}

/**
 * The student says what a guardian may see and do. @throws NOT_FOUND for others, ILLEGAL_STATE unless PENDING or
 * VERIFIED
 */
export function updateGuardianPermissions(
  ctx: OrganizationContext,
  id: string,
  permissions: GuardianPermissionsInput,
): Promise<GuardianLink> {
  const wanted = validate(guardianPermissionsRules, permissions, "input.permissions");
  const changes = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  return moveAsStudent(ctx, id, "REVOKE", async (tx, link) => {
    const row = await store.updateLink(tx, id, changes);
    await writeDown(ctx, tx, "guardian_link.permissions_changed", row, permissionsOf(link), permissionsOf(row));
    return row;
  });
}

/** Either side ends a link. @throws NOT_FOUND for outsiders, ILLEGAL_STATE for one that is no longer */
export async function revokeGuardianLink(ctx: OrganizationContext, id: string): Promise<GuardianLink> {
  requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  return asSystem(() =>
    ctx.transaction(async (tx) => {
      const link = await store.lockLink(tx, id);
      const side = link === null ? null : sideOf(ctx.viewer, link);
      if (link === null || side === null || isHiddenRequest(link, side)) throw new LenteraError("NOT_FOUND");
      return asGuardianLink(await endLink(ctx, tx, link, side));
    }),
  );
}

/** Ends a link for a reason, audited and told to the other subgraphs. @throws ILLEGAL_STATE for one that is no longer */
export async function endLink(
  ctx: OrganizationContext,
  tx: Transaction,
  link: store.GuardianLinkRow,
  endReason: GuardianLinkEnd,
): Promise<store.GuardianLinkRow> {
  const status = moved(link.status, "REVOKE");
  const row = await store.updateLink(tx, link.id, { status, endReason, endedAt: ctx.now(), confirmBy: null });
  await writeDown(ctx, tx, "guardian_link.revoked", row, undefined, { endReason });
  const { id: linkId, guardianId, studentId } = row;
  if (link.status === "VERIFIED") await emit(tx, guardianLinkRevoked, { linkId, guardianId, studentId, endReason });
  return row;
}

/** Audits a link that has just become VERIFIED, and tells the other subgraphs. */
export async function noteVerified(
  ctx: OrganizationContext,
  tx: Transaction,
  row: store.GuardianLinkRow,
): Promise<void> {
  const { id: linkId, guardianId, studentId, relationship } = row;
  await writeDown(ctx, tx, "guardian_link.verified", row);
  await emit(tx, guardianLinkVerified, { linkId, guardianId, studentId, relationship });
}

/** A guardian's own request is not shown to them: it would tell whether a student has the address. */
function isHiddenRequest(link: store.GuardianLinkRow, side: "STUDENT" | "GUARDIAN"): boolean {
  return side === "GUARDIAN" && link.verifiedAt === null;
}

/** `move` is checked before `work`, which does it. */
async function moveAsStudent(
  ctx: OrganizationContext,
  id: string,
  move: GuardianLinkMove | undefined,
  work: (tx: Transaction, link: store.GuardianLinkRow) => Promise<store.GuardianLinkRow>,
): Promise<GuardianLink> {
  requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  return ctx.transaction(async (tx) => {
    const link = await store.lockLink(tx, id);
    if (link === null || sideOf(ctx.viewer, link) !== "STUDENT") throw new LenteraError("NOT_FOUND");
    if (move !== undefined) moved(link.status, move);
    return asGuardianLink(await work(tx, link));
  });
}

/** Families belong to no organization: their log is the platform's. */
export async function writeDown(
  ctx: OrganizationContext,
  tx: Transaction,
  action: string,
  link: store.GuardianLinkRow,
  oldValues?: object,
  newValues: object = { guardianId: link.guardianId, studentId: link.studentId, relationship: link.relationship },
): Promise<void> {
  const entity = { entityType: "GuardianLink", entityId: link.id, organizationId: null };
  await audit(tx, ctx.identity, { action, ...entity, ...(oldValues && { oldValues }), newValues });
}

export function asGuardianLink(row: store.GuardianLinkRow): GuardianLink {
  return { ...row, permissions: permissionsOf(row) };
}

function permissionsOf(row: store.GuardianLinkRow): GuardianLink["permissions"] {
  const { viewScores, viewStudyTime, viewDetailedAnalytics, setGoals, receiveNotifications, accessReports } = row;
  return { viewScores, viewStudyTime, viewDetailedAnalytics, setGoals, receiveNotifications, accessReports };
}
