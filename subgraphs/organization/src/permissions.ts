import type { Role } from "@lentera/kit";

/**
 * The permission catalogue: CHECKLIST 003-25 with the features since. A role is a set of permissions and nothing
 * else; what is not listed is denied (C-05, C-06), and VIEWER only reads.
 */
const PLATFORM = ["platform:read", "system:settings", "system:logs", "system:health"] as const;
const READ = ["organization:read", "classes:read", "students:read", "attempts:read", "reports:read"] as const;
const TEACH = ["tryouts:create", "goals:set", "messages:send"] as const;
const MANAGE = [
  "users:read",
  "users:create",
  "users:update",
  "users:delete",
  "students:create",
  "students:update",
  "students:delete",
  "classes:manage",
  "payments:read",
  "payments:create",
  "payments:refund",
  "revenue:read",
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

/** Roles that may read other members' records of their organization. */
export function isStaff(role: Role): boolean {
  return ["OWNER", "ADMIN", "TEACHER", "STAFF", "VIEWER"].includes(role);
}
