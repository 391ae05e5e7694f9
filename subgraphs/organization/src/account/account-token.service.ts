import { LenteraError } from "@lentera/kit";
import type { OrganizationContext, Transaction } from "../context.js";
import { newRefreshToken, refreshTokenHash } from "../session/refresh-token.js";
import { type AccountTokenPurpose, TOKEN_LIFETIME_MS, judgeAccountToken } from "./account-token.rules.js";
import * as store from "./account-token.store.js";

/**
 * A new token for a letter. Only its hash is stored, and every older one for the same purpose stops working.
 * @param newEmail the address that is proven by it, for EMAIL_CHANGE
 */
export async function issueToken(
  ctx: OrganizationContext,
  tx: Transaction,
  userId: string,
  purpose: AccountTokenPurpose,
  newEmail: string | null = null,
): Promise<string> {
  const { token, hash: tokenHash } = newRefreshToken();
  const expiresAt = new Date(ctx.now().getTime() + TOKEN_LIFETIME_MS[purpose]);
  await store.endTokens(tx, userId, purpose, ctx.now());
  await store.insertToken(tx, { userId, purpose, tokenHash, expiresAt, newEmail });
  return token;
}

/**
 * Uses a token up.
 * @returns whose it was, and the address that it proves, if it is for a change of that
 * @throws INVALID_TOKEN for an unknown or used one, or one for another purpose; TOKEN_EXPIRED after its time
 */
export async function redeemToken(
  ctx: OrganizationContext,
  tx: Transaction,
  token: string,
  purpose: AccountTokenPurpose,
): Promise<{ readonly userId: string; readonly newEmail: string | null }> {
  const found = await store.lockToken(tx, refreshTokenHash(token), purpose);
  const verdict = judgeAccountToken(found, ctx.now());
  if (found === null || verdict === "INVALID") throw new LenteraError("INVALID_TOKEN");
  if (verdict === "EXPIRED") throw new LenteraError("TOKEN_EXPIRED");
  await store.endTokens(tx, found.userId, purpose, ctx.now());
  return found;
}
