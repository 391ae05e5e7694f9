import type { PageQuery } from "@lentera/kit";
import type { GuardianAttemptKind, GuardianRelationship, Prisma } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";

export async function findVerifiedLinksOf(tx: Transaction, guardianId: string, limit: number) {
  return await tx.guardianLink.findMany({
    where: { guardianId, status: "VERIFIED" },
    orderBy: [{ verifiedAt: "asc" }, { id: "asc" }],
    take: limit,
  });
}

export type GuardianLinkRow = Awaited<ReturnType<typeof findVerifiedLinksOf>>[number];

export function findLinkPageOf(tx: Transaction, studentId: string, page: PageQuery): Promise<GuardianLinkRow[]> {
  return tx.guardianLink.findMany({ ...page, where: { AND: [{ studentId }, page.where] } });
}

export function countLinksOf(tx: Transaction, studentId: string): Promise<number> {
  return tx.guardianLink.count({ where: { studentId } });
}

export interface CoGuardianRow {
  readonly studentId: string;
  readonly fullName: string;
  readonly relationship: GuardianRelationship;
}

/** The verified guardians of those students whose guardian, or self, the viewer is: at most `limit` for each. */
export function findCoGuardians(
  tx: Transaction,
  viewerId: string,
  studentIds: readonly string[],
  limit: number,
): Promise<CoGuardianRow[]> {
  return tx.$queryRaw`
    select found."studentId", found."fullName", found.relationship
    from unnest(${[...studentIds]}::uuid[]) as student(id)
    cross join lateral (
      select l.student_id as "studentId", u.full_name as "fullName", l.relationship
      from guardian_links l join users u on u.id = l.guardian_id
      where l.student_id = student.id and l.status = 'VERIFIED' and l.guardian_id <> ${viewerId}::uuid
      order by l.verified_at, l.id
      limit ${limit}
    ) found
    where student.id = ${viewerId}::uuid or exists (
      select from guardian_links mine
      where mine.student_id = student.id and mine.guardian_id = ${viewerId}::uuid and mine.status = 'VERIFIED')`;
}

/** The link, locked until the transaction ends, so that two moves are seen one by one. */
export async function lockLink(tx: Transaction, id: string): Promise<GuardianLinkRow | null> {
  await tx.$queryRaw`select from guardian_links where id = ${id}::uuid for update`;
  return tx.guardianLink.findFirst({ where: { id } });
}

/** The link of two people, none of whose links changes until the transaction ends. */
export async function lockLinkBetween(
  tx: Transaction,
  guardianId: string,
  studentId: string,
): Promise<GuardianLinkRow | null> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`guardian_links:${guardianId}:${studentId}`}, 0))::text`;
  await tx.$queryRaw`
    select from guardian_links where guardian_id = ${guardianId}::uuid and student_id = ${studentId}::uuid for update`;
  return tx.guardianLink.findFirst({ where: { guardianId, studentId } });
}

export function saveLink(
  tx: Transaction,
  pair: { readonly guardianId: string; readonly studentId: string },
  data: Omit<Prisma.GuardianLinkUncheckedUpdateInput, "id" | "guardianId" | "studentId"> & {
    relationship: GuardianRelationship;
    status: "PENDING" | "VERIFIED";
    verifiedAt: Date | null;
  },
): Promise<GuardianLinkRow> {
  const { relationship, status, verifiedAt } = data;
  return tx.guardianLink.upsert({
    where: { guardianId_studentId: pair },
    create: { ...pair, relationship, status, verifiedAt },
    update: { ...data, confirmBy: null, endedAt: null, endReason: null },
  });
}

export function updateLink(
  tx: Transaction,
  id: string,
  data: Prisma.GuardianLinkUncheckedUpdateInput,
): Promise<GuardianLinkRow> {
  return tx.guardianLink.update({ where: { id }, data });
}

export async function replacePairingCode(
  tx: Transaction,
  studentId: string,
  code: { codeHash: Uint8Array<ArrayBuffer>; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await tx.pairingCode.upsert({ where: { studentId }, create: { studentId, ...code }, update: code });
}

/** The code, locked until the transaction ends: two guardians who redeem it at once do so one by one. */
export async function lockPairingCode(
  tx: Transaction,
  codeHash: Uint8Array<ArrayBuffer>,
): Promise<{ studentId: string; expiresAt: Date } | undefined> {
  const [code] = await tx.$queryRaw<{ studentId: string; expiresAt: Date }[]>`
    select student_id as "studentId", expires_at as "expiresAt" from pairing_codes
    where code_hash = ${codeHash} for update`;
  return code;
}

export async function deletePairingCode(tx: Transaction, studentId: string): Promise<void> {
  await tx.pairingCode.delete({ where: { studentId }, select: { studentId: true } });
}

/** How often the guardian has tried since then. Holds up the guardian's other attempts until the transaction ends. */
export async function lockAttempts(
  tx: Transaction,
  guardianId: string,
  kind: GuardianAttemptKind,
  since: Date,
): Promise<number> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`guardian_attempts:${guardianId}`}, 0))::text`;
  return tx.guardianAttempt.count({ where: { guardianId, kind, attemptedAt: { gt: since } } });
}

export async function insertAttempt(
  tx: Transaction,
  guardianId: string,
  kind: GuardianAttemptKind,
  attemptedAt: Date,
): Promise<void> {
  await tx.guardianAttempt.create({ data: { guardianId, kind, attemptedAt }, select: { id: true } });
}

/** The student of an account that is in use. */
export async function findStudentByEmail(tx: Transaction, email: string): Promise<string | undefined> {
  const account = await tx.account.findFirst({
    where: { email, status: "ACTIVE", user: { role: "STUDENT" } },
    select: { userId: true },
  });
  return account?.userId;
}
