import { LenteraError } from "@lentera/kit";
import type { GoalStatus } from "@lentera/prisma/learning";

/**
 * The legal moves of a goal. COMPLETED is only ever reached by what the student has done:
 *
 *     ACTIVE ⇄ PAUSED          ACTIVE ──target reached──▶ COMPLETED
 *     ACTIVE, PAUSED ──▶ CANCELLED
 */
const MOVES: Readonly<Record<GoalStatus, readonly GoalStatus[]>> = {
  ACTIVE: ["PAUSED", "COMPLETED", "CANCELLED"],
  PAUSED: ["ACTIVE", "CANCELLED"],
  COMPLETED: [],
  CANCELLED: [],
};

/** @throws ILLEGAL_STATE for a move that is not in the table */
export function assertGoalMove(from: GoalStatus, to: GoalStatus): void {
  if (!MOVES[from].includes(to)) throw new LenteraError("ILLEGAL_STATE");
}

/** How much of the target is done, 0 to 1. @param current null: nothing that counts yet */
export function progressOf(current: number | null, target: number): number {
  return Math.min(1, Math.max(0, (current ?? 0) / target));
}

export function isReached(current: number | null, target: number): boolean {
  return current !== null && current >= target;
}
