import type { PlatformRole } from "@lentera/prisma/organization";
import { permissionsOf } from "../permissions.js";

/**
 * What each role of the platform's own people may do (CHECKLIST 003-25); what is not listed is denied. Only who may
 * change a person's records may act as that person; analysts see numbers, not people (C-06).
 */
const PERMISSIONS: Record<PlatformRole, readonly string[]> = {
  SUPER_ADMIN: permissionsOf("PLATFORM_ADMIN"),
  ADMIN: [
    "platform:read",
    "users:read",
    "users:create",
    "users:update",
    "users:impersonate",
    "tenants:read",
    "tenants:update",
    "students:read",
    "students:create",
    "students:update",
    "payments:read",
    "revenue:read",
    "audit:read",
    "admins:read",
    "system:health",
  ],
  SUPPORT: ["platform:read", "users:read", "tenants:read", "students:read", "payments:read"],
  ANALYST: ["platform:read", "revenue:read"],
};

/** @returns the permissions of one of the platform's own people, sorted; none for anybody else */
export function platformPermissionsOf(role: PlatformRole | undefined): string[] {
  return role === undefined ? [] : PERMISSIONS[role].toSorted();
}
