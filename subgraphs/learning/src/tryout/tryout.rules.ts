import { LenteraError } from "@lentera/kit";
import type { TryoutKind, TryoutStatus } from "@lentera/prisma/learning";

/**
 * How long after the deadline of a sitting, or of one of its sections, an answer may still arrive: the time a slow network
 * may take for one that was given in time. The server's clock decides, nobody else's.
 */
export const GRACE_MS = 30_000;

/** When withheld results are given out: when the last sitting that could run has been ended and scored. */
const RELEASE_MS = GRACE_MS + 90_000;

export interface TryoutFacts {
  readonly kind: TryoutKind;
  readonly status: TryoutStatus;
  readonly durationMinutes: number;
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
}

/**
 * The legal moves of a tryout; clocks make those to ACTIVE and to COMPLETED.
 *
 *     DRAFT ──▶ SCHEDULED ──▶ ACTIVE ──▶ COMPLETED
 *       └───────────┴───────────┴──▶ CANCELLED
 */
const MOVES: Readonly<Record<TryoutStatus, readonly TryoutStatus[]>> = {
  DRAFT: ["SCHEDULED", "CANCELLED"],
  SCHEDULED: ["ACTIVE", "CANCELLED"],
  ACTIVE: ["COMPLETED", "CANCELLED"],
  COMPLETED: [],
  CANCELLED: [],
};

/** @throws ILLEGAL_STATE for a move that is not in the table */
export function assertTryoutMove(from: TryoutStatus, to: TryoutStatus): void {
  if (!MOVES[from].includes(to)) throw new LenteraError("ILLEGAL_STATE");
}

/** Whether a sitting may begin now. */
export function isOpen({ status, opensAt, closesAt }: TryoutFacts, now: Date): boolean {
  return status === "ACTIVE" && (opensAt === null || opensAt <= now) && (closesAt === null || now < closesAt);
}

/** The end of a sitting that begins now: after the full duration, or when the tryout closes. */
export function deadlineOf({ durationMinutes, closesAt }: TryoutFacts, now: Date): Date {
  const full = new Date(now.getTime() + durationMinutes * 60_000);
  return closesAt !== null && closesAt < full ? closesAt : full;
}

/** Whether a student who has finished some sittings may begin another one. */
export function maySitAgain(
  { kind, attemptLimit }: { readonly kind: TryoutKind; readonly attemptLimit: number | null },
  finished: number,
): boolean {
  return finished < (attemptLimit ?? (kind === "PRACTICE" ? Number.POSITIVE_INFINITY : 1));
}

export function releasesAt(closesAt: Date): Date {
  return new Date(closesAt.getTime() + RELEASE_MS);
}

export interface ResultFacts {
  readonly kind: TryoutKind;
  readonly closesAt: Date | null;
  readonly showResultsImmediately: boolean;
  readonly allowReview: boolean;
}

/** Whether scores may be seen by those who sat: at once, or when nobody can sit any more. */
export function areResultsOut({ showResultsImmediately, closesAt }: ResultFacts, now: Date): boolean {
  return showResultsImmediately || (closesAt !== null && now >= releasesAt(closesAt));
}

/** Whether keys may be seen by those who sat: never while somebody else can still sit the same scheduled tryout. */
export function isReviewOpen(tryout: ResultFacts, now: Date): boolean {
  const isOver = tryout.closesAt !== null && now >= releasesAt(tryout.closesAt);
  return tryout.allowReview && areResultsOut(tryout, now) && (tryout.kind === "PRACTICE" || isOver);
}

/** When a section is worked on. */
export interface SectionWindow {
  readonly subtest: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
}

/**
 * The clocks of the sections of a sitting: one after the other, each for its own duration, none beyond the deadline. Without
 * clocks of their own all sections share the whole sitting.
 */
export function windowsOf(
  sections: readonly { readonly code: string; readonly durationMinutes: number }[],
  { startedAt, deadline }: { readonly startedAt: Date; readonly deadline: Date },
  hasSectionClocks: boolean,
): SectionWindow[] {
  if (!hasSectionClocks) return sections.map(({ code }) => ({ subtest: code, opensAt: startedAt, closesAt: deadline }));
  let minutes = 0;
  return sections.map(({ code, durationMinutes }) => {
    const at = (after: number): Date => new Date(Math.min(startedAt.getTime() + after * 60_000, deadline.getTime()));
    const opensAt = at(minutes);
    minutes += durationMinutes;
    return { subtest: code, opensAt, closesAt: at(minutes) };
  });
}

/**
 * The order in which one student meets the items: sections in order, and within each the sets (a passage with its items, or
 * an item alone) drawn from the seed. The same seed gives the same order for ever.
 */
export function orderOf<
  Item extends { readonly id: string; readonly subtest: string; readonly passageId: string | null },
>(items: readonly Item[], seed: number): Item[] {
  const random = randomFrom(seed);
  return [...Map.groupBy(items, ({ subtest }) => subtest).values()].flatMap((section) => {
    const sets = [...Map.groupBy(section, ({ passageId, id }) => passageId ?? id).values()];
    for (let last = sets.length - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1));
      const [a, b] = [sets[last], sets[other]];
      if (a !== undefined && b !== undefined) [sets[last], sets[other]] = [b, a];
    }
    return sets.flat();
  });
}

/** Uniform numbers in [0, 1) by a 32-bit xorshift (Marsaglia 2003). */
function randomFrom(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}
