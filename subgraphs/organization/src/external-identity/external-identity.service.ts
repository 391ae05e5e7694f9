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
import { requirePersonThemselves } from "../account/account.policy.js";
import { accountEntry, getAccount } from "../account/account.service.js";
import { requireWayIn } from "../account/way-in.service.js";
import type { OrganizationContext } from "../context.js";
import { languageOf, sendMail } from "../mail/mail.service.js";
import { type LinkExternalIdentityInput, externalAnswerRules } from "./external-identity.input.js";
import * as store from "./external-identity.store.js";
import type {
  ExternalIdentity,
  LinkExternalIdentityPayload,
  RemoveExternalIdentityPayload,
} from "./external-identity.type.js";
import { PROVIDER_NAMES, findAttempt, link, redeem } from "./external-sign-in.service.js";

/** Oldest first. Empty unless `userId` is the viewer. */
export async function listOwnExternalIdentities(
  ctx: OrganizationContext,
  userId: string,
  args: ConnectionArguments,
): Promise<Page<ExternalIdentity>> {
  if (ctx.viewer.userId !== userId) return wholePage<ExternalIdentity>([]);
  return paginate<ExternalIdentity>({
    args,
    orderBy: [
      { field: "createdAt", direction: "asc" },
      { field: "id", direction: "asc" },
    ],
    rows: (page) => store.findPage(ctx.db, userId, page),
    count: () => store.countIdentities(ctx.db, userId),
  });
}

/**
 * Lets an account elsewhere open the caller's own. Whoever is signed in has proven that this account is theirs, so the
 * addresses need not agree.
 * @throws INVALID_CREDENTIALS for an attempt that the caller did not begin, or a wrong answer to it
 * @throws RESOURCE_ALREADY_EXISTS for an identity that is linked already, here or to somebody else
 * @throws ILLEGAL_STATE before the e-mail address is verified; VALIDATION_ERROR with every bad field
 */
export async function linkExternalIdentity(
  ctx: OrganizationContext,
  input: LinkExternalIdentityInput,
): Promise<LinkExternalIdentityPayload> {
  const { userId } = requirePersonThemselves(ctx.viewer);
  const answer = validate(externalAnswerRules, input);
  const account = await getAccount(ctx.db, userId);
  if (account.emailVerifiedAt === null) throw new LenteraError("ILLEGAL_STATE");
  const attempt = await findAttempt(ctx, answer, userId);
  const person = await redeem(ctx, attempt, answer);
  return asSystem(() =>
    ctx.transaction(async (tx) => {
      await store.lockIdentity(tx, attempt.provider, person.subject);
      const holder = await store.findHolder(tx, attempt.provider, person.subject);
      if (holder !== null) throw new LenteraError("RESOURCE_ALREADY_EXISTS");
      await store.deleteAttempt(tx, attempt.id);
      return { externalIdentity: await link(ctx, tx, userId, attempt, person) };
    }),
  );
}

/**
 * @throws NOT_FOUND for an identity that is not the caller's
 * @throws ILLEGAL_STATE when it is the caller's last way to sign in: choose a password first
 */
export async function removeExternalIdentity(
  ctx: OrganizationContext,
  externalIdentityId: string,
): Promise<RemoveExternalIdentityPayload> {
  const { userId } = requirePersonThemselves(ctx.viewer);
  return ctx.transaction(async (tx) => {
    const removed = await store.deleteIdentity(tx, userId, externalIdentityId);
    if (removed === null) throw new LenteraError("NOT_FOUND");
    await requireWayIn(tx, userId);
    const { provider } = removed;
    await audit(tx, ctx.identity, { ...accountEntry(userId, "account.identity_removed"), oldValues: { provider } });
    const account = await getAccount(tx, userId);
    await sendMail(tx, {
      to: account.email,
      template: "identity-changed",
      language: languageOf(account.language),
      values: { fullName: account.fullName, provider: PROVIDER_NAMES[provider] },
    });
    return { externalIdentityId };
  });
}
