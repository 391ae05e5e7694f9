import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  asSystem,
  audit,
  paginate,
  validate,
  wholePage,
} from "@lentera/kit";
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { requirePersonThemselves } from "../account/account.policy.js";
import { accountEntry, getAccount } from "../account/account.service.js";
import { requireWayIn } from "../account/way-in.service.js";
import type { OrganizationContext } from "../context.js";
import { startSession } from "../session/session.service.js";
import { findPerson, isActive } from "../session/session.store.js";
import type { SignInPayload } from "../session/session.type.js";
import {
  type RegisterPasskeyInput,
  type SignInWithPasskeyInput,
  registerPasskeyRules,
  signInWithPasskeyRules,
} from "./passkey.input.js";
import * as store from "./passkey.store.js";
import type {
  BeginPasskeyRegistrationPayload,
  BeginPasskeySignInPayload,
  Passkey,
  RegisterPasskeyPayload,
  RemovePasskeyPayload,
} from "./passkey.type.js";

const CHALLENGE_LIFETIME_MS = 5 * 60 * 1000;
const MOST_PASSKEYS = 20;
/** EdDSA, ES256 and RS256: what today's devices speak. */
const ALGORITHMS = [-8, -7, -257];

/** Oldest first. Empty unless `userId` is the viewer. */
export async function listOwnPasskeys(
  ctx: OrganizationContext,
  userId: string,
  args: ConnectionArguments,
): Promise<Page<Passkey>> {
  if (ctx.viewer.userId !== userId) return wholePage<Passkey>([]);
  return paginate<Passkey>({
    args,
    orderBy: [
      { field: "createdAt", direction: "asc" },
      { field: "id", direction: "asc" },
    ],
    rows: (page) => store.findPasskeyPage(ctx.db, userId, page),
    count: () => store.countPasskeys(ctx.db, userId),
  });
}

/**
 * What the caller's device must sign to become a passkey.
 * @throws ILLEGAL_STATE before the e-mail address is verified, LIMIT_EXCEEDED with 20 passkeys
 */
export async function beginPasskeyRegistration(ctx: OrganizationContext): Promise<BeginPasskeyRegistrationPayload> {
  const { userId } = requirePersonThemselves(ctx.viewer);
  const account = await getAccount(ctx.db, userId);
  if (account.emailVerifiedAt === null) throw new LenteraError("ILLEGAL_STATE");
  const known = await store.findCredentialIds(ctx.db, userId);
  if (known.length >= MOST_PASSKEYS) throw new LenteraError("LIMIT_EXCEEDED");
  const options = await generateRegistrationOptions({
    rpName: "Lentera",
    rpID: relyingParty(ctx).id,
    userID: new TextEncoder().encode(userId),
    userName: account.email,
    userDisplayName: account.fullName,
    timeout: CHALLENGE_LIFETIME_MS,
    attestationType: "none",
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return { challengeId: await keepChallenge(ctx, userId, options.challenge), options: JSON.stringify(options) };
}

/**
 * Registers the caller's device.
 * @throws INVALID_CREDENTIALS for an answer that does not fit the challenge, its person or this platform
 * @throws RESOURCE_ALREADY_EXISTS for a device that is registered already; VALIDATION_ERROR with every bad field
 */
export async function registerPasskey(
  ctx: OrganizationContext,
  input: RegisterPasskeyInput,
): Promise<RegisterPasskeyPayload> {
  const { userId } = requirePersonThemselves(ctx.viewer);
  const { challengeId, name, response } = validate(registerPasskeyRules, input);
  const expectedChallenge = await takeChallenge(ctx, challengeId, userId);
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty(ctx);
  const { registrationInfo } = await believing(
    verifyRegistrationResponse({ response, expectedChallenge, expectedOrigin, expectedRPID }),
  );
  const { id: credentialId, publicKey, counter } = registrationInfo.credential;
  return ctx.transaction(async (tx) => {
    const created = { userId, name, credentialId, publicKey, counter: BigInt(counter), createdAt: ctx.now() };
    const passkey = await store.insertPasskey(tx, created);
    if (passkey === null) throw new LenteraError("RESOURCE_ALREADY_EXISTS");
    await audit(tx, ctx.identity, { ...accountEntry(userId, "account.passkey_registered"), newValues: { name } });
    return { passkey };
  });
}

/** What some device must sign to sign its owner in. The same for everybody: it names no account. */
export async function beginPasskeySignIn(ctx: OrganizationContext): Promise<BeginPasskeySignInPayload> {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(ctx).id,
    timeout: CHALLENGE_LIFETIME_MS,
    userVerification: "required",
  });
  return { challengeId: await keepChallenge(ctx, null, options.challenge), options: JSON.stringify(options) };
}

