import { z } from "zod";

/** One thing that can be set, and by whom. */
interface SettingDefinition<Value> {
  /** PLATFORM: one value for all. ORGANIZATION: one value for each organization. */
  readonly scope: "PLATFORM" | "ORGANIZATION";
  readonly schema: z.ZodType<Value>;
  readonly otherwise: Value;
  /** Who may change it. */
  readonly permission: "system:settings" | "organization:update";
  readonly description: string;
}

function platform<Value>(schema: z.ZodType<Value>, otherwise: Value, description: string): SettingDefinition<Value> {
  return { scope: "PLATFORM", schema, otherwise, permission: "system:settings", description };
}

function ofOrganization<Value>(
  schema: z.ZodType<Value>,
  otherwise: Value,
  description: string,
): SettingDefinition<Value> {
  return { scope: "ORGANIZATION", schema, otherwise, permission: "organization:update", description };
}

const text = z.string().max(500, "A text has at most 500 characters.");
const email = z.email("This is not an e-mail address.");
const month = z.int().min(1, "Months go from 1 to 12.").max(12, "Months go from 1 to 12.");

/** Every setting there is, by key. A key never changes its meaning. */
export const CATALOGUE = {
  "platform.announcement": platform(text, "", "A line above every dashboard; empty for none."),
  "platform.support-email": platform(email, "support@lentera.invalid", "Where people who need help write to."),
  "platform.sign-up-open": platform(z.boolean(), true, "Whether new people can sign up by themselves."),
  "organization.academic-year-start": ofOrganization(month, 7, "The month in which the academic year begins."),
  "organization.leaderboard-visible": ofOrganization(z.boolean(), true, "Whether students see the leaderboard."),
  "organization.report-footer": ofOrganization(text, "", "The last line on every page of a report."),
} as const;

export type SettingKey = keyof typeof CATALOGUE;
/** The type of a setting's value. */
export type SettingValue<Key extends SettingKey> = (typeof CATALOGUE)[Key]["otherwise"];

export const SETTING_KEYS: readonly SettingKey[] = z
  .array(z.custom<SettingKey>(isSettingKey))
  .parse(Object.keys(CATALOGUE));

export function isSettingKey(key: unknown): key is SettingKey {
  return typeof key === "string" && Object.hasOwn(CATALOGUE, key);
}
