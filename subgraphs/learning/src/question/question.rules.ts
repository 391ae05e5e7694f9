import { LenteraError } from "@lentera/kit";
import type { ItemStatus } from "@lentera/prisma/learning";

/**
 * The legal moves of a question:
 *
 *     DRAFT ──▶ REVIEW ──▶ APPROVED ──▶ PUBLISHED ──▶ ARCHIVED
 *       │ ◀──returned──┘        │                         ▲
 *       │ ◀─────taken back──────┘                         │
 *       └───────────────thrown away───────────────────────┘
 */
const MOVES: Readonly<Record<ItemStatus, readonly ItemStatus[]>> = {
  DRAFT: ["REVIEW", "ARCHIVED"],
  REVIEW: ["DRAFT", "APPROVED"],
  APPROVED: ["PUBLISHED", "DRAFT"],
  PUBLISHED: ["ARCHIVED"],
  ARCHIVED: [],
};

/** @throws ILLEGAL_STATE for a move that is not in the table */
export function assertMove(from: ItemStatus, to: ItemStatus): void {
  if (!MOVES[from].includes(to)) throw new LenteraError("ILLEGAL_STATE");
}

/** One field of a question that somebody changed. */
export interface Change {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What differs between two contents, field by field in the order of the fields; of a first version, everything. */
export function changesBetween(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Change[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));
}

/** How hard an item is for the reference population: below −0.75 easy, above 0.75 hard. */
export type DifficultyBand = "EASY" | "MEDIUM" | "HARD";

const BAND_EDGE = 0.75;

export function bandOf(difficulty: number): DifficultyBand {
  if (difficulty < -BAND_EDGE) return "EASY";
  return difficulty > BAND_EDGE ? "HARD" : "MEDIUM";
}
