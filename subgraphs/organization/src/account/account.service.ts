import {
  LenteraError,
  type Role,
  asSystem,
  audit,
  emit,
  invalidField,
  isUniqueViolation,
  validate,
} from "@lentera/kit";
import type { z } from "zod";
import type { OrganizationContext, Transaction } from "../context.js";
import { userCreated, userTimeZoneSet } from "../events.js";
import { languageOf, seal, sendMail } from "../mail/mail.service.js";
import { hashPassword } from "../password/password.js";
import { mayWrite } from "../throttle/throttle.service.js";
import { userLoader } from "../user/user.loader.js";
import { issueToken, redeemToken } from "./account-token.service.js";
import { type SignUpInput, type UpdateProfileInput, signUpRules, updateProfileRules } from "./account.input.js";
import { requirePersonThemselves } from "./account.policy.js";
import * as store from "./account.store.js";
import type {
  ResendEmailVerificationPayload,
  SignUpPayload,
  UpdateProfilePayload,
  VerifyEmailPayload,
} from "./account.type.js";

/**
 * Makes an account and sends its holder a letter. An address that has an account gets a letter that says so instead, and
 * the caller the same answer in the same time: who has an account is nobody's business.
 * @throws VALIDATION_ERROR with every bad field, IDEMPOTENCY_CONFLICT
 */
export async function signUp(ctx: OrganizationContext, input: SignUpInput): Promise<SignUpPayload> {
  const { idempotencyKey: key, password, ...person } = validate(signUpRules, input);
  const passwordHash = await hashPassword(password);
  // the password stays out of the stored fingerprint of the input: one could guess it from there
  return asSystem(() =>
    ctx.transactionOnce({ command: "signUp", key, input: person }, async (tx) => {
      await store.lockAddress(tx, person.email);
      const holder = await store.findHolder(tx, person.email);
      if (holder === null) await openAccount(ctx, tx, person, { passwordHash, emailVerified: false });
      else if (holder.status === "ACTIVE" && (await mayWrite(ctx, tx, "address-taken", person.email)))
        await sendMail(tx, {
          to: person.email,
          template: "address-taken",
          language: languageOf(holder.user.language),
          values: { fullName: holder.user.fullName },
        });
      return { email: person.email };
    }),
  );
}

type NewPerson = Omit<z.infer<typeof signUpRules>, "password" | "idempotencyKey" | "role"> & { readonly role: Role };

/** Opens an account, and sends its holder a letter unless somebody vouches for the address. @returns whose it is */
export async function openAccount(
  ctx: OrganizationContext,
  tx: Transaction,
  { email, ...person }: NewPerson,
  { passwordHash, emailVerified }: { readonly passwordHash: string | null; readonly emailVerified: boolean },
): Promise<string> {
  const { role, language, fullName } = person;
  const emailVerifiedAt = emailVerified ? ctx.now() : null;
  const userId = await store.insertAccount(tx, person, { email, passwordHash, emailVerifiedAt });
  if (!emailVerified) {
    await mayWrite(ctx, tx, "verify-email", email);
    await sendVerification(ctx, tx, { userId, email, language, fullName });
  }
  await emit(tx, userCreated, { userId, emailVerified, role, language });
  await emit(tx, userTimeZoneSet, { userId, timeZone: person.timeZone });
  await audit(tx, ctx.identity, {
    action: "account.created",
    entityType: "User",
    entityId: userId,
    organizationId: null,
    actorId: userId,
    newValues: { role },
  });
  return userId;
}

async function sendVerification(
  ctx: OrganizationContext,
  tx: Transaction,
  { userId, email, language, fullName }: { userId: string; email: string; language: string; fullName: string },
): Promise<void> {
  const token = await issueToken(ctx, tx, userId, "EMAIL_VERIFICATION");
  await sendMail(tx, {
    to: email,
    template: "verify-email",
    language: languageOf(language),
    values: { fullName },
    sealed: { token: seal(ctx, token) },
  });
}

/**
 * Proves with a letter's token that the account's address is its holder's.
 * @throws INVALID_TOKEN for an unknown, used or replaced token, TOKEN_EXPIRED after 24 hours
 */
export async function verifyEmail(ctx: OrganizationContext, token: string): Promise<VerifyEmailPayload> {
  return asSystem(() =>
    ctx.transaction(async (tx) => {
      const { userId } = await redeemToken(ctx, tx, token, "EMAIL_VERIFICATION");
      const [account] = await store.findAccounts(tx, [userId]);
      if (account === undefined) throw new LenteraError("INVALID_TOKEN");
      await store.markEmailVerified(tx, userId, ctx.now());
      await audit(tx, ctx.identity, accountEntry(userId, "account.email_verified"));
      return { email: account.email };
    }),
  );
}

/**
 * Sends the letter again; the links of earlier letters stop working.
 * @throws UNAUTHORIZED for nobody, RATE_LIMITED within a minute of the last letter
 */
export async function resendEmailVerification(ctx: OrganizationContext): Promise<ResendEmailVerificationPayload> {
  const { userId } = requirePersonThemselves(ctx.viewer);
  return asSystem(() =>
    ctx.transaction(async (tx) => {
      const account = await getAccount(tx, userId);
      if (account.emailVerifiedAt !== null) return { sent: false };
      if (!(await mayWrite(ctx, tx, "verify-email", account.email))) throw new LenteraError("RATE_LIMITED");
      await sendVerification(ctx, tx, account);
      return { sent: true };
    }),
  );
}

/**
 * Changes what is given and leaves the rest.
 * @throws UNAUTHORIZED for nobody, VALIDATION_ERROR with every bad field, also for a phone number that is somebody's
 */
export async function updateProfile(
  ctx: OrganizationContext,
  input: UpdateProfileInput,
): Promise<UpdateProfilePayload> {
  const { userId } = requirePersonThemselves(ctx.viewer);
  const change = validate(updateProfileRules, input);
  await onePhoneEach(() =>
    ctx.transaction(async (tx) => {
      const { fullName, language, timeZone, phone, gender } = await getAccount(tx, userId);
      await store.updateProfile(tx, userId, change);
      if (change.timeZone !== undefined) await emit(tx, userTimeZoneSet, { userId, timeZone: change.timeZone });
      await audit(tx, ctx.identity, {
        ...accountEntry(userId, "account.profile_updated"),
        oldValues: { fullName, language, timeZone, phone, gender },
        newValues: change,
      });
    }),
  );
  return { user: await userLoader(ctx).load(userId) };
}

async function onePhoneEach(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (isUniqueViolation(error))
      throw invalidField("input.phone", "DUPLICATE_ENTRY", "Another account has this phone number.");
    throw error;
  }
}

/** @throws UNAUTHORIZED when the person's account is gone since they signed in */
export async function getAccount(tx: Transaction, userId: string): Promise<store.OwnAccount> {
  const [account] = await store.findAccounts(tx, [userId]);
  if (account === undefined) throw new LenteraError("UNAUTHORIZED");
  return account;
}

/** What the platform's audit chain notes about somebody's own account. */
export function accountEntry(userId: string, action: string) {
  return { action, entityType: "User", entityId: userId, organizationId: null, actorId: userId };
}
