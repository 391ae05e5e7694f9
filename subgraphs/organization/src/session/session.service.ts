import { asSystem, audit, LenteraError, validate } from "@lentera/kit";
import { requirePersonThemselves } from "../account/account.policy.js";
import type { OrganizationContext, Transaction } from "../context.js";
import { passwordMatches } from "../password/password.js";
import { withBackOff } from "../throttle/throttle.service.js";
import { verifySecondFactor } from "../totp/totp.service.js";
import type { User } from "../user/user.type.js";
import { newRefreshToken, refreshTokenHash } from "./refresh-token.js";
import { type RefreshSessionInput, type SignInInput, refreshSessionRules, signInRules } from "./session.input.js";
import {
  ACCESS_TOKEN_LIFETIME_MS,
  type PersonFacts,
  REFRESH_TOKEN_LIFETIME_MS,
  claimsFor,
  judgeRefreshToken,
  mayActFor,
} from "./session.rules.js";
import * as store from "./session.store.js";
import type { SignInPayload, SignOutPayload, SwitchOrganizationPayload } from "./session.type.js";
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
  const refreshToken = await issueRefreshToken(ctx, tx, sessionId);
  return { ...(await issueAccessToken(ctx, person, sessionId, null)), refreshToken, user: person };
}

/**
 * Exchanges a refresh token for the next pair, once. With the key of the first exchange it gives the same refresh token
 * again for a minute, while that one was not used: the first answer may have been lost on its way.
 * @throws VALIDATION_ERROR for a key of fewer than 16 or more than 100 characters
 * @throws INVALID_TOKEN for an unknown token, an ended session, and a token that was used before, which also ends the
 * session: one of its two users is a thief
 * @throws TOKEN_EXPIRED after 7 days
 * @throws ACCOUNT_INACTIVE since the account was suspended
 */
export async function refreshSession(ctx: OrganizationContext, input: RefreshSessionInput): Promise<SignInPayload> {
  const { refreshToken, idempotencyKey } = validate(refreshSessionRules, input);
  const keyHash = idempotencyKey === null ? null : refreshTokenHash(idempotencyKey);
  return asSystem(async () => {
    const outcome = await ctx.transaction(async (tx) => {
      const token = await store.lockRefreshToken(tx, refreshTokenHash(refreshToken));
      if (token === undefined) return "REVOKED";
      const verdict = judgeRefreshToken(token, keyHash, ctx.now());
      if (verdict === "REVOKE_FAMILY") await endSession(ctx, tx, token, "session.reuse_detected");
      if (verdict !== "ROTATE" && verdict !== "REPEAT") return verdict;
      if (!(await store.isActive(tx, token.userId))) return "INACTIVE";
      const user = await store.findPerson(tx, token.userId);
      const successor = openSuccessor(ctx, token) ?? (await exchange(ctx, tx, token, keyHash));
      return {
        ...(await issueAccessToken(ctx, user, token.sessionId, token.organizationId)),
        refreshToken: successor,
        user,
      };
    });
    if (typeof outcome !== "string") return outcome;
    throw new LenteraError(REFUSALS[outcome]);
  });
}

const sealFor = ({ id }: store.StoredRefreshToken): string => `refresh-token:${id}`;

function openSuccessor(ctx: OrganizationContext, token: store.StoredRefreshToken): string | null {
  return token.sealedSuccessor === null ? null : ctx.encryption.decrypt(token.sealedSuccessor, sealFor(token));
}

/** @returns the next refresh token */
async function exchange(
  ctx: OrganizationContext,
  tx: Transaction,
  token: store.StoredRefreshToken,
  exchangeKeyHash: Uint8Array<ArrayBuffer> | null,
): Promise<string> {
  const successor = await issueRefreshToken(ctx, tx, token.sessionId);
  const sealedSuccessor = exchangeKeyHash === null ? null : ctx.encryption.encrypt(successor, sealFor(token));
  await store.markRefreshTokenUsed(tx, token, { usedAt: ctx.now(), exchangeKeyHash, sealedSuccessor });
  await store.noteSessionUse(tx, token.sessionId, ctx.now());
  return successor;
}

/**
 * Makes the caller's session act for another organization in which they work or learn, now and after every refresh.
 * @throws UNAUTHORIZED for nobody and since the session ended; INSUFFICIENT_PERMISSIONS for an admin who acts as the person
 * @throws NOT_FOUND for an organization in which they neither work nor learn
 */
export async function switchOrganization(
  ctx: OrganizationContext,
  organizationId: string,
): Promise<SwitchOrganizationPayload> {
  const { userId, sessionId, organizationId: leftId } = requirePersonThemselves(ctx.viewer);
  return asSystem(() =>
    ctx.transaction(async (tx) => {
      const user = await store.findPerson(tx, userId);
      if (!mayActFor(user, organizationId)) throw new LenteraError("NOT_FOUND");
      if (sessionId === null || !(await store.chooseOrganization(tx, userId, sessionId, organizationId)))
        throw new LenteraError("UNAUTHORIZED");
      await audit(tx, ctx.identity, {
        action: "session.organization_switched",
        entityType: "Session",
        entityId: sessionId,
        organizationId: null,
        oldValues: { organizationId: leftId },
        newValues: { organizationId },
      });
      return { ...(await issueAccessToken(ctx, user, sessionId, organizationId)), user };
    }),
  );
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

async function issueRefreshToken(ctx: OrganizationContext, tx: Transaction, sessionId: string): Promise<string> {
  const { token, hash: tokenHash } = newRefreshToken();
  const expiresAt = new Date(ctx.now().getTime() + REFRESH_TOKEN_LIFETIME_MS);
  await store.insertRefreshToken(tx, { sessionId, tokenHash, expiresAt });
  return token;
}

async function issueAccessToken(
  ctx: OrganizationContext,
  person: PersonFacts,
  sessionId: string,
  chosenId: string | null,
): Promise<{ accessToken: string; expiresAt: Date }> {
  const expiresAt = new Date(ctx.now().getTime() + ACCESS_TOKEN_LIFETIME_MS);
  return { accessToken: await signAccessToken(ctx, claimsFor(person, sessionId, chosenId), expiresAt), expiresAt };
}
