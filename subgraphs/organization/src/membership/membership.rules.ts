import { LenteraError, type Role, type Viewer, invalidField } from "@lentera/kit";
import { effectivePermissions } from "../permissions.js";

/** What a member of staff can be. */
export const STAFF_ROLES = ["OWNER", "ADMIN", "TEACHER", "STAFF", "VIEWER"] as const satisfies readonly Role[];

export const INVITATION_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** A role, and the permissions that stand instead of the role's when there are any. */
export interface Grant {
  readonly role: Role;
  readonly permissions: readonly string[];
}

/**
 * Nobody gives what they do not have, and a VIEWER only reads, whatever is written beside the role (C-05).
 * @throws INSUFFICIENT_PERMISSIONS when the role, VALIDATION_ERROR when a custom permission is more than the granter has
 */
export function requireGrantable(granter: Viewer, { role, permissions }: Grant): void {
  const isOwners = role === "OWNER" && granter.role !== "OWNER" && granter.role !== "PLATFORM_ADMIN";
  const excess = effectivePermissions(role, []).some((permission) => !granter.permissions.includes(permission));
  if (isOwners || (permissions.length === 0 && excess)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const refused = permissions.findIndex(
    (permission) => !granter.permissions.includes(permission) || (role === "VIEWER" && !permission.endsWith(":read")),
  );
  if (refused >= 0)
    throw invalidField(
      `input.permissions.${refused}`,
      "INSUFFICIENT_PERMISSIONS",
      "Leave out what this role cannot have or you do not have yourself.",
    );
}

/** Whether the granter may touch this member: nobody takes from somebody who has more. */
export function canManage(granter: Viewer, { role, permissions }: Grant): boolean {
  if (role === "OWNER") return granter.role === "OWNER" || granter.role === "PLATFORM_ADMIN";
  return effectivePermissions(role, permissions).every((permission) => granter.permissions.includes(permission));
}

/** @throws ILLEGAL_STATE when the organization would have no owner any more */
export function requireAnOwner(owners: number, leaving: Grant): void {
  if (leaving.role !== "OWNER" || owners > 1) return;
  throw new LenteraError("ILLEGAL_STATE", {
    details: [
      {
        path: "input.membershipId",
        code: "ILLEGAL_STATE",
        message: "An organization keeps at least one owner: make somebody else an owner first.",
      },
    ],
  });
}

/** @throws ILLEGAL_STATE for an invitation that was accepted or revoked, TOKEN_EXPIRED after 7 days */
export function requireOpen(
  invitation: { readonly acceptedAt: Date | null; readonly revokedAt: Date | null; readonly expiresAt: Date },
  now: Date,
): void {
  if (invitation.acceptedAt !== null || invitation.revokedAt !== null) throw new LenteraError("ILLEGAL_STATE");
  if (invitation.expiresAt <= now) throw new LenteraError("TOKEN_EXPIRED");
}
