import type { SyncItemStatus, SyncPriority } from "@lentera/prisma/learning";
import { type AnswerableItem, isValidResponse } from "../../question/response.rules.js";
import type { ChainBinding } from "../chain.js";
import type { ParsedEntry } from "./sync.input.js";
import { SyncReason } from "./sync.type.js";

/** How often an item is tried before it is set aside for staff. */
export const MAXIMUM_TRIES = 5;

const MAXIMUM_PAYLOAD_BYTES = 16_384;

/** Whether a payload can be stored at all. What cannot must not keep others out. */
export function isStorable(payload: string): boolean {
  return payload.isWellFormed() && !payload.includes("\0") && Buffer.byteLength(payload) <= MAXIMUM_PAYLOAD_BYTES;
}

const RANKS: Readonly<Record<SyncPriority, number>> = { HIGH: 0, MEDIUM: 1, LOW: 2 };

interface Queued {
  readonly priority: SyncPriority;
  readonly createdAt: Date;
  readonly clientId: string;
}

/** The order of work: by priority, then by age, then by id, whatever the order of arrival. */
export function byUrgency(one: Queued, other: Queued): number {
  const difference = RANKS[one.priority] - RANKS[other.priority] || one.createdAt.getTime() - other.createdAt.getTime();
  if (difference !== 0) return difference;
  return one.clientId < other.clientId ? -1 : Number(one.clientId > other.clientId);
}

/** What became of one item. */
export interface Outcome {
  readonly status: SyncItemStatus;
  readonly reason: SyncReason | null;
}

export const HELD: Outcome = { status: "HELD", reason: null };

export function rejected(reason: SyncReason): Outcome {
  return { status: "REJECTED", reason };
}

/** The outcome of a try that did not settle the item: it stays in the queue until it has been tried too often. */
export function afterFailure(retryCount: number, reason: SyncReason): Outcome {
  return { status: retryCount >= MAXIMUM_TRIES ? "DEAD" : "PENDING", reason };
}

/** What the server knows when an entry comes in. */
export interface EntryFacts {
  /** The item that brought the entry: its client id, and the device that delivered it. */
  readonly delivery: { readonly clientId: string; readonly deviceId: string };
  /** What entries of the package must say; null when the caller has no such package. */
  readonly binding: Omit<ChainBinding, "sittingId"> | null;
  readonly keyId: string;
  readonly isSigned: boolean;
  /** The package that the sitting belongs to, once it has begun. */
  readonly sittingPackageId: string | null;
  /** The tryout is sat once, and the package has another sitting. */
  readonly hasOtherSitting: boolean;
  /** What the first entry of this chain follows from. */
  readonly genesisHash: string;
  readonly head: ChainHead | null;
}

export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
  readonly kind: string;
  readonly elapsedMs: number;
}

/** Whether an entry is the next link of its chain: null, or why not. */
export function refuseLink(entry: ParsedEntry, facts: EntryFacts): SyncReason | null {
  const { delivery, binding, head } = facts;
  if (binding === null) return SyncReason.UNKNOWN_PACKAGE;
  const deviceIds = [entry.deviceId, delivery.deviceId, facts.keyId];
  if (deviceIds.some((deviceId) => deviceId !== binding.deviceId)) return SyncReason.FOREIGN_DEVICE;
  if (!facts.isSigned || entry.clientId !== delivery.clientId) return SyncReason.TAMPERED;
  if (entry.contentHash !== binding.contentHash) return SyncReason.FOREIGN_PACKAGE;
  if (facts.sittingPackageId !== null && facts.sittingPackageId !== binding.packageId)
    return SyncReason.FOREIGN_PACKAGE;
  if (facts.hasOtherSitting) return SyncReason.SECOND_SITTING;
  const end = head?.sequence ?? 0;
  if (entry.sequence <= end) return SyncReason.FORKED;
  if (head?.kind === "FINISH") return SyncReason.AFTER_FINISH;
  if (entry.sequence > end + 1) return SyncReason.MISSING_PREDECESSOR;
  return entry.previousHash === (head?.hash ?? facts.genesisHash) ? null : SyncReason.BROKEN_LINK;
}

/** Whether a link of the chain counts: null, or why not. It stays a link, so that what follows it is not lost with it. */
export function refuseContent(
  entry: ParsedEntry,
  facts: {
    readonly head: ChainHead | null;
    readonly correctedAt: Date | undefined;
    /** The items of the paper by id. */
    readonly items: ReadonlyMap<string, AnswerableItem>;
  },
): SyncReason | null {
  if (entry.elapsedMs < (facts.head?.elapsedMs ?? 0)) return SyncReason.ELAPSED_BACKWARDS;
  if (facts.correctedAt === undefined) return SyncReason.OUTSIDE_WINDOW;
  if (entry.itemId === null) return null;
  const item = facts.items.get(entry.itemId);
  if (item === undefined) return SyncReason.UNKNOWN_ITEM;
  return isValidResponse(item, entry.response) ? null : SyncReason.INVALID_RESPONSE;
}
