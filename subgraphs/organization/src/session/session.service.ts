import { asSystem, audit, LenteraError, validate } from "@lentera/kit";
import type { OrganizationContext, Transaction } from "../context.js";
import { passwordMatches } from "../password/password.js";
import { withBackOff } from "../throttle/throttle.service.js";
import { verifySecondFactor } from "../totp/totp.service.js";
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

const LONGEST_USER_AGENT = 400;

const REFUSALS = {
  EXPIRED: "TOKEN_EXPIRED",
  INACTIVE: "ACCOUNT_INACTIVE",
  REVOKED: "INVALID_TOKEN",
  REVOKE_FAMILY: "INVALID_TOKEN",
} as const;

/**
 * Signs a person in with e-mail and password.
 * @throws INVALID_CREDENTIALS for an unknown e-mail and for a wrong password, in the same time
 * @throws INVALID_CREDENTIALS with a detail on `input.otp` for the right password without the code that it needs
 * @throws ACCOUNT_INACTIVE for the right password of a suspended account
 * @throws RATE_LIMITED after too many failures, for known and unknown accounts alike
 */
export async function signIn(ctx: OrganizationContext, input: SignInInput): Promise<SignInPayload> {
  const { email, password, otp } = validate(signInRules, input);
  return withBackOff(ctx, email, () => prove(ctx, email, password, otp));
}

function prove(ctx: OrganizationContext, email: string, password: string, otp: string | null): Promise<SignInPayload> {
  return asSystem(async () => {
    const account = await store.findAccountByEmail(ctx.db, email);
    const matches = await passwordMatches(password, account?.passwordHash ?? null);
    if (account === null || !matches) throw new LenteraError("INVALID_CREDENTIALS");
    if (account.status !== "ACTIVE") throw new LenteraError("ACCOUNT_INACTIVE");
    return ctx.transaction(async (tx) => {
      await verifySecondFactor(ctx, tx, account.userId, otp);
      return startSession(ctx, tx, account.user);
    });
  });
}

/** Starts a session of somebody who has just proven who they are. */
export async function startSession(
  ctx: OrganizationContext,
  tx: Transaction,
  person: PersonFacts & User,
): Promise<SignInPayload> {
  const { id: userId } = person;
  const userAgent = ctx.identity.userAgent?.slice(0, LONGEST_USER_AGENT) ?? null;
  const sessionId = await store.insertSession(tx, { userId, userAgent, createdAt: ctx.now() });
  await store.noteSignIn(tx, userId, ctx.now());
  const entry = { action: "session.started", entityType: "Session", entityId: sessionId, organizationId: null };
  await audit(tx, ctx.identity, { ...entry, actorId: userId });
  return issueTokens(ctx, tx, person, sessionId);
}

/**
 * Exchanges a refresh token for the next pair, once.
 * @throws INVALID_TOKEN for an unknown token, an ended session, and a token that was used before, which also ends the
 * session: one of its two users is a thief
 * @throws TOKEN_EXPIRED after 7 days
 * @throws ACCOUNT_INACTIVE since the account was suspended
 */
export async function refreshSession(ctx: OrganizationContext, refreshToken: string): Promise<SignInPayload> {
  return asSystem(async () => {
    const outcome = await ctx.transaction(async (tx) => {
      const token = await store.lockRefreshToken(tx, refreshTokenHash(refreshToken));
      if (token === undefined) return "REVOKED";
      const verdict = judgeRefreshToken(token, ctx.now());
      if (verdict === "REVOKE_FAMILY") await endSession(ctx, tx, token, "session.reuse_detected");
      if (verdict !== "ROTATE") return verdict;
      if (!(await store.isActive(tx, token.userId))) return "INACTIVE";
      await store.markRefreshTokenUsed(tx, token.id, ctx.now());
      await store.noteSessionUse(tx, token.sessionId, ctx.now());
      return issueTokens(ctx, tx, await store.findPerson(tx, token.userId), token.sessionId);
    });
    if (typeof outcome !== "string") return outcome;
    throw new LenteraError(REFUSALS[outcome]);
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
