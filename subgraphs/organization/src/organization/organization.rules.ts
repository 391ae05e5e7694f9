import { type ErrorCode, LenteraError } from "@lentera/kit";
import type { OrganizationStatus } from "@lentera/prisma/organization";

/** Why members of such an organization cannot change anything; undefined for those that work (C-14: trials do). */
const REFUSALS: Record<OrganizationStatus, ErrorCode | undefined> = {
  TRIAL: undefined,
  ACTIVE: undefined,
  SUSPENDED: "TENANT_SUSPENDED",
  EXPIRED: "SUBSCRIPTION_EXPIRED",
};

/** Whether members of such an organization can change anything. */
export function isWorking(status: OrganizationStatus): boolean {
  return REFUSALS[status] === undefined;
}

/** @throws TENANT_SUSPENDED for a suspended, SUBSCRIPTION_EXPIRED for an expired organization */
export function requireWorking(status: OrganizationStatus): void {
  const refusal = REFUSALS[status];
  if (refusal !== undefined) throw new LenteraError(refusal);
}

/**
 * ```
 * TRIAL, ACTIVE, EXPIRED --suspend--> SUSPENDED --reactivate--> ACTIVE
 * EXPIRED --reactivate--> ACTIVE
 * ```
 */
const MOVES: Record<"suspend" | "reactivate", readonly OrganizationStatus[]> = {
  suspend: ["TRIAL", "ACTIVE", "EXPIRED"],
  reactivate: ["SUSPENDED", "EXPIRED"],
};

/** @throws ILLEGAL_STATE when the organization cannot make this move */
export function statusAfter(move: "suspend" | "reactivate", status: OrganizationStatus): OrganizationStatus {
  if (!MOVES[move].includes(status)) throw new LenteraError("ILLEGAL_STATE");
  return move === "suspend" ? "SUSPENDED" : "ACTIVE";
}
