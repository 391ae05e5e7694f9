import type { PageQuery } from "@lentera/kit";
import type { Prisma } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";
import type { LastSignIn, PlatformAdmin } from "./platform-admin.type.js";

const COLUMNS = { userId: true, role: true, department: true, isActive: true, createdAt: true } as const;

/** As it is stored: the key is the user's id. */
export interface PlatformAdminRow extends Omit<PlatformAdmin, "id"> {
  readonly userId: string;
}

export function findPage(tx: Transaction, page: PageQuery): Promise<PlatformAdminRow[]> {
  return tx.platformAdmin.findMany({ ...page, select: COLUMNS });
}

export function countAll(tx: Transaction): Promise<number> {
  return tx.platformAdmin.count();
}

export function findPlatformAdmin(tx: Transaction, userId: string): Promise<PlatformAdminRow | null> {
  return tx.platformAdmin.findFirst({ where: { userId }, select: COLUMNS });
}

/** One change of the platform's people at a time, so that two cannot each leave the other as the last super admin. */
export async function lockPlatformAdmins(tx: Transaction): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('platform_admins'))`;
}

export function countOtherSuperAdmins(tx: Transaction, userId: string): Promise<number> {
  return tx.platformAdmin.count({ where: { role: "SUPER_ADMIN", isActive: true, userId: { not: userId } } });
}

export async function emailIsTaken(tx: Transaction, email: string): Promise<boolean> {
  return (await tx.account.count({ where: { email } })) > 0;
}

/** A new user with an account that has no password yet. */
export async function insertPlatformAdmin(
  tx: Transaction,
  admin: Pick<PlatformAdmin, "role" | "department"> & { email: string; fullName: string; createdById: string | null },
): Promise<PlatformAdminRow> {
  const { email, fullName, role, department, createdById } = admin;
  const user = await tx.user.create({ data: { fullName, role: "PLATFORM_ADMIN" }, select: { id: true } });
  await tx.account.create({ data: { userId: user.id, email, passwordHash: null }, select: { userId: true } });
  return tx.platformAdmin.create({ data: { userId: user.id, role, department, createdById }, select: COLUMNS });
}

export function updatePlatformAdmin(
  tx: Transaction,
  userId: string,
  data: Prisma.PlatformAdminUpdateInput,
): Promise<PlatformAdminRow> {
  return tx.platformAdmin.update({ where: { userId }, data, select: COLUMNS });
}

/** Opens or closes the account; closing ends every session. */
export async function setAccountOpen(tx: Transaction, userId: string, isOpen: boolean, now: Date): Promise<void> {
  await tx.account.update({
    where: { userId },
    data: { status: isOpen ? "ACTIVE" : "SUSPENDED" },
    select: { userId: true },
  });
  if (!isOpen) await tx.session.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: now } });
}

export async function findLastSignIns(tx: Transaction, userIds: readonly string[]): Promise<Map<string, LastSignIn>> {
  const rows = await tx.$queryRaw<(LastSignIn & { userId: string })[]>`
    select person.id as "userId", entry.occurred_at as at, host(entry.ip) as ip
    from unnest(${[...userIds]}::uuid[]) as person(id)
    cross join lateral (
      select occurred_at, ip from app.audit_log
      where actor_id = person.id and action = 'session.started' order by occurred_at desc limit 1
    ) entry`;
  return new Map(rows.map(({ userId, at, ip }) => [userId, { at, ip }]));
}
