import type { PageQuery } from "@lentera/kit";
import type { Prisma } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";
import type { Invitation, Membership } from "./membership.type.js";

export function findMemberPage(tx: Transaction, organizationId: string, page: PageQuery): Promise<Membership[]> {
  return tx.membership.findMany({ ...page, where: { AND: [{ organizationId }, page.where] } });
}

export function countMembers(tx: Transaction, organizationId: string): Promise<number> {
  return tx.membership.count({ where: { organizationId } });
}

export function countOwners(tx: Transaction, organizationId: string): Promise<number> {
  return tx.membership.count({ where: { organizationId, role: "OWNER" } });
}

export function findMember(tx: Transaction, organizationId: string, id: string): Promise<Membership | null> {
  return tx.membership.findFirst({ where: { organizationId, id } });
}

/** Of these people, those who work for the organization. */
export async function findMemberUserIds(
  tx: Transaction,
  organizationId: string,
  userIds: readonly string[],
): Promise<Set<string>> {
  const members = await tx.membership.findMany({
    where: { organizationId, userId: { in: [...userIds] } },
    select: { userId: true },
  });
  return new Set(members.map(({ userId }) => userId));
}

export function insertMember(tx: Transaction, data: Prisma.MembershipUncheckedCreateInput): Promise<Membership> {
  return tx.membership.create({ data });
}

export function updateMember(
  tx: Transaction,
  id: string,
  data: Prisma.MembershipUncheckedUpdateInput,
): Promise<Membership> {
  return tx.membership.update({ where: { id }, data });
}

/** The member leaves, and with them their classes. */
export async function deleteMember(tx: Transaction, organizationId: string, { id, userId }: Membership): Promise<void> {
  await tx.classTeacher.deleteMany({ where: { organizationId, teacherId: userId } });
  await tx.membership.deleteMany({ where: { organizationId, id } });
}

const OPEN = { acceptedAt: null, revokedAt: null };

export function findInvitationPage(tx: Transaction, organizationId: string, page: PageQuery): Promise<Invitation[]> {
  return tx.invitation.findMany({ ...page, where: { AND: [{ organizationId, ...OPEN }, page.where] } });
}

/** Those that may still be accepted, beside the one to this address. */
export function countOpenInvitations(
  tx: Transaction,
  organizationId: string,
  now: Date,
  exceptEmail: string,
): Promise<number> {
  const where = { organizationId, ...OPEN, expiresAt: { gt: now }, email: { not: exceptEmail } };
  return tx.invitation.count({ where });
}

export function countInvitations(tx: Transaction, organizationId: string): Promise<number> {
  return tx.invitation.count({ where: { organizationId, ...OPEN } });
}

export function findInvitation(tx: Transaction, id: string): Promise<Invitation | null> {
  return tx.invitation.findFirst({ where: { id } });
}

/** @returns how many were open */
export async function revokeInvitations(
  tx: Transaction,
  which: { readonly organizationId: string; readonly id?: string; readonly email?: string },
  revokedAt: Date,
): Promise<number> {
  return (await tx.invitation.updateMany({ where: { ...which, ...OPEN }, data: { revokedAt } })).count;
}

export function insertInvitation(tx: Transaction, data: Prisma.InvitationUncheckedCreateInput): Promise<Invitation> {
  return tx.invitation.create({ data });
}

export interface StoredInvitation extends Invitation {
  readonly organizationId: string;
  readonly acceptedAt: Date | null;
  readonly revokedAt: Date | null;
}

export function findInvitationByToken(
  tx: Transaction,
  tokenHash: Uint8Array<ArrayBuffer>,
): Promise<StoredInvitation | null> {
  return tx.invitation.findFirst({ where: { tokenHash } });
}

/** @returns whether it was still open */
export async function markInvitationAccepted(tx: Transaction, id: string, acceptedAt: Date): Promise<boolean> {
  return (await tx.invitation.updateMany({ where: { id, ...OPEN }, data: { acceptedAt } })).count === 1;
}

/** Whether this is the e-mail address of the person; compared without regard to case. */
export async function isEmailOf(tx: Transaction, userId: string, email: string): Promise<boolean> {
  return (await tx.account.count({ where: { userId, email } })) === 1;
}
