import type { PageQuery } from "@lentera/kit";
import type { Transaction } from "../context.js";
import type { RefreshTokenFacts } from "./session.rules.js";

type Hash = Uint8Array<ArrayBuffer>;

export interface SessionRow {
  readonly id: string;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
}

const PERSON = {
  id: true,
  role: true,
  fullName: true,
  createdAt: true,
  platformAdmin: { select: { role: true, isActive: true } },
  memberships: { select: { organizationId: true, role: true, permissions: true }, orderBy: { createdAt: "asc" } },
  enrollments: {
    select: { organizationId: true },
    where: { status: "ACTIVE" },
    orderBy: { enrolledAt: "asc" },
  },
} as const;

export async function findAccountByEmail(tx: Transaction, email: string) {
  return await tx.account.findFirst({ where: { email }, include: { user: { select: PERSON } } });
}

export async function isActive(tx: Transaction, userId: string): Promise<boolean> {
  return (await tx.account.count({ where: { userId, status: "ACTIVE" } })) === 1;
}

export async function findPerson(tx: Transaction, userId: string) {
  return await tx.user.findFirstOrThrow({ where: { id: userId }, select: PERSON });
}

export async function insertSession(
  tx: Transaction,
  session: { userId: string; userAgent: string | null; createdAt: Date },
): Promise<string> {
  const data = { ...session, lastUsedAt: session.createdAt };
  const { id } = await tx.session.create({ data, select: { id: true } });
  return id;
}

export async function noteSessionUse(tx: Transaction, id: string, lastUsedAt: Date): Promise<void> {
  await tx.session.update({ where: { id }, data: { lastUsedAt }, select: { id: true } });
}

/** Sessions that can go on: not ended, and used since `usedAfter`. */
const alive = (userId: string, usedAfter: Date) => ({ userId, revokedAt: null, lastUsedAt: { gt: usedAfter } });

export async function findSessionPage(
  tx: Transaction,
  userId: string,
  usedAfter: Date,
  page: PageQuery,
): Promise<SessionRow[]> {
  const where = { AND: [alive(userId, usedAfter), page.where] };
  return await tx.session.findMany({ ...page, where, omit: { userId: true, revokedAt: true, organizationId: true } });
}

export async function countSessions(tx: Transaction, userId: string, usedAfter: Date): Promise<number> {
  return await tx.session.count({ where: alive(userId, usedAfter) });
}

export async function insertRefreshToken(
  tx: Transaction,
  token: { sessionId: string; tokenHash: Hash; expiresAt: Date },
): Promise<void> {
  await tx.refreshToken.create({ data: token, select: { id: true } });
}

export interface StoredRefreshToken extends RefreshTokenFacts {
  readonly id: string;
  readonly sessionId: string;
  readonly userId: string;
  /** For which the session was told to act. */
  readonly organizationId: string | null;
  /** What the exchange gave that used it, encrypted; null as the hash of its key is. */
  readonly sealedSuccessor: string | null;
}

/** The token, locked together with its session until the transaction ends, so that two uses are seen one by one. */
export async function lockRefreshToken(tx: Transaction, tokenHash: Hash): Promise<StoredRefreshToken | undefined> {
  const [token] = await tx.$queryRaw<StoredRefreshToken[]>`
    select t.id, t.session_id as "sessionId", s.user_id as "userId", t.used_at as "usedAt",
           t.expires_at as "expiresAt", s.revoked_at as "sessionRevokedAt", s.organization_id as "organizationId",
           t.exchange_key_hash as "exchangeKeyHash", t.sealed_successor as "sealedSuccessor"
    from refresh_tokens t join sessions s on s.id = t.session_id
    where t.token_hash = ${tokenHash}
    for update of t, s`;
  return token;
}

/** Using a token proves that the answer which brought it arrived, so nothing of that exchange is kept. */
export async function markRefreshTokenUsed(
  tx: Transaction,
  { id, sessionId }: { readonly id: string; readonly sessionId: string },
  use: { usedAt: Date; exchangeKeyHash: Hash | null; sealedSuccessor: string | null },
): Promise<void> {
  await tx.refreshToken.updateMany({
    where: { sessionId, sealedSuccessor: { not: null } },
    data: { exchangeKeyHash: null, sealedSuccessor: null },
  });
  await tx.refreshToken.update({ where: { id }, data: use, select: { id: true } });
}

/** @returns whether this is a session of this person that goes on */
export async function chooseOrganization(
  tx: Transaction,
  userId: string,
  id: string,
  organizationId: string,
): Promise<boolean> {
  const { count } = await tx.session.updateMany({ where: { id, userId, revokedAt: null }, data: { organizationId } });
  return count === 1;
}

export async function revokeSession(tx: Transaction, id: string, revokedAt: Date): Promise<void> {
  await tx.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt } });
}

/** @returns how many of the person's sessions ended; `keptId` goes on */
export async function revokeSessions(
  tx: Transaction,
  userId: string,
  keptId: string | null,
  revokedAt: Date,
): Promise<number> {
  const kept = keptId === null ? {} : { id: { not: keptId } };
  const { count } = await tx.session.updateMany({ where: { userId, revokedAt: null, ...kept }, data: { revokedAt } });
  return count;
}

/** @returns whether this ended a session of this person */
export async function revokeOwnSession(tx: Transaction, userId: string, id: string, revokedAt: Date): Promise<boolean> {
  const { count } = await tx.session.updateMany({ where: { id, userId, revokedAt: null }, data: { revokedAt } });
  return count === 1;
}

export async function noteSignIn(tx: Transaction, userId: string, lastSignedInAt: Date): Promise<void> {
  await tx.account.update({ where: { userId }, data: { lastSignedInAt }, select: { userId: true } });
}
