import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  audit,
  emit,
  invalidField,
  paginate,
  requirePermission,
  requireSignedIn,
  validate,
  refuseWhileImpersonating,
} from "@lentera/kit";
import type { OrganizationContext, Transaction } from "../context.js";
import { apiKeyCreated, apiKeyRevoked } from "../events.js";
import { isWellFormed, newApiKey, prefixOf, secretHash } from "./api-key-secret.js";
import {
  type CreateApiKeyInput,
  type RecordApiUsageInput,
  type RerollApiKeyInput,
  createApiKeyRules,
  rerollApiKeyRules,
} from "./api-key.input.js";
import { requireWorkingOrganization } from "../organization/organization.service.js";
import { usageLoader } from "./api-key.loader.js";
import { isGood } from "./api-key.rules.js";
import * as store from "./api-key.store.js";
import type { ApiKeyClaims, ApiKeyUsage, CreateApiKeyPayload, RerollApiKeyPayload } from "./api-key.type.js";

const HOUR_MS = 60 * 60 * 1000;
const MAXIMUM_DAYS = 366;

/**
 * Makes a key for the viewer's organization. The secret is shown once and kept as a hash.
 * @throws INSUFFICIENT_PERMISSIONS without `api-keys:manage`; VALIDATION_ERROR for scopes that the viewer does not have
 */
export async function createApiKey(ctx: OrganizationContext, input: CreateApiKeyInput): Promise<CreateApiKeyPayload> {
  const { userId, organizationId } = requireManager(ctx);
  refuseWhileImpersonating(ctx);
  const parsed = validate(createApiKeyRules(ctx.viewer.permissions, ctx.now()), input);
  const { idempotencyKey: key, ...wanted } = parsed;
  const fresh = newApiKey(wanted.mode);
  let secret: string | null = null;
  const { id } = await ctx.transactionOnce({ command: "createApiKey", key, input: wanted }, async (tx) => {
    await requireWorkingOrganization(ctx, tx);
    const hashed = { prefix: prefixOf(fresh), secretHash: secretHash(fresh) };
    const row = await store.insertKey(tx, { ...wanted, ...hashed, organizationId, createdById: userId });
    const { name, scopes, mode } = row;
    await writeDown(ctx, tx, "api_key.created", row.id, { name, scopes, mode, expiresAt: row.expiresAt });
    await emit(tx, apiKeyCreated, { apiKeyId: row.id, organizationId, name, scopes, isTest: mode === "TEST" });
    secret = fresh;
    return { id: row.id };
  });
  return { apiKey: await getApiKey(ctx, id), secret };
}

/**
 * Gives a key a new secret; the present one goes on working for up to 72 hours.
 * @throws NOT_FOUND for another organization's key, ILLEGAL_STATE for a revoked or expired one
 */
export async function rerollApiKey(ctx: OrganizationContext, input: RerollApiKeyInput): Promise<RerollApiKeyPayload> {
  const { organizationId } = requireManager(ctx);
  refuseWhileImpersonating(ctx);
  const { idempotencyKey, ...wanted } = validate(rerollApiKeyRules, input);
  const once = { command: "rerollApiKey", key: idempotencyKey, input: wanted };
  let secret: string | null = null;
  await ctx.transactionOnce(once, async (tx) => {
    await requireWorkingOrganization(ctx, tx);
    const key = await store.lockKey(tx, organizationId, wanted.id);
    if (key === null) throw new LenteraError("NOT_FOUND");
    if (!isGood(key, false, ctx.now())) throw new LenteraError("ILLEGAL_STATE");
    const fresh = newApiKey(key.mode);
    const previousExpiresAt = new Date(ctx.now().getTime() + wanted.graceHours * HOUR_MS);
    const hashed = { prefix: prefixOf(fresh), secretHash: secretHash(fresh) };
    await store.replaceSecret(tx, key.id, { ...hashed, previousExpiresAt });
    await writeDown(ctx, tx, "api_key.rerolled", key.id, { previousExpiresAt });
    secret = fresh;
    return {};
  });
  return { apiKey: await getApiKey(ctx, wanted.id), secret };
}

