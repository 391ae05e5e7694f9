import { defineLoader } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import * as store from "./api-key.store.js";
import type { ApiKeyDeprecatedField, ApiKeyUsage } from "./api-key.type.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const MAXIMUM_FIELDS = 200;

export interface UsageKey {
  readonly apiKeyId: string;
  readonly days: number;
}

/** Latest day first. */
export const usageLoader = defineLoader<OrganizationContext, UsageKey, ApiKeyUsage[]>(async (ctx, keys) => {
  const days = Math.max(...keys.map((key) => key.days));
  const start = (count: number): Date => new Date(ctx.now().getTime() - count * DAY_MS);
  const ids = [...new Set(keys.map(({ apiKeyId }) => apiKeyId))];
  const rows = Map.groupBy(await store.findUsage(ctx.db, ids, start(days)), ({ apiKeyId }) => apiKeyId);
  return keys.map((key) =>
    (rows.get(key.apiKeyId) ?? [])
      .filter(({ day }) => day > start(key.days))
      .map(({ day, requestCount, errorCount }) => ({ day: dayOf(day), requestCount, errorCount })),
  );
});

/** Latest first, at most 200 of each key. */
export const deprecatedFieldsLoader = defineLoader<OrganizationContext, string, ApiKeyDeprecatedField[]>(
  async (ctx, ids) => {
    const rows = await store.findDeprecatedFields(ctx.db, ids, MAXIMUM_FIELDS);
    const byKey = Map.groupBy(rows, ({ apiKeyId }) => apiKeyId);
    return ids.map((id) => (byKey.get(id) ?? []).map((row) => ({ ...row, lastUsedOn: dayOf(row.lastUsedOn) })));
  },
);

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
