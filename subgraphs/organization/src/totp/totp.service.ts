import { LenteraError, asSystem, audit, validate } from "@lentera/kit";
import { requirePersonThemselves } from "../account/account.policy.js";
import { accountEntry, getAccount } from "../account/account.service.js";
import type { OwnAccount } from "../account/account.store.js";
import type { OrganizationContext, Transaction } from "../context.js";
import { languageOf, sendMail } from "../mail/mail.service.js";
import { proveByPassword } from "../password/password.service.js";
import { withBackOff } from "../throttle/throttle.service.js";
import {
  type ConfirmTotpInput,
  type DisableTotpInput,
  type Proof,
  type RegenerateRecoveryCodesInput,
  confirmTotpRules,
  disableTotpRules,
  regenerateRecoveryCodesRules,
} from "./totp.input.js";
import { acceptedStep, newRecoveryCodes, newSeed, recoveryCodeHash, totpOf } from "./totp.rules.js";
import * as store from "./totp.store.js";
import type {
  BeginTotpPayload,
  ConfirmTotpPayload,
  DisableTotpPayload,
  RegenerateRecoveryCodesPayload,
} from "./totp.type.js";

const sealFor = (userId: string): string => `totp:${userId}`;

/**
 * A new seed for the caller's authenticator application. It protects nothing until it is confirmed; calling again replaces
 * it.
 * @throws ILLEGAL_STATE while a confirmed one works, and before the e-mail address is verified: whoever made the account
 * with somebody else's address must not be able to lock its owner out
 */
export async function beginTotp(ctx: OrganizationContext): Promise<BeginTotpPayload> {
  const { userId } = requirePersonThemselves(ctx.viewer);
  const account = await getAccount(ctx.db, userId);
  if (account.emailVerifiedAt === null) throw new LenteraError("ILLEGAL_STATE");
  const secret = newSeed();
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      const stored = await store.savePendingTotp(tx, userId, ctx.encryption.encrypt(secret, sealFor(userId)));
      if (!stored) throw new LenteraError("ILLEGAL_STATE");
      await audit(tx, ctx.identity, accountEntry(userId, "account.totp_begun"));
    }),
  );
  return { secret, url: totpOf(secret, account.email).toString() };
}

/**
 * Switches the second factor on.
 * @returns ten recovery codes, which nobody can read again
 * @throws INVALID_CREDENTIALS for a wrong code, RATE_LIMITED after too many
 * @throws ILLEGAL_STATE when nothing was begun or it is on already
 */
export async function confirmTotp(ctx: OrganizationContext, input: ConfirmTotpInput): Promise<ConfirmTotpPayload> {
  const { userId } = requirePersonThemselves(ctx.viewer);
  const { code } = validate(confirmTotpRules, input);
  const account = await getAccount(ctx.db, userId);
  const recoveryCodes = newRecoveryCodes();
  await withBackOff(ctx, account.email.toLowerCase(), () =>
    asSystem(() =>
      ctx.transaction(async (tx) => {
        const totp = await store.lockTotp(tx, userId);
        if (totp === null || totp.confirmedAt !== null) throw new LenteraError("ILLEGAL_STATE");
        const lastTimeStep = stepOf(ctx, totp, code);
        if (lastTimeStep === null) throw wrongCode("input.code");
        await store.noteStep(tx, userId, { lastTimeStep, confirmedAt: ctx.now() });
        await store.replaceRecoveryCodes(tx, userId, recoveryCodes.map(recoveryCodeHash));
        await noteChange(ctx, tx, account, "account.totp_enabled");
      }),
    ),
  );
  return { recoveryCodes };
}

/**
 * Switches the second factor off, with the password.
 * @throws INVALID_CREDENTIALS for a wrong password, RATE_LIMITED after too many
 */
export async function disableTotp(ctx: OrganizationContext, input: DisableTotpInput): Promise<DisableTotpPayload> {
  const { userId } = requirePersonThemselves(ctx.viewer);
  const { password } = validate(disableTotpRules, input);
  const account = await proveByPassword(ctx, userId, password, "input.password");
  return asSystem(() =>
    ctx.transaction(async (tx) => {
      const disabled = await store.deleteTotp(tx, userId);
      if (disabled) await noteChange(ctx, tx, account, "account.totp_disabled");
      return { disabled };
    }),
  );
}

/**
 * Replaces the recovery codes.
 * @returns ten new ones, which nobody can read again
 * @throws INVALID_CREDENTIALS for a wrong password or code, RATE_LIMITED after too many
 * @throws ILLEGAL_STATE without a second factor
 */
