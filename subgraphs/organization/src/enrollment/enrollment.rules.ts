import { LenteraError } from "@lentera/kit";
import type { EnrollmentStatus } from "@lentera/prisma/organization";

export type EnrollmentMove = "accept" | "invite" | "end" | "resume" | "transfer";

/**
 * ```
 * INVITED --accept--> ACTIVE --end--> INACTIVE, GRADUATED, TRANSFERRED
 * INACTIVE --resume--> ACTIVE
 * INACTIVE, GRADUATED, TRANSFERRED --invite--> INVITED
 * ```
 * An account that existed before is only ever INVITED: until its holder accepts, the organization sees nothing of it. Who
 * declines, or whose invitation is withdrawn, has no enrollment any more.
 */
const MOVES: Record<EnrollmentMove, readonly EnrollmentStatus[]> = {
  accept: ["INVITED"],
  invite: ["INACTIVE", "GRADUATED", "TRANSFERRED"],
  end: ["ACTIVE"],
  resume: ["INACTIVE"],
  transfer: ["ACTIVE"],
};

/** @throws ILLEGAL_STATE for a move that the table does not have */
export function requireMove(move: EnrollmentMove, status: EnrollmentStatus): void {
  if (!MOVES[move].includes(status)) throw new LenteraError("ILLEGAL_STATE");
}
