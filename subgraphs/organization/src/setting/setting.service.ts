import { LenteraError, audit, invalidField, validate } from "@lentera/kit";
import { z } from "zod";
import type { OrganizationContext, Transaction } from "../context.js";
import { CATALOGUE, SETTING_KEYS, type SettingKey, type SettingValue, isSettingKey } from "./setting.catalogue.js";
import type { UpdateSettingInput } from "./setting.input.js";
import { PLATFORM_SCOPE, canUpdate, scopeOf } from "./setting.policy.js";
import * as store from "./setting.store.js";
import type { Setting } from "./setting.type.js";

/** The value of a setting for an organization (null: of the platform). For other features of this subgraph. */
export async function settingOf<Key extends SettingKey>(
  tx: Transaction,
  key: Key,
  organizationId: string | null,
): Promise<SettingValue<Key>> {
  const { schema, otherwise, scope } = CATALOGUE[key];
  const scopeId = scope === "PLATFORM" ? PLATFORM_SCOPE : organizationId;
  const [row] = scopeId === null ? [] : await store.findSettings(tx, [scopeId], [key]);
  const known: z.ZodType<SettingValue<Key>> = schema;
  return row === undefined ? otherwise : known.parse(row.value);
}

/** All that concern the viewer: the platform's, and with an organization its own. In the order of the catalogue. */
export async function listSettings(ctx: OrganizationContext): Promise<Setting[]> {
  const keys = SETTING_KEYS.filter((key) => scopeOf(ctx.viewer, key) !== null);
  const scopeIds = [PLATFORM_SCOPE, ...(ctx.viewer.organizationId === null ? [] : [ctx.viewer.organizationId])];
  const rows = new Map((await store.findSettings(ctx.db, scopeIds, keys)).map((row) => [row.key, row]));
  return keys.map((key) => toSetting(ctx, key, rows.get(key)));
}

/**
 * Sets a value for the platform, or for the viewer's organization.
 * @throws NOT_FOUND for an unknown key; INSUFFICIENT_PERMISSIONS
 * @throws VALIDATION_ERROR for a value that the setting does not take
 */
export async function updateSetting(ctx: OrganizationContext, { key, value }: UpdateSettingInput): Promise<Setting> {
  if (!isSettingKey(key)) throw invalidField("input.key", "NOT_FOUND", "There is no such setting.");
  const scopeId = scopeOf(ctx.viewer, key);
  if (!canUpdate(ctx.viewer, key) || scopeId === null) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const { value: valid } = validate(z.object({ value: CATALOGUE[key].schema }), { value });
  const row = { scopeId, key, value: valid, updatedAt: ctx.now() };
  return ctx.transaction(async (tx) => {
    const before = await store.replaceSetting(tx, row);
    await audit(tx, ctx.identity, {
      action: "setting.updated",
      entityType: "Setting",
      entityId: key,
      organizationId: scopeId === PLATFORM_SCOPE ? null : scopeId,
      oldValues: { value: before ?? CATALOGUE[key].otherwise },
      newValues: { value: valid },
    });
    return toSetting(ctx, key, row);
  });
}

function toSetting(ctx: OrganizationContext, key: SettingKey, row: store.StoredSetting | undefined): Setting {
  const { scope, otherwise, description } = CATALOGUE[key];
  return {
    key,
    scope,
    description,
    value: row === undefined ? otherwise : row.value,
    defaultValue: otherwise,
    updatedAt: row?.updatedAt ?? null,
    viewerCanUpdate: canUpdate(ctx.viewer, key),
  };
}
