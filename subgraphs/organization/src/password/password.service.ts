import { LenteraError, asSystem, audit, invalidField, validate } from "@lentera/kit";
import { issueToken, redeemToken } from "../account/account-token.service.js";
import { requirePersonThemselves } from "../account/account.policy.js";
import { accountEntry, getAccount } from "../account/account.service.js";
import * as accounts from "../account/account.store.js";
import type { OrganizationContext, Transaction } from "../context.js";
import { languageOf, seal, sendMail } from "../mail/mail.service.js";
import { revokeSessions } from "../session/session.store.js";
import { forgetFailures, mayWrite, withBackOff } from "../throttle/throttle.service.js";
import {
  type ChangePasswordInput,
  type RequestPasswordResetInput,
  type ResetPasswordInput,
  changePasswordRules,
  requestPasswordResetRules,
  resetPasswordRules,
} from "./password.input.js";
import { hashPassword, passwordMatches } from "./password.js";
import { RESEMBLES_EMAIL, resemblesEmail } from "./password.rules.js";
import type { ChangePasswordPayload, RequestPasswordResetPayload, ResetPasswordPayload } from "./password.type.js";

/**
 * Changes the caller's password and ends their sessions on other devices.
 * @throws INVALID_CREDENTIALS for a wrong current password, RATE_LIMITED after too many
 * @throws VALIDATION_ERROR with every bad field; INSUFFICIENT_PERMISSIONS for an admin who acts as the person
 */
export async function changePassword(
  ctx: OrganizationContext,
  input: ChangePasswordInput,
): Promise<ChangePasswordPayload> {
  const { userId, sessionId } = requirePersonThemselves(ctx.viewer);
  const { currentPassword, newPassword } = validate(changePasswordRules, input);
  const account = await proveByPassword(ctx, userId, currentPassword, "input.currentPassword");
  if (resemblesEmail(newPassword, account.email))
    throw invalidField("input.newPassword", "INVALID_FORMAT", RESEMBLES_EMAIL);
  const passwordHash = await hashPassword(newPassword);
  const endedSessions = await asSystem(() =>
    ctx.transaction(async (tx) => {
      await audit(tx, ctx.identity, accountEntry(userId, "account.password_changed"));
      return replacePassword(ctx, tx, account, passwordHash, sessionId);
    }),
  );
  return { endedSessions };
}

/**
 * Sends a letter with which a new password can be chosen. The same answer, whether the address has an account or not.
 * @throws VALIDATION_ERROR for what is no address
 */
export async function requestPasswordReset(
  ctx: OrganizationContext,
  input: RequestPasswordResetInput,
): Promise<RequestPasswordResetPayload> {
  const { email } = validate(requestPasswordResetRules, input);
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      const account = await accounts.findAccountByEmail(tx, email);
      if (!(await mayWrite(ctx, tx, "reset-password", email)) || account === null) return;
      const token = await issueToken(ctx, tx, account.userId, "PASSWORD_RESET");
      await sendMail(tx, {
        to: email,
        template: "reset-password",
        language: languageOf(account.language),
        values: { fullName: account.fullName },
        sealed: { token: seal(ctx, token) },
      });
      await audit(tx, ctx.identity, {
        ...accountEntry(account.userId, "account.password_reset_requested"),
        actorId: ctx.viewer.userId,
      });
    }),
  );
  return { email };
}

/**
 * Chooses a new password with a letter's token, within 30 minutes; ends all sessions. Reading the letter verifies the
 * address, too.
 * @throws INVALID_TOKEN for an unknown, used or replaced token, TOKEN_EXPIRED after 30 minutes
 * @throws VALIDATION_ERROR for a bad password, after which the token still works
 */
export async function resetPassword(
  ctx: OrganizationContext,
  input: ResetPasswordInput,
): Promise<ResetPasswordPayload> {
  const { token, newPassword } = validate(resetPasswordRules, input);
  const passwordHash = await hashPassword(newPassword);
  const { email, endedSessions } = await asSystem(() =>
    ctx.transaction(async (tx) => {
      const { userId } = await redeemToken(ctx, tx, token, "PASSWORD_RESET");
      const account = await getAccount(tx, userId);
      if (resemblesEmail(newPassword, account.email))
        throw invalidField("input.newPassword", "INVALID_FORMAT", RESEMBLES_EMAIL);
      await accounts.markEmailVerified(tx, account.userId, ctx.now());
      await audit(tx, ctx.identity, accountEntry(account.userId, "account.password_reset"));
      return { email: account.email, endedSessions: await replacePassword(ctx, tx, account, passwordHash, null) };
    }),
  );
  await forgetFailures(ctx, email);
  return { endedSessions };
}

/**
 * The account of the person who is signed in, once more by password.
 * @param path the field of the input that holds the password
 * @throws INVALID_CREDENTIALS for a wrong one, RATE_LIMITED after too many
 */
export async function proveByPassword(
  ctx: OrganizationContext,
  userId: string,
  password: string,
  path: string,
): Promise<accounts.OwnAccount> {
  const account = await getAccount(ctx.db, userId);
  return withBackOff(ctx, account.email.toLowerCase(), async () => {
    if (await passwordMatches(password, account.passwordHash)) return account;
    const detail = { path, code: "INVALID_CREDENTIALS", message: "This is not your present password." } as const;
    throw new LenteraError("INVALID_CREDENTIALS", { details: [detail] });
  });
}

/** @returns how many sessions ended; `keptSessionId` goes on */
async function replacePassword(
  ctx: OrganizationContext,
  tx: Transaction,
  { userId, email, language, fullName }: accounts.OwnAccount,
  passwordHash: string,
  keptSessionId: string | null,
): Promise<number> {
  await accounts.updatePasswordHash(tx, userId, passwordHash);
  await sendMail(tx, { to: email, template: "password-changed", language: languageOf(language), values: { fullName } });
  return revokeSessions(tx, userId, keptSessionId, ctx.now());
}
