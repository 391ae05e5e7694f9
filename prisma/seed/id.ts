import { createHash } from "node:crypto";

/** The time in the first id of every purpose: 2026-01-01. */
const FIRST_ID_MS = Date.UTC(2026, 0, 1);

/**
 * The `index`-th id of a purpose: a UUID of version 7. The time in it counts up with the index, so that ids of one purpose are
 * in order; it does not depend on the day, so that a seeding may be finished on another day than it was begun.
 */
export function seededId(seed: string, purpose: string, index: number): string {
  const bytes = createHash("sha256").update(`${seed}/${purpose}/${index}`).digest().subarray(0, 16);
  bytes.writeUIntBE(FIRST_ID_MS + index, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
