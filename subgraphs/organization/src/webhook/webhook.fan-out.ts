import type { EventEnvelope } from "@lentera/kit";
import type { Transaction } from "../context.js";
import * as store from "./webhook.store.js";

/** Numbers an event of an organization, writes it down, and sends it on its way to whoever subscribed to its type. */
export async function deliverToWebhooks(
  tx: Transaction,
  organizationId: string,
  { id, type, occurredAt, data }: EventEnvelope,
): Promise<void> {
  const sequence = await store.nextSequence(tx, organizationId);
  const body = JSON.stringify({ type, timestamp: occurredAt, sequence, data });
  await store.insertEvent(tx, {
    id,
    organizationId,
    sequence: BigInt(sequence),
    type,
    body,
    occurredAt: new Date(occurredAt),
  });
  const endpointIds = await store.findSubscribers(tx, organizationId, type);
  const deliveries = endpointIds.map((endpointId) => ({ organizationId, endpointId, eventId: id }));
  await store.insertDeliveries(tx, deliveries);
}
