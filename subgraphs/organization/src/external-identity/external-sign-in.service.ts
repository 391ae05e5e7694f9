import { randomUUID } from "node:crypto";
import { LenteraError, asSystem, audit, validate } from "@lentera/kit";
import { z } from "zod";
import { requirePersonThemselves } from "../account/account.policy.js";
import { accountEntry, getAccount, openAccount } from "../account/account.service.js";
import * as accounts from "../account/account.store.js";
import type { OrganizationContext, Transaction } from "../context.js";
import { languageOf, sendMail } from "../mail/mail.service.js";
import { startSession } from "../session/session.service.js";
import { findPerson, isActive } from "../session/session.store.js";
import type { SignInPayload } from "../session/session.type.js";
import { withBackOff } from "../throttle/throttle.service.js";
import { verifySecondFactor } from "../totp/totp.service.js";
import {
  type BeginExternalSignInInput,
  type CompleteExternalSignInInput,
  beginExternalSignInRules,
  completeExternalSignInRules,
  type externalAnswerRules,
} from "./external-identity.input.js";
import { mayLink, nameFor } from "./external-identity.rules.js";
import * as store from "./external-identity.store.js";
import type { BeginExternalSignInPayload } from "./external-identity.type.js";
import type { ExternalPerson, ExternalSecrets } from "./external-provider.js";

const ATTEMPT_LIFETIME_MS = 10 * 60 * 1000;
const SEALED = "external-sign-in";

const secretsShape = z.object({ state: z.string(), nonce: z.string(), codeVerifier: z.string() });

/**
 * Sends somebody to a provider that vouches for them: to sign in or up, or, when they are signed in, to link it.
 * @throws NOT_FOUND for a provider that is not offered here, SERVICE_UNAVAILABLE when it does not answer
 * @throws VALIDATION_ERROR with every bad field, INSUFFICIENT_PERMISSIONS for an admin who acts as the person
 */
export async function beginExternalSignIn(
  ctx: OrganizationContext,
  input: BeginExternalSignInInput,
): Promise<BeginExternalSignInPayload> {
  const userId = ctx.viewer.userId === null ? null : requirePersonThemselves(ctx.viewer).userId;
  const { provider, redirectUri, role, timeZone } = validate(beginExternalSignInRules(ctx.publicUrl), input);
  const { url, secrets } = await ctx.externalProviders.begin(provider, redirectUri);
  const attemptId = randomUUID();
  const expiresAt = new Date(ctx.now().getTime() + ATTEMPT_LIFETIME_MS);
  const sealedSecrets = ctx.encryption.encrypt(JSON.stringify(secrets), `${SEALED}:${attemptId}`);
  const attempt = { id: attemptId, provider, userId, redirectUri, sealedSecrets, role, timeZone, expiresAt };
  await asSystem(() => ctx.transaction((tx) => store.insertAttempt(tx, attempt, ctx.now())));
  return { attemptId, url };
}

/**
 * Signs the person in for whom a provider vouches, opening an account for somebody new.
 * @throws INVALID_CREDENTIALS for an attempt that is unknown, old, finished or somebody else's, and for an answer that is
 * not the provider's; with a detail on `input.otp` when the account needs a code, after which the same input works again
 * @throws ILLEGAL_STATE for an address that has an account and is not verified on both sides, and without any address
 * @throws ACCOUNT_INACTIVE for a suspended account, RATE_LIMITED after too many wrong codes
 */
export async function completeExternalSignIn(
  ctx: OrganizationContext,
  input: CompleteExternalSignInInput,
): Promise<SignInPayload> {
  const { otp, ...answer } = validate(completeExternalSignInRules, input);
  const attempt = await findAttempt(ctx, answer, null);
  const userId = attempt.provenUserId ?? (await prove(ctx, attempt, await redeem(ctx, attempt, answer)));
  const { email } = await asSystem(() => getAccount(ctx.db, userId));
  return withBackOff(ctx, email.toLowerCase(), () =>
    asSystem(() =>
      ctx.transaction(async (tx) => {
        if (!(await store.deleteAttempt(tx, attempt.id))) throw new LenteraError("INVALID_CREDENTIALS");
        if (!(await isActive(tx, userId))) throw new LenteraError("ACCOUNT_INACTIVE");
        await verifySecondFactor(ctx, tx, userId, otp);
        return startSession(ctx, tx, await findPerson(tx, userId));
      }),
    ),
  );
}

