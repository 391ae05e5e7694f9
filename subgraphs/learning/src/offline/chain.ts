/**
 * The chain of a sitting: START, one ANSWER after the other, FINISH. Each entry is signed by the device, says its place
 * and the hash of the entry before it, and so is the signed head of everything up to it. The first one follows from
 * what the chain is bound to: package, content, device and sitting. Runs in browsers and in Node.
 */
import { sha256 } from "./signed-token.js";

/** What a chain belongs to. An entry that is moved to another of these no longer fits. */
export interface ChainBinding {
  readonly packageId: string;
  /** Of the content in the package. */
  readonly contentHash: string;
  readonly deviceId: string;
  /** A UUID that the client chose for this sitting. */
  readonly sittingId: string;
}

export interface ChainEntry extends ChainBinding {
  readonly kind: "START" | "ANSWER" | "FINISH";
  /** From 1 without gaps; 1 is the START. */
  readonly sequence: number;
  readonly previousHash: string;
  /** The id under which it is synchronised. */
  readonly clientId: string;
  /** Of an ANSWER. */
  readonly itemId: string | null;
  /** Of an ANSWER: keys of the chosen options, empty to take the answer back. */
  readonly response: readonly string[];
  /** Since the START by a clock that nobody can set. */
  readonly elapsedMs: number;
  /** RFC 3339, the device's clock. */
  readonly answeredAt: string;
}

/** What the first entry names as the hash before it. */
export function genesisHash({ packageId, contentHash, deviceId, sittingId }: ChainBinding): Promise<string> {
  return sha256(["lentera-chain-1", packageId, contentHash, deviceId, sittingId].join(":"));
}

/** The hash of an entry: of the whole signed token, so that not even a signature can be exchanged. */
export function entryHash(token: string): Promise<string> {
  return sha256(token);
}
