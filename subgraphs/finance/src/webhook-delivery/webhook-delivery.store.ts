import type { PageQuery } from "@lentera/kit";
import type { Prisma, WebhookDelivery } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";

export const PROCESS_JOB = "payment-webhook.process";

/** Stores a delivery, or counts it when it came before. @returns its id when it is new */
export async function storeDelivery(
  tx: Transaction,
  data: { provider: string; dedupeKey: string; rawBody: Uint8Array<ArrayBuffer>; event: Prisma.InputJsonValue | null },
): Promise<string | null> {
  const { provider, dedupeKey, rawBody, event } = data;
  const [stored] = await tx.$queryRaw<{ id: string; duplicates: number }[]>`
    insert into webhook_deliveries (provider, dedupe_key, raw_body, event)
    values (${provider}, ${dedupeKey}, ${rawBody}, ${event === null ? null : JSON.stringify(event)}::jsonb)
    on conflict (provider, dedupe_key) do update set duplicates = webhook_deliveries.duplicates + 1
    returning id, duplicates`;
  return stored === undefined || stored.duplicates > 0 ? null : stored.id;
}

export function findDelivery(tx: Transaction, id: string): Promise<WebhookDelivery | null> {
  return tx.webhookDelivery.findFirst({ where: { id } });
}

export async function finishDelivery(tx: Transaction, id: string, processedAt: Date, outcome: string): Promise<void> {
  await tx.webhookDelivery.update({ where: { id }, data: { processedAt, outcome } });
}

export function findDeliveryPage(tx: Transaction, where: object, page: PageQuery): Promise<WebhookDelivery[]> {
  return tx.webhookDelivery.findMany({ ...page, where: { AND: [where, page.where] } });
}

export function countDeliveries(tx: Transaction, where: object): Promise<number> {
  return tx.webhookDelivery.count({ where });
}
