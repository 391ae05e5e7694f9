import { findAnswerable } from "../../attempt/attempt.store.js";
import type { Transaction } from "../../context.js";
import { entryHash, genesisHash } from "../chain.js";
import { correctTime } from "../offline.rules.js";
import { isSatOnce } from "../package/package.rules.js";
import { isSignedBy, readToken } from "../signed-token.js";
import { finishSitting } from "./sitting.service.js";
import * as store from "./sitting.store.js";
import { type ParsedEntry, entryRules } from "./sync.input.js";
import { HELD, type Outcome, afterFailure, refuseContent, refuseLink, rejected } from "./sync.rules.js";
import type { SyncItemRow } from "./sync.store.js";
import { SyncReason } from "./sync.type.js";

/** What the payload of an ANSWER says, believed or not; undefined when it is no entry. */
export function readEntry(payload: string): { keyId: string; entry: ParsedEntry } | undefined {
  const token = readToken("lentera-entry", payload);
  const entry = entryRules.safeParse(token?.payload);
  return token === undefined || !entry.success ? undefined : { keyId: token.keyId, entry: entry.data };
}

/**
 * Takes an entry into its chain: rejected when it is not the chain's next link, held when it is and counts, and linked
 * but rejected when only its content is wrong.
 */
export async function applyEntry(tx: Transaction, item: SyncItemRow): Promise<Outcome> {
  const read = readEntry(item.payload);
  if (read === undefined) return rejected(SyncReason.INVALID_PAYLOAD);
  const { entry, keyId } = read;
  const facts = await store.lockPackage(tx, item.userId, entry.packageId);
  const { packageId, sittingId } = entry;
  const head = await store.findHead(tx, sittingId);
  const refusedLink = refuseLink(entry, {
    delivery: item,
    binding: facts,
    keyId,
    isSigned: facts !== null && (await isSignedBy(facts.devicePublicKey, item.payload)),
    sittingPackageId: (await store.findSittingPackage(tx, sittingId))?.packageId ?? null,
    hasOtherSitting: facts !== null && isSatOnce(facts) && (await store.hasOtherSitting(tx, packageId, sittingId)),
    genesisHash: await genesisHash(entry),
    head,
  });
  if (refusedLink === SyncReason.MISSING_PREDECESSOR) return afterFailure(item.retryCount + 1, refusedLink);
  if (facts === null || refusedLink !== null) return rejected(refusedLink ?? SyncReason.UNKNOWN_PACKAGE);

  const offsetMs = Number(item.clockOffsetMs);
  const { receivedAt } = item;
  const correctedAt = correctTime(entry.answeredAt, { ...facts, offsetMs, receivedAt });
  const answerable = await findAnswerable(tx, facts.tryoutId);
  const items = new Map(answerable.map((item) => [item.itemId, item]));
  const refusal = refuseContent(entry, { head, correctedAt, items });
  const at = correctedAt ?? new Date(entry.answeredAt.getTime() + offsetMs);
  if (entry.kind === "START") await store.insertSitting(tx, sittingId, facts, at);
  const hash = await entryHash(item.payload);
  await store.insertEntry(tx, entry, { hash, syncItemId: item.id, correctedAt: at, receivedAt, refusal });
  if (entry.kind === "FINISH") {
    const elapsedMs = Math.max(entry.elapsedMs, head?.elapsedMs ?? 0);
    await finishSitting(tx, facts, { entry, offsetMs, receivedAt, elapsedMs });
  }
  return refusal === null ? HELD : rejected(refusal);
}
