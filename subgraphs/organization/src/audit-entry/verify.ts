import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** What is wrong with a line of an exported audit log. */
export interface ChainBreak {
  /** From 1. */
  readonly line: number;
  readonly reason: string;
}

export interface Verdict {
  readonly entries: number;
  readonly breaks: readonly ChainBreak[];
  /**
   * Hash of the last entry, null for an empty file. Who rewrites a whole chain also rewrites its hashes, and who cuts the
   * end off leaves no gap: compare this with a hash that was noted elsewhere before.
   */
  readonly head: string | null;
}

const LINE = /^\{"previousHash":"([0-9a-f]*)","hash":"([0-9a-f]{64})","entry":(\[.*\])\}$/;
/** Where an entry holds its sequence: `[id, sequence, organization, …]`. */
const SEQUENCE = /^\["[0-9a-f-]{36}", (\d+), /;

/**
 * Checks the chain of an exported audit log without the database it came from: each entry has the SHA-256 of the previous
 * hash and of its own text, follows the one before it, and none is missing in between.
 * @param text lines `{ previousHash, hash, entry }` as `exportAuditLog` gives them, of one chain and oldest first
 */
export function verifyAuditLog(text: string): Verdict {
  const lines = text.split("\n").filter((line) => line !== "");
  const breaks: ChainBreak[] = [];
  let before: { hash: string; sequence: number } | undefined;
  for (const [index, line] of lines.entries()) {
    const report = (reason: string): void => void breaks.push({ line: index + 1, reason });
    const [, previousHash, hash, entry] = LINE.exec(line) ?? [];
    if (previousHash === undefined || hash === undefined || entry === undefined) {
      report("This line is not an entry of an exported audit log.");
      before = undefined;
      continue;
    }
    const sequence = Number(SEQUENCE.exec(entry)?.[1]);
    if (hashOf(previousHash, entry) !== hash) report("This entry, or its hash, was changed after it was written.");
    if (before === undefined) {
      if (index === 0 && sequence === 1 && previousHash !== "") report("The first entry of a chain follows no other.");
    } else {
      if (sequence !== before.sequence + 1) report(`Entry ${before.sequence + 1} should stand here.`);
      if (previousHash !== before.hash) report("This entry does not follow from the one before it.");
    }
    before = { hash, sequence };
  }
  return { entries: lines.length, breaks, head: before?.hash ?? null };
}

function hashOf(previousHash: string, entry: string): string {
  return createHash("sha256").update(Buffer.from(previousHash, "hex")).update(entry, "utf8").digest("hex");
}

if (import.meta.main) {
  const { entries, breaks, head } = verifyAuditLog(readFileSync(0, "utf8"));
  for (const { line, reason } of breaks) process.stdout.write(`line ${line}: ${reason}\n`);
  process.stdout.write(`${entries} entries, ${breaks.length} breaks, head ${head ?? "none"}\n`);
  process.exitCode = breaks.length === 0 ? 0 : 1;
}
