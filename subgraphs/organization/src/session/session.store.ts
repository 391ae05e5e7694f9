import type { Transaction } from "../context.js";
import type { RefreshTokenFacts } from "./session.rules.js";

const PERSON = {
  id: true,
  role: true,
  fullName: true,
  createdAt: true,
  memberships: { select: { organizationId: true, role: true }, orderBy: { createdAt: "asc" } },
  enrollments: {
    select: { organizationId: true },
    where: { status: "ACTIVE" },
    orderBy: { enrolledAt: "asc" },
  },
} as const;

export async function findAccountByEmail(tx: Transaction, email: string) {
  return await tx.account.findUnique({ where: { email }, include: { user: { select: PERSON } } });
}

export async function findPerson(tx: Transaction, userId: string) {
  return await tx.user.findUniqueOrThrow({ where: { id: userId }, select: PERSON });
}

export async function insertSession(tx: Transaction, userId: string, userAgent: string | null): Promise<string> {
  const { id } = await tx.session.create({ data: { userId, userAgent }, select: { id: true } });
  return id;
}

export async function insertRefreshToken(
  tx: Transaction,
  token: { sessionId: string; tokenHash: Uint8Array<ArrayBuffer>; expiresAt: Date },
): Promise<void> {
  await tx.refreshToken.create({ data: token, select: { id: true } });
}

export interface StoredRefreshToken extends RefreshTokenFacts {
  readonly id: string;
  readonly sessionId: string;
  readonly userId: string;
}

/** The token, locked together with its session until the transaction ends, so that two uses are seen one by one. */
export async function lockRefreshToken(
  tx: Transaction,
  tokenHash: Uint8Array<ArrayBuffer>,
): Promise<StoredRefreshToken | undefined> {
  const [token] = await tx.$queryRaw<StoredRefreshToken[]>`
    select t.id, t.session_id as "sessionId", s.user_id as "userId", t.used_at as "usedAt",
           t.expires_at as "expiresAt", s.revoked_at as "sessionRevokedAt"
    from refresh_tokens t join sessions s on s.id = t.session_id
    where t.token_hash = ${tokenHash}
    for update of t, s`;
  return token;
}

export async function markRefreshTokenUsed(tx: Transaction, id: string, usedAt: Date): Promise<void> {
  await tx.refreshToken.update({ where: { id }, data: { usedAt }, select: { id: true } });
}

export async function revokeSession(tx: Transaction, id: string, revokedAt: Date): Promise<void> {
  await tx.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt } });
}

export async function noteSignIn(tx: Transaction, userId: string, lastSignedInAt: Date): Promise<void> {
  await tx.account.update({ where: { userId }, data: { lastSignedInAt }, select: { userId: true } });
}
