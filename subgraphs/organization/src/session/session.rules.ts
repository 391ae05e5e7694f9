import type { AccessTokenClaims, Role } from "@lentera/kit";
import type { PlatformRole } from "@lentera/prisma/organization";
import { effectivePermissions, isStaff } from "../permissions.js";
import { platformPermissionsOf } from "../platform-admin/platform-admin.permissions.js";

export const ACCESS_TOKEN_LIFETIME_MS = 15 * 60 * 1000;
export const REFRESH_TOKEN_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** For so long the answer of an exchange can be asked for again, should it have been lost on its way. */
const EXCHANGE_REPEATS_FOR_MS = 60_000;

export interface RefreshTokenFacts {
  readonly usedAt: Date | null;
  /** SHA-256 of the key of the exchange that used it; null without a key, and since its successor was used. */
  readonly exchangeKeyHash: Uint8Array | null;
  readonly expiresAt: Date;
  readonly sessionRevokedAt: Date | null;
}

/**
 * What to do with a presented refresh token. A used one is in two hands: the family ends, whoever presents it
 * (RFC 9700, section 4.14), but for who knows the key of the very exchange and may have missed its answer.
 */
export function judgeRefreshToken(
  token: RefreshTokenFacts,
  keyHash: Uint8Array | null,
  now: Date,
): "ROTATE" | "REPEAT" | "REVOKE_FAMILY" | "REVOKED" | "EXPIRED" {
  if (token.sessionRevokedAt !== null) return "REVOKED";
  if (token.usedAt !== null) {
    const recent = now.getTime() - token.usedAt.getTime() <= EXCHANGE_REPEATS_FOR_MS;
    return recent && isSame(token.exchangeKeyHash, keyHash) ? "REPEAT" : "REVOKE_FAMILY";
  }
  if (token.expiresAt <= now) return "EXPIRED";
  return "ROTATE";
}

function isSame(stored: Uint8Array | null, given: Uint8Array | null): boolean {
  return stored !== null && given !== null && Buffer.compare(stored, given) === 0;
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

/** The organization for which a session acts: as chosen, else the first where the person works, else learns. */
function actsFor(
  { memberships, enrollments }: PersonFacts,
  chosenId: string | null,
): { readonly organizationId: string | null; readonly membership: PersonFacts["memberships"][number] | undefined } {
  const isChosen = ({ organizationId }: { organizationId: string }): boolean => organizationId === chosenId;
  const membership = memberships.find(isChosen);
  if (membership === undefined && enrollments.some(isChosen)) return { organizationId: chosenId, membership };
  const place = membership ?? memberships[0];
  return { organizationId: place?.organizationId ?? enrollments[0]?.organizationId ?? null, membership: place };
}

/** Whether the person works or learns there. */
export function mayActFor(person: PersonFacts, organizationId: string): boolean {
  return actsFor(person, organizationId).organizationId === organizationId;
}

/**
 * What a person's access token says.
 * @param chosenId the organization for which the session is to act, if the person still works or learns there
 */
export function claimsFor(person: PersonFacts, sessionId: string, chosenId: string | null): AccessTokenClaims {
  const { organizationId, membership } = actsFor(person, chosenId);
  const role = membership?.role ?? roleWithoutMembership(person);
  const { platformAdmin } = person;
  return {
    sub: person.id,
    sid: sessionId,
    org: organizationId,
    role,
    permissions:
      role === "PLATFORM_ADMIN"
        ? platformPermissionsOf(platformAdmin?.role)
        : effectivePermissions(role, membership?.permissions ?? []),
    staff: membership !== undefined && isStaff(role),
  };
}

/** Past row level security go only those who are platform admins now; who only learns somewhere is no staff there. */
function roleWithoutMembership({ role, platformAdmin, memberships }: PersonFacts): Role {
  if (isStaff(role) && memberships.length > 0) return "STUDENT";
  return role === "PLATFORM_ADMIN" && platformAdmin?.isActive !== true ? "VIEWER" : role;
}