type Answer = z.output<typeof externalAnswerRules>;

/** The attempt that an answer belongs to. @throws INVALID_CREDENTIALS unless `userId` began it and it knows the state */
export async function findAttempt(
  ctx: OrganizationContext,
  { attemptId, state }: Answer,
  userId: string | null,
): Promise<store.Attempt> {
  const attempt = await asSystem(() => store.findAttempt(ctx.db, attemptId, userId, ctx.now()));
  if (attempt === null || secretsOf(ctx, attempt).state !== state) throw new LenteraError("INVALID_CREDENTIALS");
  return attempt;
}

/** Exchanges the provider's code, once, whatever the answer is worth. */
export async function redeem(
  ctx: OrganizationContext,
  attempt: store.Attempt,
  { state, code, issuer }: Answer,
): Promise<ExternalPerson> {
  const isFirst = await asSystem(() => store.redeemAttempt(ctx.db, attempt.id, ctx.now()));
  if (!isFirst) throw new LenteraError("INVALID_CREDENTIALS");
  const { provider, redirectUri } = attempt;
  return ctx.externalProviders.identify(provider, {
    redirectUri,
    secrets: secretsOf(ctx, attempt),
    state,
    code,
    issuer,
  });
}

function secretsOf(ctx: OrganizationContext, { id, sealedSecrets }: store.Attempt): ExternalSecrets {
  return secretsShape.parse(JSON.parse(ctx.encryption.decrypt(sealedSecrets, `${SEALED}:${id}`)));
}

/** @returns whose account the identity opens: the one it is linked to, that of its address, or a new one */
function prove(ctx: OrganizationContext, attempt: store.Attempt, person: ExternalPerson): Promise<string> {
  return asSystem(() =>
    ctx.transaction(async (tx) => {
      await store.lockIdentity(tx, attempt.provider, person.subject);
      const holder = await store.findHolder(tx, attempt.provider, person.subject);
      const userId = holder?.userId ?? (await accountOf(ctx, tx, attempt, person));
      const id = holder?.id ?? (await link(ctx, tx, userId, attempt, person)).id;
      await store.noteUse(tx, id, ctx.now());
      await store.noteProven(tx, attempt.id, userId);
      return userId;
    }),
  );
}

async function accountOf(
  ctx: OrganizationContext,
  tx: Transaction,
  { role, timeZone }: store.Attempt,
  { email, emailVerified, fullName }: ExternalPerson,
): Promise<string> {
  if (email === null) throw refused("The provider gave no e-mail address: sign up with one, then link the provider.");
  await accounts.lockAddress(tx, email.toLowerCase());
  const account = await store.lockAccount(tx, email);
  if (account === null) {
    const { language } = ctx.identity;
    const newPerson = { email: email.toLowerCase(), fullName: nameFor(fullName, email), role, language, timeZone };
    return openAccount(ctx, tx, newPerson, { passwordHash: null, emailVerified });
  }
  if (!mayLink(account, emailVerified))
    throw refused("This address has an account: sign in to it, then link the provider in its settings.");
  return account.userId;
}

function refused(message: string): LenteraError {
  return new LenteraError("ILLEGAL_STATE", { details: [{ path: "input", code: "ILLEGAL_STATE", message }] });
}

/** Links an identity that is nobody's yet, and tells the person. */
export async function link(
  ctx: OrganizationContext,
  tx: Transaction,
  userId: string,
  { provider }: store.Attempt,
  { subject, email }: ExternalPerson,
) {
  const identity = await store.insertIdentity(tx, { userId, provider, subject, email, createdAt: ctx.now() });
  await audit(tx, ctx.identity, { ...accountEntry(userId, "account.identity_linked"), newValues: { provider } });
  const account = await getAccount(tx, userId);
  await sendMail(tx, {
    to: account.email,
    template: "identity-changed",
    language: languageOf(account.language),
    values: { fullName: account.fullName, provider: PROVIDER_NAMES[provider] },
  });
  return identity;
}

export const PROVIDER_NAMES = { GOOGLE: "Google", FACEBOOK: "Facebook" } as const;
