import { LenteraError } from "@lentera/kit";
import type { GuardianLinkStatus } from "@lentera/prisma/organization";

export const PAIRING_CODE_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;
/** Wrong codes that one guardian may enter within an hour. */
export const MAXIMUM_WRONG_CODES = 5;
/** Requests that one guardian may make within an hour. */
export const MAXIMUM_REQUESTS = 10;
export const ATTEMPT_WINDOW_MS = 60 * 60 * 1000;
/** A guardian whom the student sent away may ask again by e-mail after this long; a code from the student works at once. */
export const ASK_AGAIN_AFTER_MS = 30 * 24 * 60 * 60 * 1000;
/** What a student who turned 18 does not confirm within this time ends. */
export const RECONSENT_WINDOW_MS = 30 * 24 * 60 * 60 * 1000;

/** REQUEST and PAIR are the guardian's, VERIFY and REJECT the student's, REVOKE either's. */
export type GuardianLinkMove = "REQUEST" | "PAIR" | "VERIFY" | "REJECT" | "REVOKE";

/**
 * ```
 *            REQUEST              VERIFY, PAIR
 *  (none) ------------> PENDING ---------------> VERIFIED
 *     |                  |    |                   ^  |
 *     | PAIR      REJECT |    | REVOKE     PAIR   |  | REVOKE
 *     +--> VERIFIED      v    v                   |  v
 *                  REJECTED  REVOKED <------------+--+
 *            (REQUEST leads from both back to PENDING, PAIR to VERIFIED)
 * ```
 */
const MOVES: Record<GuardianLinkStatus, Partial<Record<GuardianLinkMove, GuardianLinkStatus>>> = {
  PENDING: { PAIR: "VERIFIED", VERIFY: "VERIFIED", REJECT: "REJECTED", REVOKE: "REVOKED" },
  VERIFIED: { REVOKE: "REVOKED" },
  REJECTED: { REQUEST: "PENDING", PAIR: "VERIFIED" },
  REVOKED: { REQUEST: "PENDING", PAIR: "VERIFIED" },
};

/** @returns the state after a move. @throws ILLEGAL_STATE when the move is not legal in this state */
export function moved(status: GuardianLinkStatus, move: GuardianLinkMove): GuardianLinkStatus {
  const next = MOVES[status][move];
  if (next === undefined) throw new LenteraError("ILLEGAL_STATE");
  return next;
}

/** Whether a guardian who asks by e-mail reaches the student: not while a link lives, not soon after it was ended. */
export function mayRequest(
  link: { readonly status: GuardianLinkStatus; readonly endedAt: Date | null } | null,
  now: Date,
): boolean {
  if (link === null) return true;
  if (MOVES[link.status].REQUEST === undefined) return false;
  return link.endedAt === null || now.getTime() - link.endedAt.getTime() >= ASK_AGAIN_AFTER_MS;
}
