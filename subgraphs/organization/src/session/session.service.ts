import { asSystem, audit, LenteraError, validate } from "@lentera/kit";
import bcrypt from "bcrypt";
import type { OrganizationContext, Transaction } from "../context.js";
import type { User } from "../user/user.type.js";
import { newRefreshToken, refreshTokenHash } from "./refresh-token.js";
import { type SignInInput, signInRules } from "./session.input.js";
import {
  ACCESS_TOKEN_LIFETIME_MS,
  type PersonFacts,
  REFRESH_TOKEN_LIFETIME_MS,
  claimsFor,
  judgeRefreshToken,
} from "./session.rules.js";
import * as store from "./session.store.js";
import type { SignInPayload, SignOutPayload } from "./session.type.js";
import { signAccessToken } from "./signing-key.js";

/** Compared with when the account does not exist, so that an unknown e-mail takes as long as a wrong password. */
const HASH_OF_NOTHING = bcrypt.hash("", 12);

/**
 * Signs a person in with e-mail and password.
 * @throws INVALID_CREDENTIALS for an unknown e-mail and for a wrong password, in the same time
 * @throws ACCOUNT_INACTIVE for the right password of a suspended account
 */
export async function signIn(ctx: OrganizationContext, input: SignInInput): Promise<SignInPayload> {
  const { email, password } = validate(signInRules, input);
  return asSystem(async () => {
    const account = await store.findAccountByEmail(ctx.db, email);
    const matches = await bcrypt.compare(password, account?.passwordHash ?? (await HASH_OF_NOTHING));
    if (account === null || !matches) throw new LenteraError("INVALID_CREDENTIALS");
    if (account.status !== "ACTIVE") throw new LenteraError("ACCOUNT_INACTIVE");
    return ctx.transaction(async (tx) => {
      const sessionId = await store.insertSession(tx, account.userId, ctx.identity.userAgent ?? null);
      await store.noteSignIn(tx, account.userId, ctx.now());
      await audit(tx, ctx.identity, {
        action: "session.started",
        entityType: "Session",
        entityId: sessionId,
        organizationId: null,
        actorId: account.userId,
      });
      return issueTokens(ctx, tx, account.user, sessionId);
    });
  });
}

/**
 * Exchanges a refresh token for the next pair, once.
 * @throws INVALID_TOKEN for an unknown token, an ended session, and a token that was used before, which also ends the
 * session: one of its two users is a thief
 * @throws TOKEN_EXPIRED after 7 days
 */
export async function refreshSession(ctx: OrganizationContext, refreshToken: string): Promise<SignInPayload> {
  return asSystem(async () => {
    const outcome = await ctx.transaction(async (tx) => {
      const token = await store.lockRefreshToken(tx, refreshTokenHash(refreshToken));
      if (token === undefined) return "REVOKED";
      const verdict = judgeRefreshToken(token, ctx.now());
      if (verdict === "REVOKE_FAMILY") await endSession(ctx, tx, token, "session.reuse_detected");
      if (verdict !== "ROTATE") return verdict;
      await store.markRefreshTokenUsed(tx, token.id, ctx.now());
      return issueTokens(ctx, tx, await store.findPerson(tx, token.userId), token.sessionId);
    });
    if (typeof outcome !== "string") return outcome;
    throw new LenteraError(outcome === "EXPIRED" ? "TOKEN_EXPIRED" : "INVALID_TOKEN");
  });
}

/** Ends the session of a refresh token. An unknown or ended one is no error: the caller is signed out either way. */
export async function signOut(ctx: OrganizationContext, refreshToken: string): Promise<SignOutPayload> {
  return asSystem(() =>
    ctx.transaction(async (tx) => {
      const token = await store.lockRefreshToken(tx, refreshTokenHash(refreshToken));
      if (token === undefined || token.sessionRevokedAt !== null) return { signedOut: false };
      await endSession(ctx, tx, token, "session.ended");
      return { signedOut: true };
    }),
  );
}

async function endSession(
  ctx: OrganizationContext,
  tx: Transaction,
  { sessionId, userId }: store.StoredRefreshToken,
  action: string,
): Promise<void> {
  await store.revokeSession(tx, sessionId, ctx.now());
  const entry = { action, entityType: "Session", entityId: sessionId, organizationId: null, actorId: userId };
  await audit(tx, ctx.identity, entry);
}

async function issueTokens(
  ctx: OrganizationContext,
  tx: Transaction,
  person: PersonFacts & User,
  sessionId: string,
): Promise<SignInPayload> {
  const now = ctx.now().getTime();
  const { token, hash } = newRefreshToken();
  const expiresAt = new Date(now + ACCESS_TOKEN_LIFETIME_MS);
  await store.insertRefreshToken(tx, {
    sessionId,
    tokenHash: hash,
    expiresAt: new Date(now + REFRESH_TOKEN_LIFETIME_MS),
  });
  const claims = claimsFor(person, sessionId);
  return {
    accessToken: await signAccessToken(ctx, claims, expiresAt),
    refreshToken: token,
    expiresAt,
    user: person,
  };
}
