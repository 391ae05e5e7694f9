import type { Transaction } from "../context.js";
import type { Erasure } from "./privacy.type.js";

export interface ErasureRow extends Erasure {
  readonly userId: string;
}

export function insertErasure(
  tx: Transaction,
  erasure: Pick<ErasureRow, "userId" | "requestedAt" | "dueAt">,
): Promise<ErasureRow> {
  return tx.erasure.create({ data: erasure });
}

/** The wish that is neither cancelled nor carried out. */
export function findOpenErasure(tx: Transaction, userId: string): Promise<ErasureRow | null> {
  return tx.erasure.findFirst({ where: { userId, cancelledAt: null, erasedAt: null } });
}

export function findErasure(tx: Transaction, id: string): Promise<ErasureRow | null> {
  return tx.erasure.findFirst({ where: { id } });
}

/** Locked until the transaction ends, so that cancelling and carrying out are seen one by one. */
export async function lockErasure(tx: Transaction, id: string): Promise<ErasureRow | null> {
  await tx.$executeRaw`select from erasures where id = ${id}::uuid for update`;
  return findErasure(tx, id);
}

export function setOutcome(
  tx: Transaction,
  id: string,
  outcome: { cancelledAt: Date } | { erasedAt: Date },
): Promise<ErasureRow> {
  return tx.erasure.update({ where: { id }, data: outcome });
}

/** Whether somebody still depends on the person: as an organization's only owner, or as an active platform admin. */
export async function isNeeded(tx: Transaction, userId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ needed: boolean }[]>`
    select exists (select from platform_admins where user_id = ${userId}::uuid and is_active)
      or exists (
        select from memberships m where m.user_id = ${userId}::uuid and m.role = 'OWNER' and not exists (
          select from memberships o where o.organization_id = m.organization_id and o.role = 'OWNER' and o.user_id <> m.user_id)
      ) as needed`;
  return row?.needed ?? false;
}

/**
 * Takes everything out that says who somebody is; ids stay, so that nothing that others or the law need loses its other
 * end (C-11). The audit log is append-only and stays.
 * @returns the address they had
 */
export async function anonymize(
  tx: Transaction,
  userId: string,
  placeholder: string,
  now: Date,
): Promise<string | null> {
  const account = await tx.account.findFirst({ where: { userId }, select: { email: true } });
  const email = `erased-${userId}@erased.invalid`;
  const ofPerson = { where: { userId } };
  await tx.user.update({ where: { id: userId }, data: { fullName: placeholder }, select: { id: true } });
  await tx.account.updateMany({
    ...ofPerson,
    data: {
      email,
      phone: null,
      birthDate: null,
      gender: null,
      passwordHash: null,
      emailVerifiedAt: null,
      status: "DELETED",
    },
  });
  await tx.session.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: now } });
  await tx.session.updateMany({ ...ofPerson, data: { userAgent: null } });
  await tx.accountToken.deleteMany(ofPerson);
  await tx.userAddress.deleteMany(ofPerson);
  await tx.totpCredential.deleteMany(ofPerson);
  await tx.recoveryCode.deleteMany(ofPerson);
  await tx.reportSchedule.deleteMany({ where: { createdById: userId } });
  await tx.passkey.deleteMany(ofPerson);
  await tx.passkeyChallenge.deleteMany(ofPerson);
  await tx.externalIdentity.deleteMany(ofPerson);
  await tx.externalSignIn.deleteMany({ where: { OR: [{ userId }, { provenUserId: userId }] } });
  await tx.pairingCode.deleteMany({ where: { studentId: userId } });
  await tx.membership.deleteMany(ofPerson);
  await tx.enrollment.updateMany({
    where: { studentId: userId, status: { in: ["INVITED", "ACTIVE"] } },
    data: { status: "INACTIVE" },
  });
  await tx.enrollment.updateMany({ where: { studentId: userId }, data: { studentIdentifier: null } });
  if (account !== null) {
    await tx.invitation.updateMany({ where: { email: account.email }, data: { email } });
    await tx.studentImportRow.updateMany({
      where: { email: account.email },
      data: { email, fullName: placeholder, studentIdentifier: null },
    });
  }
  return account?.email ?? null;
}

/** Ends every link in which the person is the guardian or the student. @returns those that were verified */
export async function endLinks(tx: Transaction, userId: string, endedAt: Date) {
  const ofPerson = { OR: [{ guardianId: userId }, { studentId: userId }] };
  const verified = await tx.guardianLink.findMany({
    where: { ...ofPerson, status: "VERIFIED" },
    select: { id: true, guardianId: true, studentId: true },
  });
  for (const [side, endReason] of [
    ["studentId", "STUDENT"],
    ["guardianId", "GUARDIAN"],
  ] as const)
    await tx.guardianLink.updateMany({
      where: { [side]: userId, status: { in: ["PENDING", "VERIFIED"] } },
      data: { status: "REVOKED", confirmBy: null, endedAt, endReason },
    });
  return verified;
}

export async function findPerson(tx: Transaction, userId: string) {
  return await tx.user.findFirstOrThrow({
    where: { id: userId },
    select: { fullName: true, language: true, account: { select: { email: true } } },
  });
}
