import { LenteraError } from "@lentera/kit";
import type { OrganizationPlan } from "@lentera/prisma/organization";

/** What a plan can switch on. */
export const OrganizationFeature = {
  STUDENT_MANAGEMENT: "STUDENT_MANAGEMENT",
  BASIC_ANALYTICS: "BASIC_ANALYTICS",
  CUSTOM_TRYOUTS: "CUSTOM_TRYOUTS",
  ADVANCED_ANALYTICS: "ADVANCED_ANALYTICS",
  API_ACCESS: "API_ACCESS",
  WHITE_LABEL: "WHITE_LABEL",
} as const;
export type OrganizationFeature = keyof typeof OrganizationFeature;

/** How many active students, members of staff and active classes an organization may have. */
export interface Limits {
  readonly maxStudents: number;
  readonly maxStaff: number;
  readonly maxClasses: number;
}

const { STUDENT_MANAGEMENT, BASIC_ANALYTICS, CUSTOM_TRYOUTS, ADVANCED_ANALYTICS, API_ACCESS, WHITE_LABEL } =
  OrganizationFeature;

/** The plans (CHECKLIST 000-48, 003-01): an organization starts with these limits, the platform can agree on others. */
export const PLANS: Record<OrganizationPlan, Limits & { readonly features: readonly OrganizationFeature[] }> = {
  BASIC: { maxStudents: 50, maxStaff: 10, maxClasses: 10, features: [STUDENT_MANAGEMENT, BASIC_ANALYTICS] },
  PREMIUM: {
    maxStudents: 1000,
    maxStaff: 100,
    maxClasses: 100,
    features: [STUDENT_MANAGEMENT, BASIC_ANALYTICS, CUSTOM_TRYOUTS, ADVANCED_ANALYTICS],
  },
  ENTERPRISE: {
    maxStudents: 100_000,
    maxStaff: 1000,
    maxClasses: 1000,
    features: [STUDENT_MANAGEMENT, BASIC_ANALYTICS, CUSTOM_TRYOUTS, ADVANCED_ANALYTICS, API_ACCESS, WHITE_LABEL],
  },
};

/** @param overrides feature -> boolean, where the organization differs from its plan */
export function featuresOf(plan: OrganizationPlan, overrides: unknown): OrganizationFeature[] {
  const differences = new Map<string, unknown>(
    typeof overrides === "object" && overrides !== null ? Object.entries(overrides) : [],
  );
  return Object.values(OrganizationFeature).filter(
    (feature) => differences.get(feature) ?? PLANS[plan].features.includes(feature),
  );
}

const COUNTED: Record<keyof Limits, string> = {
  maxStudents: "active students",
  maxStaff: "members of staff",
  maxClasses: "active classes",
};

/** @throws LIMIT_EXCEEDED, with the limit in its details, when `used` and `adding` together are more than it allows */
export function requireRoom(limits: Limits, limit: keyof Limits, used: number, adding = 1): void {
  if (used + adding <= limits[limit]) return;
  throw limitExceeded(
    `organization.${limit}`,
    `The plan allows ${limits[limit]} ${COUNTED[limit]}: end some or choose a larger plan.`,
  );
}

/** @throws LIMIT_EXCEEDED, with the feature in its details, when the organization does not have it */
export function requireFeature(
  organization: { readonly plan: OrganizationPlan; readonly features: unknown },
  feature: OrganizationFeature,
): void {
  if (featuresOf(organization.plan, organization.features).includes(feature)) return;
  throw limitExceeded(
    `organization.features.${feature}`,
    `The plan does not include ${feature}: choose a plan that does.`,
  );
}

/** One limit that was reached. */
export function limitExceeded(path: string, message: string): LenteraError {
  return new LenteraError("LIMIT_EXCEEDED", { details: [{ path, code: "LIMIT_EXCEEDED", message }] });
}