export async function regenerateRecoveryCodes(
  ctx: OrganizationContext,
  input: RegenerateRecoveryCodesInput,
): Promise<RegenerateRecoveryCodesPayload> {
  const { userId } = requirePersonThemselves(ctx.viewer);
  const { proof } = validate(regenerateRecoveryCodesRules, input);
  const account = await proveAgain(ctx, userId, proof);
  const recoveryCodes = newRecoveryCodes();
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      const totp = await store.lockTotp(tx, userId);
      if (totp === null || totp.confirmedAt === null) throw new LenteraError("ILLEGAL_STATE");
      await store.replaceRecoveryCodes(tx, userId, recoveryCodes.map(recoveryCodeHash));
      await noteChange(ctx, tx, account, "account.recovery_codes_replaced", "recovery-codes-replaced");
    }),
  );
  return { recoveryCodes };
}

/**
 * The account of the person who is signed in, once more by their password or by a code of their second factor, which is
 * used up.
 * @throws INVALID_CREDENTIALS for a wrong one, with a detail under `input.proof`; RATE_LIMITED after too many
 */
export async function proveAgain(ctx: OrganizationContext, userId: string, proof: Proof): Promise<OwnAccount> {
  if (proof.password !== undefined) return proveByPassword(ctx, userId, proof.password, "input.proof.password");
  const account = await getAccount(ctx.db, userId);
  return withBackOff(ctx, account.email.toLowerCase(), () =>
    asSystem(() =>
      ctx.transaction(async (tx) => {
        const totp = await store.lockTotp(tx, userId);
        const lastTimeStep = totp === null || totp.confirmedAt === null ? null : stepOf(ctx, totp, proof.code);
        if (lastTimeStep === null) throw wrongCode("input.proof.code");
        await store.noteStep(tx, userId, { lastTimeStep });
        return account;
      }),
    ),
  );
}

/** Whose second factor works. For the person alone. */
export async function isProtected(ctx: OrganizationContext, userIds: readonly string[]): Promise<Set<string>> {
  return asSystem(() => store.findProtected(ctx.db, userIds));
}

/** How many recovery codes the person has left. */
export async function recoveryCodesLeft(ctx: OrganizationContext, userId: string): Promise<number> {
  return asSystem(() => store.countUnusedRecoveryCodes(ctx.db, userId));
}

/**
 * Demands the second factor of whoever has one. Uses the code up.
 * @throws INVALID_CREDENTIALS with a detail on `input.otp`: REQUIRED_FIELD_MISSING without a code, INVALID_CREDENTIALS for
 * a wrong or used one
 */
export async function verifySecondFactor(
  ctx: OrganizationContext,
  tx: Transaction,
  userId: string,
  otp: string | null,
): Promise<void> {
  const totp = await store.lockTotp(tx, userId);
  if (totp === null || totp.confirmedAt === null) return;
  if (otp === null || otp === "") throw missingCode();
  const lastTimeStep = stepOf(ctx, totp, otp);
  if (lastTimeStep !== null) {
    await store.noteStep(tx, userId, { lastTimeStep });
    return;
  }
  if (!(await store.useRecoveryCode(tx, userId, recoveryCodeHash(otp), ctx.now()))) throw wrongCode("input.otp");
  await audit(tx, ctx.identity, accountEntry(userId, "account.recovery_code_used"));
}

function stepOf(ctx: OrganizationContext, totp: store.TotpRow, code: string): number | null {
  const seed = ctx.encryption.decrypt(totp.encryptedSecret, sealFor(totp.userId));
  return acceptedStep(seed, code, ctx.now(), totp.lastTimeStep);
}

async function noteChange(
  ctx: OrganizationContext,
  tx: Transaction,
  { userId, email, language, fullName }: OwnAccount,
  action: string,
  template: "second-factor-changed" | "recovery-codes-replaced" = "second-factor-changed",
): Promise<void> {
  await audit(tx, ctx.identity, accountEntry(userId, action));
  await sendMail(tx, {
    to: email,
    template,
    language: languageOf(language),
    values: { fullName },
  });
}

function missingCode(): LenteraError {
  const message = "Enter the code of your authenticator application, or a recovery code.";
  const detail = { path: "input.otp", code: "REQUIRED_FIELD_MISSING", message } as const;
  return new LenteraError("INVALID_CREDENTIALS", { details: [detail] });
}

function wrongCode(path: string): LenteraError {
  const message = "This code is wrong or was used before. Wait for the next one.";
  return new LenteraError("INVALID_CREDENTIALS", { details: [{ path, code: "INVALID_CREDENTIALS", message }] });
}