/** Ends a key, its previous secret too. @throws NOT_FOUND for another organization's, ILLEGAL_STATE for a revoked one */
export function revokeApiKey(ctx: OrganizationContext, id: string): Promise<store.ApiKeyRow> {
  const { organizationId } = requireManager(ctx);
  refuseWhileImpersonating(ctx);
  return ctx.transaction(async (tx) => {
    const key = await store.lockKey(tx, organizationId, id);
    if (key === null) throw new LenteraError("NOT_FOUND");
    if (key.revokedAt !== null) throw new LenteraError("ILLEGAL_STATE");
    await writeDown(ctx, tx, "api_key.revoked", id);
    await emit(tx, apiKeyRevoked, { apiKeyId: id, organizationId });
    return store.markRevoked(tx, id, ctx.now());
  });
}

/** The keys of the viewer's organization, newest first. @throws INSUFFICIENT_PERMISSIONS without `api-keys:manage` */
export function listApiKeys(ctx: OrganizationContext, args: ConnectionArguments): Promise<Page<store.ApiKeyRow>> {
  const { organizationId } = requireManager(ctx);
  return paginate<store.ApiKeyRow>({
    args,
    orderBy: [
      { field: "createdAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (page) => store.findKeyPage(ctx.db, organizationId, page),
    count: () => store.countKeys(ctx.db, organizationId),
  });
}

/** @throws NOT_FOUND for another organization's key, INSUFFICIENT_PERMISSIONS without `api-keys:manage` */
export async function getApiKey(ctx: OrganizationContext, id: string): Promise<store.ApiKeyRow> {
  const { organizationId } = requireManager(ctx);
  const key = await store.findKey(ctx.db, organizationId, id);
  if (key === null) throw new LenteraError("NOT_FOUND");
  return key;
}

/** What a key did on each of the last days, latest first. @throws VALIDATION_ERROR unless 1 <= days <= 366 */
export async function listUsage(ctx: OrganizationContext, apiKeyId: string, days: number): Promise<ApiKeyUsage[]> {
  if (days < 1 || days > MAXIMUM_DAYS)
    throw invalidField("days", "INVALID_FORMAT", `\`days\` is a number from 1 to ${MAXIMUM_DAYS}.`);
  return usageLoader(ctx).load({ apiKeyId, days });
}

/**
 * Who the bearer of a secret is, for the gateway alone; null for a secret that is unknown, revoked or expired.
 * @throws INSUFFICIENT_PERMISSIONS for everybody else
 */
export async function authenticateApiKey(ctx: OrganizationContext, secret: string): Promise<ApiKeyClaims | null> {
  requireGateway(ctx);
  if (!isWellFormed(secret)) return null;
  const now = ctx.now();
  const key = await store.findKeyBySecret(ctx.db, secretHash(secret));
  if (key === null || !isGood(key, key.isPrevious, now)) return null;
  await store.noteUse(ctx.db, key.id, now);
  const { id: apiKeyId, organizationId, scopes, mode } = key;
  return { apiKeyId, organizationId, permissions: scopes, isTest: mode === "TEST" };
}

/** Adds up what keys did; a batch counts once. @throws INSUFFICIENT_PERMISSIONS for all but the gateway */
export async function recordApiUsage(
  ctx: OrganizationContext,
  { entries, idempotencyKey }: RecordApiUsageInput,
): Promise<void> {
  requireGateway(ctx);
  const once = { command: "recordApiUsage", key: idempotencyKey, input: entries };
  await ctx.transactionOnce(once, async (tx) => {
    await store.addUsage(tx, entries);
    return {};
  });
}

/** Keys are managed by people, not by keys. */
function requireManager(ctx: OrganizationContext): { userId: string; organizationId: string } {
  const { userId, organizationId } = requireSignedIn(ctx.viewer);
  requirePermission(ctx.viewer, "api-keys:manage");
  if (organizationId === null) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  return { userId, organizationId };
}

function requireGateway(ctx: OrganizationContext): void {
  if (ctx.viewer.kind !== "SYSTEM") throw new LenteraError("INSUFFICIENT_PERMISSIONS");
}

async function writeDown(
  ctx: OrganizationContext,
  tx: Transaction,
  action: string,
  entityId: string,
  newValues?: object,
): Promise<void> {
  await audit(tx, ctx.identity, { action, entityType: "ApiKey", entityId, ...(newValues && { newValues }) });
}
