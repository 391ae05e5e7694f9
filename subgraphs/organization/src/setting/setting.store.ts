import type { Transaction } from "../context.js";

export interface StoredSetting {
  readonly scopeId: string;
  readonly key: string;
  readonly value: unknown;
  readonly updatedAt: Date;
}

export function findSettings(
  tx: Transaction,
  scopeIds: readonly string[],
  keys: readonly string[],
): Promise<StoredSetting[]> {
  return tx.setting.findMany({ where: { scopeId: { in: [...scopeIds] }, key: { in: [...keys] } } });
}

/** Sets a value and gives the one it had, in one statement: two who set it at once each see what they replaced. */
export async function replaceSetting(tx: Transaction, setting: StoredSetting): Promise<unknown> {
  const [row] = await tx.$queryRaw<{ before: unknown }[]>`
    insert into settings (scope_id, key, value, updated_at)
    values (${setting.scopeId}::uuid, ${setting.key}, ${JSON.stringify(setting.value)}::jsonb, ${setting.updatedAt})
    on conflict (scope_id, key) do update set value = excluded.value, updated_at = excluded.updated_at
    returning old.value as before`;
  return row?.before ?? undefined;
}
