import type { LearningContext } from "../../context.js";
import { signAsServer } from "../package/signing-key.service.js";
import * as store from "./sync.store.js";
import type { OfflineReceipt } from "./sync.type.js";

/** What the server holds of a person's sittings, signed: with it a client can prove that nothing was lost. */
export async function makeReceipts(
  ctx: LearningContext,
  studentId: string,
  sittingIds: readonly string[],
): Promise<OfflineReceipt[]> {
  const received = Map.groupBy(await store.findReceived(ctx.db, studentId, sittingIds), ({ sittingId }) => sittingId);
  return Promise.all(
    sittingIds.map((sittingId) => makeReceipt(ctx, studentId, sittingId, received.get(sittingId) ?? [])),
  );
}

async function makeReceipt(
  ctx: LearningContext,
  studentId: string,
  sittingId: string,
  received: readonly store.ReceivedEntry[],
): Promise<OfflineReceipt> {
  const last = received.findLast(({ hash }) => hash !== null);
  const head = { sittingId, headSequence: last?.sequence ?? 0, headHash: last?.hash ?? null };
  const answers = received.map(({ clientId, sequence, hash, status, reason }) => ({
    clientId,
    sequence,
    hash,
    status,
    reason,
  }));
  const issuedAt = ctx.now();
  return { ...head, token: await signAsServer(ctx, "lentera-receipt", { studentId, ...head, issuedAt, answers }) };
}
