import { LenteraError } from "@lentera/kit";
import type { ChallengeStatus } from "@lentera/prisma/learning";

/** How long invited people have to answer. */
export const INVITATION_MS = 3 * 24 * 60 * 60 * 1000;
/** Experience points for each winner. */
export const POINTS_FOR_WINNING = 50;

/**
 * The legal moves of a challenge:
 *
 *     INVITING ──everybody answered or 3 days passed, and somebody accepted──▶ ACTIVE ──time is over──▶ ENDED
 *        └────── … and nobody accepted, or its maker takes it back ──▶ CANCELLED
 */
const MOVES: Readonly<Record<ChallengeStatus, readonly ChallengeStatus[]>> = {
  INVITING: ["ACTIVE", "CANCELLED"],
  ACTIVE: ["ENDED"],
  ENDED: [],
  CANCELLED: [],
};

/** @throws ILLEGAL_STATE for a move that is not in the table */
export function assertMove(from: ChallengeStatus, to: ChallengeStatus): void {
  if (!MOVES[from].includes(to)) throw new LenteraError("ILLEGAL_STATE");
}

export interface Placing {
  readonly userId: string;
  /** Null: did nothing that counts. */
  readonly result: number | null;
}

/**
 * Places by result: equals share a place and the next one is skipped; who did nothing that counts has none. All who share the first
 * place win, and nobody wins with 0.
 */
export function placed(placings: readonly Placing[]): (Placing & { rank: number | null; isWinner: boolean })[] {
  return placings.map((placing) => {
    const { result } = placing;
    if (result === null) return { ...placing, rank: null, isWinner: false };
    const rank = 1 + placings.filter((other) => other.result !== null && other.result > result).length;
    return { ...placing, rank, isWinner: rank === 1 && result > 0 };
  });
}
