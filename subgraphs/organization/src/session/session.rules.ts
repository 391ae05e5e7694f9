import type { AccessTokenClaims, Role } from "@lentera/kit";
import type { PlatformRole } from "@lentera/prisma/organization";
import { effectivePermissions, isStaff } from "../permissions.js";
import { platformPermissionsOf } from "../platform-admin/platform-admin.permissions.js";

export const ACCESS_TOKEN_LIFETIME_MS = 15 * 60 * 1000;
export const REFRESH_TOKEN_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

export interface RefreshTokenFacts {
  readonly usedAt: Date | null;
  readonly expiresAt: Date;
  readonly sessionRevokedAt: Date | null;
}

/**
 * What to do with a presented refresh token. A used one is in two hands: the family ends, whoever presents it
 * (RFC 9700, section 4.14).
 */
export function judgeRefreshToken(
  token: RefreshTokenFacts,
  now: Date,
): "ROTATE" | "REVOKE_FAMILY" | "REVOKED" | "EXPIRED" {
  if (token.sessionRevokedAt !== null) return "REVOKED";
  if (token.usedAt !== null) return "REVOKE_FAMILY";
  if (token.expiresAt <= now) return "EXPIRED";
  return "ROTATE";
}

export interface PersonFacts {
  readonly id: string;
  readonly role: Role;
  /** Organizations in which the person works, oldest first. */
  readonly memberships: readonly {
    readonly organizationId: string;
    readonly role: Role;
    /** Instead of those of the role; empty means those of the role. */
    readonly permissions: readonly string[];
  }[];
  /** Organizations in which the person learns, oldest first. */
  readonly enrollments: readonly { readonly organizationId: string }[];
  /** What a platform admin may do; null for everybody else. */
  readonly platformAdmin: { readonly role: PlatformRole; readonly isActive: boolean } | null;
}

/** What a person's access token says: they act for the organization where they work, else where they learn. */
export function claimsFor(person: PersonFacts, sessionId: string): AccessTokenClaims {
  const [membership] = person.memberships;
  const role = membership?.role ?? roleWithoutMembership(person);
  const { platformAdmin } = person;
  return {
    sub: person.id,
    sid: sessionId,
    org: membership?.organizationId ?? person.enrollments[0]?.organizationId ?? null,
    role,
    permissions:
      role === "PLATFORM_ADMIN"
        ? platformPermissionsOf(platformAdmin?.role)
        : effectivePermissions(role, membership?.permissions ?? []),
    staff: membership !== undefined && isStaff(role),
  };
}

/** Past row level security go only those who are platform admins now. */
function roleWithoutMembership({ role, platformAdmin }: PersonFacts): Role {
  return role === "PLATFORM_ADMIN" && platformAdmin?.isActive !== true ? "VIEWER" : role;
}
