import type { PageQuery } from "@lentera/kit";
import type { SyncItemKind, SyncItemStatus, SyncPriority } from "@lentera/prisma/learning";
import type { Transaction } from "../../context.js";
import type { Outcome } from "./sync.rules.js";

export interface SyncItemRow {
  readonly id: string;
  readonly userId: string;
  readonly clientId: string;
  readonly organizationId: string | null;
  readonly deviceId: string;
  readonly kind: SyncItemKind;
  readonly priority: SyncPriority;
  readonly payload: string;
  readonly sittingId: string | null;
  readonly sequence: number | null;
  readonly createdAt: Date;
  readonly receivedAt: Date;
  readonly clockOffsetMs: bigint;
  readonly status: SyncItemStatus;
  readonly retryCount: number;
  readonly reason: string | null;
}

export type NewItem = Pick<
  SyncItemRow,
  "clientId" | "kind" | "priority" | "createdAt" | "payload" | "sittingId" | "sequence"
>;

/** Stores what has not come before; the rest stays as it was, also against a delivery at the same moment. */
export async function insertItems(
  tx: Transaction,
  delivery: Pick<SyncItemRow, "userId" | "organizationId" | "deviceId" | "receivedAt"> & { clockOffsetMs: number },
  items: readonly NewItem[],
): Promise<void> {
  const ordered = items.toSorted((one, other) => (one.clientId < other.clientId ? -1 : 1));
  await tx.$executeRaw`
    insert into sync_items (user_id, client_id, organization_id, device_id, kind, priority, payload, sitting_id, sequence,
                            created_at, received_at, clock_offset_ms)
    select ${delivery.userId}::uuid, i."clientId", ${delivery.organizationId}::uuid, ${delivery.deviceId}::uuid,
           i.kind::"SyncItemKind", i.priority::"SyncPriority", i.payload, i."sittingId", i.sequence, i."createdAt",
           ${delivery.receivedAt}, ${delivery.clockOffsetMs}::bigint
    from jsonb_to_recordset(${JSON.stringify(ordered)}::jsonb)
      as i("clientId" uuid, kind text, priority text, payload text, "sittingId" uuid, sequence int, "createdAt" timestamptz)
    on conflict (user_id, client_id) do nothing`;
}

export function findItems(tx: Transaction, userId: string, clientIds: readonly string[]): Promise<SyncItemRow[]> {
  return tx.syncItem.findMany({ where: { userId, clientId: { in: [...clientIds] } } });
}

/** The item while nobody else works on it; null when it is no longer pending. */
export async function lockPending(tx: Transaction, id: string): Promise<SyncItemRow | null> {
  await tx.$queryRaw`select 1 from sync_items where id = ${id}::uuid for update`;
  return tx.syncItem.findFirst({ where: { id, status: "PENDING" } });
}

export async function settleItem(
  tx: Transaction,
  id: string,
  { status, reason }: Outcome,
  facts: { readonly retryCount: number; readonly now: Date },
): Promise<void> {
  const settledAt = status === "PENDING" ? null : facts.now;
  await tx.syncItem.update({ where: { id }, data: { status, reason, retryCount: facts.retryCount, settledAt } });
}

/** The stored entries that say they follow this one, if it has become a link of its chain; of a fork there are several. */
export async function findWaiting(tx: Transaction, { id, userId }: SyncItemRow): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select next.id
    from offline_entries e
    join sync_items next on next.sitting_id = e.sitting_id and next.sequence = e.sequence + 1
    where e.sync_item_id = ${id}::uuid and next.user_id = ${userId}::uuid and next.status = 'PENDING'
    order by next.id`;
  return rows.map((row) => row.id);
}

export interface ReceivedEntry {
  readonly clientId: string;
  readonly status: SyncItemStatus;
  readonly reason: string | null;
  readonly sittingId: string;
  readonly sequence: number | null;
  readonly hash: string | null;
}

/** Every entry of these sittings that has come in from this person, whatever became of it, in the order of the chain. */
export function findReceived(tx: Transaction, userId: string, sittingIds: readonly string[]): Promise<ReceivedEntry[]> {
  return tx.$queryRaw`
    select i.client_id as "clientId", i.status, i.reason, i.sitting_id as "sittingId", i.sequence, e.hash
    from sync_items i left join offline_entries e on e.sync_item_id = i.id
    where i.user_id = ${userId}::uuid and i.sitting_id = any(${[...sittingIds]}::uuid[])
    order by i.sitting_id, i.sequence, i.id`;
}

export function findItem(tx: Transaction, id: string): Promise<SyncItemRow | null> {
  return tx.syncItem.findFirst({ where: { id } });
}

export function findDeadPage(tx: Transaction, page: PageQuery): Promise<SyncItemRow[]> {
  return tx.syncItem.findMany({ ...page, where: { AND: [{ status: "DEAD" }, page.where] } });
}

export function countDead(tx: Transaction): Promise<number> {
  return tx.syncItem.count({ where: { status: "DEAD" } });
}

/** Puts a dead letter back into the queue. @returns false when it is no longer dead */
export async function revive(tx: Transaction, id: string): Promise<boolean> {
  const data = { status: "PENDING", retryCount: 0, reason: null, settledAt: null } as const;
  const { count } = await tx.syncItem.updateMany({ where: { id, status: "DEAD" }, data });
  return count === 1;
}
