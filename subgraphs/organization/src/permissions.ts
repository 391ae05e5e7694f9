import type { Role } from "@lentera/kit";

/**
 * The permission catalogue: CHECKLIST 003-25 with the features since. A role is a set of permissions and nothing
 * else; what is not listed is denied (C-05, C-06), and VIEWER only reads.
 */
const PLATFORM = [
  "platform:read",
  "system:settings",
  "system:logs",
  "system:health",
  "admins:read",
  "admins:manage",
  "users:impersonate",
  "payouts:approve",
  "credits:manage",
  "banks:manage",
] as const;
const READ = ["organization:read", "classes:read", "students:read", "attempts:read", "reports:read"] as const;
const TEACH = [
  "tryouts:create",
  "questions:read",
  "questions:write",
  "questions:review",
  "goals:set",
  "messages:send",
] as const;
const MANAGE = [
  "organization:update",
  "users:read",
  "users:create",
  "users:update",
  "users:delete",
  "students:create",
  "students:update",
  "students:delete",
  "classes:manage",
  "api-keys:manage",
  "audit:read",
  "sync:manage",
  "webhooks:manage",
  "payments:read",
  "payments:create",
  "payments:refund",
  "revenue:read",
  "loans:review",
] as const;
const TENANTS = ["tenants:read", "tenants:create", "tenants:update", "tenants:delete", "tenants:suspend"] as const;

const PERMISSIONS: Record<Role, readonly string[]> = {
  PLATFORM_ADMIN: [...PLATFORM, ...TENANTS, ...MANAGE, ...READ, ...TEACH],
  OWNER: [...MANAGE, ...READ, ...TEACH],
  ADMIN: [...MANAGE.filter((permission) => permission !== "payments:refund"), ...READ, ...TEACH],
  TEACHER: [...READ, ...TEACH],
  STAFF: ["organization:read", "classes:read", "students:read", "students:create", "students:update", "payments:read"],
  VIEWER: READ,
  STUDENT: ["attempts:create", "messages:send"],
  GUARDIAN: ["messages:send"],
  TUTOR: ["messages:send"],
  BUSINESS_OWNER: ["messages:send"],
};

/** @returns the permissions of a role, sorted, each once */
export function permissionsOf(role: Role): string[] {
  return [...new Set(PERMISSIONS[role])].toSorted();
}

/** What a member may do: the custom permissions, or those of the role when there are none. Sorted, each once. */
export function effectivePermissions(role: Role, custom: readonly string[]): string[] {
  return custom.length === 0 ? permissionsOf(role) : [...new Set(custom)].toSorted();
}

/** Roles that may read other members' records of their organization. */
export function isStaff(role: Role): boolean {
  return ["OWNER", "ADMIN", "TEACHER", "STAFF", "VIEWER"].includes(role);
}

/** What an integrator's key may be given at all: records of the organization, no money, no members, no keys. */
export const INTEGRATOR_PERMISSIONS: readonly string[] = [
  ...READ,
  "students:create",
  "students:update",
  "classes:manage",
  "tryouts:create",
  "payments:read",
  "webhooks:manage",
];
