import { isSignedBy, readToken } from "../signed-token.js";
import { type ItemResult, SYNC, type SyncAnswer, syncAnswer } from "./api.js";
import { ForgedError } from "./download.js";
import type { Environment } from "./environment.js";
import { type QueueItem, type Receipt, type RecordChange, receiptSchema } from "./records.js";

export interface SyncReport {
  /** How many items the server holds now that were queued before. */
  readonly synced: number;
  /** How many it refused for good; they are kept with their reasons. */
  readonly refused: readonly ItemResult[];
  /** How many are still queued. */
  readonly waiting: number;
}

const BATCH = 100;
const RANKS = { HIGH: 0, MEDIUM: 1, LOW: 2 } as const;

export function createSync({ records, run, now, device }: Environment): { sync: () => Promise<SyncReport> } {
  let running: Promise<SyncReport> | undefined;

  const deliver = async (): Promise<SyncReport> => {
    const { id: deviceId } = await device();
    const tried = new Set<string>();
    const refused: ItemResult[] = [];
    let synced = 0;
    for (;;) {
      const queue = (await records.list("queue")).toSorted(byUrgency);
      const batch = queue.filter(({ clientId }) => !tried.has(clientId)).slice(0, BATCH);
      if (batch.length === 0) return { synced, refused, waiting: queue.length };
      for (const { clientId } of batch) tried.add(clientId);
      const items = batch.map(({ clientId, kind, priority, createdAt, payload }) => ({
        clientId,
        kind,
        priority,
        createdAt,
        payload,
      }));
      const { syncOffline } = await run(syncAnswer, SYNC, { input: { deviceId, sentAt: now(), items } });
      const receipts = await readReceipts(syncOffline.receipts);
      const settled = settle(batch, syncOffline.results, receipts);
      await records.write([
        ...receipts.map((value): RecordChange => ({ store: "receipts", key: value.sittingId, value })),
        ...settled.changes,
      ]);
      synced += settled.synced;
      refused.push(...settled.refused);
    }
  };

  return {
    sync: () => {
      running ??= deliver().finally(() => {
        running = undefined;
      });
      return running;
    },
  };

  async function readReceipts(
    given: SyncAnswer["syncOffline"]["receipts"],
  ): Promise<{ sittingId: string; token: string; receipt: Receipt }[]> {
    const { signingKeys } = await device();
    return Promise.all(
      given.map(async ({ sittingId, token }) => {
        const read = readToken("lentera-receipt", token);
        const key = signingKeys.find(({ id }) => id === read?.keyId);
        if (read === undefined || key === undefined || !(await isSignedBy(key.publicKey, token)))
          throw new ForgedError("The server did not sign this receipt.");
        return { sittingId, token, receipt: receiptSchema.parse(read.payload) };
      }),
    );
  }
}

/** The server's order; what was made in the same millisecond goes in the order in which it was made. */
function byUrgency(one: QueueItem, other: QueueItem): number {
  const rank = RANKS[one.priority] - RANKS[other.priority];
  if (rank !== 0) return rank;
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt ? -1 : 1;
  return one.order - other.order;
}

/** An answer leaves the queue when the server has signed that it came in; everything else when the server says so. */
function settle(
  batch: readonly QueueItem[],
  results: readonly ItemResult[],
  receipts: readonly { readonly receipt: Receipt }[],
): { changes: RecordChange[]; synced: number; refused: ItemResult[] } {
  const receipted = new Set(receipts.flatMap(({ receipt }) => receipt.answers.map(({ clientId }) => clientId)));
  const changes: RecordChange[] = [];
  const refused: ItemResult[] = [];
  let synced = 0;
  for (const item of batch) {
    const { clientId } = item;
    const result = results.find((one) => one.clientId === clientId);
    if (result === undefined || result.status === "PENDING") continue;
    const isHeld = result.status === "HELD";
    if (isHeld && item.kind === "ANSWER" && !receipted.has(clientId)) continue;
    changes.push({ store: "queue", key: clientId, value: undefined });
    if (isHeld) {
      synced += 1;
    } else {
      changes.push({ store: "outcomes", key: clientId, value: { ...result, item } });
      refused.push(result);
    }
  }
  return { changes, synced, refused };
}
