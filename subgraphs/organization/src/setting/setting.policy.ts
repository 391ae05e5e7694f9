import type { Viewer } from "@lentera/kit";
import { CATALOGUE, type SettingKey } from "./setting.catalogue.js";

/** The rows of the platform's settings have it instead of an organization's id. */
export const PLATFORM_SCOPE = "00000000-0000-0000-0000-000000000000";

/** Whose value of a setting the viewer means; null for an organization's setting without an organization. */
export function scopeOf(viewer: Viewer, key: SettingKey): string | null {
  return CATALOGUE[key].scope === "PLATFORM" ? PLATFORM_SCOPE : viewer.organizationId;
}

export function canUpdate(viewer: Viewer, key: SettingKey): boolean {
  return viewer.permissions.includes(CATALOGUE[key].permission) && scopeOf(viewer, key) !== null;
}
