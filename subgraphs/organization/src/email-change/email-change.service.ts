import { LenteraError, asSystem, audit, invalidField, isUniqueViolation, validate } from "@lentera/kit";
import { issueToken, redeemToken } from "../account/account-token.service.js";
import { endTokens } from "../account/account-token.store.js";
import { requirePersonThemselves } from "../account/account.policy.js";
import { accountEntry, getAccount } from "../account/account.service.js";
import * as accounts from "../account/account.store.js";
import type { OrganizationContext, Transaction } from "../context.js";
import { languageOf, seal, sendMail } from "../mail/mail.service.js";
import { mayWrite } from "../throttle/throttle.service.js";
import { proveAgain } from "../totp/totp.service.js";
import { type RequestEmailChangeInput, requestEmailChangeRules } from "./email-change.input.js";
import type { ConfirmEmailChangePayload, RequestEmailChangePayload } from "./email-change.type.js";

/**
 * Sends a letter to the address that the caller wants to have. An address that has an account gets a letter that says so
 * instead, and the caller the same answer: who has an account is nobody's business.
 * @throws VALIDATION_ERROR with every bad field, also for the present address
 * @throws INVALID_CREDENTIALS for a wrong password or code
 * @throws RATE_LIMITED after too many, and within a minute of the caller's last letter or of the last one to the address
 */
export async function requestEmailChange(
  ctx: OrganizationContext,
  input: RequestEmailChangeInput,
): Promise<RequestEmailChangePayload> {
  const { userId } = requirePersonThemselves(ctx.viewer);
  const { newEmail, proof } = validate(requestEmailChangeRules, input);
  const account = await proveAgain(ctx, userId, proof);
  if (newEmail === account.email.toLowerCase())
    throw invalidField("input.newEmail", "INVALID_FORMAT", "This is your address already.");
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      for (const subject of [userId, newEmail])
        if (!(await mayWrite(ctx, tx, "change-email", subject))) throw new LenteraError("RATE_LIMITED");
      await audit(tx, ctx.identity, accountEntry(userId, "account.email_change_requested"));
      await write(ctx, tx, account, newEmail);
    }),
  );
  return { newEmail };
}

async function write(
  ctx: OrganizationContext,
  tx: Transaction,
  { userId, language, fullName }: accounts.OwnAccount,
  newEmail: string,
): Promise<void> {
  const holder = await accounts.findHolder(tx, newEmail);
  const token = await issueToken(ctx, tx, userId, "EMAIL_CHANGE", newEmail);
  if (holder === null)
    await sendMail(tx, {
      to: newEmail,
      template: "change-email",
      language: languageOf(language),
      values: { fullName },
      sealed: { token: seal(ctx, token) },
    });
  else if (holder.status === "ACTIVE")
    await sendMail(tx, {
      to: newEmail,
      template: "address-taken",
      language: languageOf(holder.user.language),
      values: { fullName: holder.user.fullName },
    });
}

/**
 * Changes the address of an account with a letter's token. What was sent to the former address works no longer; it is told.
 * @throws INVALID_TOKEN for an unknown, used or replaced token, TOKEN_EXPIRED after 24 hours
 * @throws VALIDATION_ERROR when another account has got the address since
 */
export async function confirmEmailChange(ctx: OrganizationContext, token: string): Promise<ConfirmEmailChangePayload> {
  return oneAddressEach(() =>
    asSystem(() =>
      ctx.transaction(async (tx) => {
        const { userId, newEmail } = await redeemToken(ctx, tx, token, "EMAIL_CHANGE");
        if (newEmail === null) throw new LenteraError("INVALID_TOKEN");
        const { email, language, fullName } = await getAccount(tx, userId);
        await accounts.updateEmail(tx, userId, newEmail, ctx.now());
        for (const purpose of ["EMAIL_VERIFICATION", "PASSWORD_RESET"] as const)
          await endTokens(tx, userId, purpose, ctx.now());
        await audit(tx, ctx.identity, {
          ...accountEntry(userId, "account.email_changed"),
          oldValues: { email },
          newValues: { email: newEmail },
        });
        await sendMail(tx, {
          to: email,
          template: "email-changed",
          language: languageOf(language),
          values: { fullName, newEmail },
        });
        return { email: newEmail };
      }),
    ),
  );
}

async function oneAddressEach<Result>(change: () => Promise<Result>): Promise<Result> {
  try {
    return await change();
  } catch (error) {
    if (isUniqueViolation(error))
      throw invalidField("input.token", "DUPLICATE_ENTRY", "Another account has this address by now.");
    throw error;
  }
}
