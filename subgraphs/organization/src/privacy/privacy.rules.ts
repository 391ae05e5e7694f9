const DAY_MS = 24 * 60 * 60 * 1000;

/** How long the other subgraphs may take to give what they store about a person. */
export const COLLECTING_MS = DAY_MS;
/** How long an archive can be fetched. */
export const ARCHIVE_LIFETIME_MS = 7 * DAY_MS;
/** How long a person may change their mind. */
export const COOLING_OFF_MS = 7 * DAY_MS;

/** Whoever stores something about people; each gives one part of an archive. */
const CONTRIBUTORS = ["organization", "learning", "marketplace", "finance", "community"] as const;

/** The subgraphs that have not answered yet. */
export function missingParts(received: readonly string[]): string[] {
  return CONTRIBUTORS.filter((subgraph) => !received.includes(subgraph));
}

/** What becomes of a wish to be forgotten when its job runs. */
export function judgeErasure(
  erasure: { readonly dueAt: Date; readonly cancelledAt: Date | null; readonly erasedAt: Date | null },
  now: Date,
): "ERASE" | "WAIT" | "NOTHING" {
  if (erasure.cancelledAt !== null || erasure.erasedAt !== null) return "NOTHING";
  return erasure.dueAt <= now ? "ERASE" : "WAIT";
}
