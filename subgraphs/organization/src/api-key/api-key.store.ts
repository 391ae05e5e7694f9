import type { PageQuery } from "@lentera/kit";
import type { Prisma } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";
import type { ApiUsageEntryInput } from "./api-key.input.js";
import { LAST_USE_PRECISION_MS } from "./api-key.rules.js";

/** All but the hashes, which nothing outside this file reads. */
const SHOWN = {
  id: true,
  organizationId: true,
  name: true,
  prefix: true,
  scopes: true,
  mode: true,
  createdAt: true,
  expiresAt: true,
  previousExpiresAt: true,
  revokedAt: true,
  lastUsedAt: true,
} as const;

export function insertKey(tx: Transaction, data: Prisma.ApiKeyUncheckedCreateInput) {
  return tx.apiKey.create({ data, select: SHOWN });
}
export type ApiKeyRow = Awaited<ReturnType<typeof insertKey>>;

export function findKeyPage(tx: Transaction, organizationId: string, page: PageQuery): Promise<ApiKeyRow[]> {
  return tx.apiKey.findMany({ ...page, where: { AND: [{ organizationId }, page.where] }, select: SHOWN });
}

export function countKeys(tx: Transaction, organizationId: string): Promise<number> {
  return tx.apiKey.count({ where: { organizationId } });
}

export function findKey(tx: Transaction, organizationId: string, id: string): Promise<ApiKeyRow | null> {
  return tx.apiKey.findFirst({ where: { id, organizationId }, select: SHOWN });
}

export async function lockKey(tx: Transaction, organizationId: string, id: string): Promise<ApiKeyRow | null> {
  await tx.$queryRaw`select from api_keys where id = ${id}::uuid for update`;
  return findKey(tx, organizationId, id);
}

/** The new secret takes the place of the present one, which becomes the previous one; the one before that ends. */
export async function replaceSecret(
  tx: Transaction,
  id: string,
  fresh: { prefix: string; secretHash: Uint8Array<ArrayBuffer>; previousExpiresAt: Date },
): Promise<void> {
  await tx.$executeRaw`
    update api_keys set previous_secret_hash = secret_hash, previous_expires_at = ${fresh.previousExpiresAt},
      secret_hash = ${fresh.secretHash}, prefix = ${fresh.prefix}
    where id = ${id}::uuid`;
}

export function markRevoked(tx: Transaction, id: string, revokedAt: Date): Promise<ApiKeyRow> {
  return tx.apiKey.update({ where: { id }, data: { revokedAt }, select: SHOWN });
}

/** The key of a secret, present or previous. */
export async function findKeyBySecret(
  tx: Transaction,
  hash: Uint8Array<ArrayBuffer>,
): Promise<(ApiKeyRow & { isPrevious: boolean }) | null> {
  const key = await tx.apiKey.findFirst({
    where: { OR: [{ secretHash: hash }, { previousSecretHash: hash }] },
    select: { ...SHOWN, secretHash: true },
  });
  return key && { ...key, isPrevious: !Buffer.from(key.secretHash).equals(hash) };
}

/** Nothing is written when the last use was noted less than a minute ago. */
export async function noteUse(tx: Transaction, id: string, now: Date): Promise<void> {
  const stale = new Date(now.getTime() - LAST_USE_PRECISION_MS);
  await tx.apiKey.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: stale } }] },
    data: { lastUsedAt: now },
  });
}

/** Adds what keys did to their days. Keys that do not exist are passed over. */
export async function addUsage(tx: Transaction, entries: readonly ApiUsageEntryInput[]): Promise<void> {
  const json = JSON.stringify(entries);
  await tx.$executeRaw`
    insert into api_key_usage as known (api_key_id, day, request_count, error_count)
    select k.id, e.day, sum(e.requests), sum(e.errors)
    from jsonb_to_recordset(${json}::jsonb) as e("apiKeyId" uuid, day date, requests int, errors int)
    join api_keys k on k.id = e."apiKeyId"
    group by 1, 2 order by 1, 2
    on conflict (api_key_id, day) do update
      set request_count = known.request_count + excluded.request_count,
          error_count = known.error_count + excluded.error_count`;
  await tx.$executeRaw`
    insert into api_key_deprecated_fields as known (api_key_id, field, count, last_used_on)
    select k.id, f.field, sum(f.count), max(e.day)
    from jsonb_to_recordset(${json}::jsonb) as e("apiKeyId" uuid, day date, "deprecatedFields" jsonb)
    cross join jsonb_to_recordset(e."deprecatedFields") as f(field text, count int)
    join api_keys k on k.id = e."apiKeyId"
    group by 1, 2 order by 1, 2
    on conflict (api_key_id, field) do update
      set count = known.count + excluded.count, last_used_on = greatest(known.last_used_on, excluded.last_used_on)`;
}

export function findUsage(tx: Transaction, keyIds: readonly string[], since: Date) {
  return tx.apiKeyUsage.findMany({
    where: { apiKeyId: { in: [...keyIds] }, day: { gt: since } },
    orderBy: { day: "desc" },
  });
}

export interface DeprecatedFieldRow {
  readonly apiKeyId: string;
  readonly field: string;
  readonly count: number;
  readonly lastUsedOn: Date;
}

/** The latest fields of each key. */
export function findDeprecatedFields(
  tx: Transaction,
  keyIds: readonly string[],
  limit: number,
): Promise<DeprecatedFieldRow[]> {
  return tx.$queryRaw`
    select f.* from unnest(${[...keyIds]}::uuid[]) as key(id)
    cross join lateral (
      select api_key_id as "apiKeyId", field, count, last_used_on as "lastUsedOn"
      from api_key_deprecated_fields where api_key_id = key.id
      order by last_used_on desc, field limit ${limit}
    ) f`;
}
