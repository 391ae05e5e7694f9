import { createHash } from "node:crypto";

/** How finely a rollout is shared out: hundredths of a percent. */
export const BUCKETS = 10_000;

/**
 * A place from 0 to 9,999 that is always the same for one purpose and one subject, and unrelated between purposes: the
 * first 48 bits of SHA-256, which leave no bias to speak of.
 */
export function bucketOf(purpose: string, subjectId: string): number {
  return createHash("sha256").update(`${purpose}:${subjectId}`).digest().readUIntBE(0, 6) % BUCKETS;
}