/**
 * Signs the owner of a device in. The device has verified them by finger, face or PIN, so that no further factor is asked.
 * @throws INVALID_CREDENTIALS for an unknown device, a wrong or replayed answer and a used or old challenge
 * @throws ACCOUNT_INACTIVE for a suspended account; VALIDATION_ERROR with every bad field
 */
export async function signInWithPasskey(
  ctx: OrganizationContext,
  input: SignInWithPasskeyInput,
): Promise<SignInPayload> {
  const { challengeId, response } = validate(signInWithPasskeyRules, input);
  const expectedChallenge = await takeChallenge(ctx, challengeId, null);
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty(ctx);
  return asSystem(() =>
    ctx.transaction(async (tx) => {
      const passkey = await store.lockCredential(tx, response.id);
      if (passkey === null) throw new LenteraError("INVALID_CREDENTIALS");
      const { credentialId: id, publicKey, counter } = passkey;
      const credential = { id, publicKey, counter: Number(counter) };
      const { authenticationInfo } = await believing(
        verifyAuthenticationResponse({ response, expectedChallenge, expectedOrigin, expectedRPID, credential }),
      );
      if (!(await isActive(tx, passkey.userId))) throw new LenteraError("ACCOUNT_INACTIVE");
      await store.notePasskeyUse(tx, passkey.id, BigInt(authenticationInfo.newCounter), ctx.now());
      return startSession(ctx, tx, await findPerson(tx, passkey.userId));
    }),
  );
}

/** @throws NOT_FOUND for a passkey that is not the caller's, ILLEGAL_STATE when it is their last way to sign in */
export async function removePasskey(ctx: OrganizationContext, passkeyId: string): Promise<RemovePasskeyPayload> {
  const { userId } = requirePersonThemselves(ctx.viewer);
  return ctx.transaction(async (tx) => {
    if (!(await store.deletePasskey(tx, userId, passkeyId))) throw new LenteraError("NOT_FOUND");
    await requireWayIn(tx, userId);
    await audit(tx, ctx.identity, { ...accountEntry(userId, "account.passkey_removed"), newValues: { passkeyId } });
    return { passkeyId };
  });
}

/** Devices bind a passkey to the host at which people reach the platform. */
function relyingParty(ctx: OrganizationContext): { id: string; origin: string } {
  const { hostname, origin } = new URL(ctx.publicUrl);
  return { id: hostname, origin };
}

function keepChallenge(ctx: OrganizationContext, userId: string | null, challenge: string): Promise<string> {
  const expiresAt = new Date(ctx.now().getTime() + CHALLENGE_LIFETIME_MS);
  return asSystem(() =>
    ctx.transaction((tx) => store.insertChallenge(tx, { userId, challenge, expiresAt }, ctx.now())),
  );
}

/** Used up by being asked for, whatever the answer is worth. */
async function takeChallenge(ctx: OrganizationContext, id: string, userId: string | null): Promise<string> {
  const challenge = await asSystem(() => store.takeChallenge(ctx.db, id, userId, ctx.now()));
  if (challenge === null) throw new LenteraError("INVALID_CREDENTIALS");
  return challenge;
}

/** What the library finds wrong with an answer is one thing to the outside. */
async function believing<Verified extends { verified: boolean }>(
  verification: Promise<Verified>,
): Promise<Verified & { verified: true }> {
  const verified = await verification.catch((cause: unknown) => {
    throw new LenteraError("INVALID_CREDENTIALS", { cause });
  });
  if (!isVerified(verified)) throw new LenteraError("INVALID_CREDENTIALS");
  return verified;
}

function isVerified<Verified extends { verified: boolean }>(
  verification: Verified,
): verification is Verified & { verified: true } {
  return verification.verified;
}
