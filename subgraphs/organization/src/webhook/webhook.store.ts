import type { PageQuery } from "@lentera/kit";
import type { Prisma } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";

export const DELIVER_JOB = "webhook.deliver";

export async function newId(tx: Transaction): Promise<string> {
  const rows = await tx.$queryRaw<[{ id: string }]>`select uuidv7() as id`;
  return rows[0].id;
}

// Endpoints

export function insertEndpoint(tx: Transaction, data: Prisma.WebhookEndpointUncheckedCreateInput) {
  return tx.webhookEndpoint.create({ data });
}
export type EndpointRow = Awaited<ReturnType<typeof insertEndpoint>>;

export function updateEndpoint(
  tx: Transaction,
  id: string,
  data: Prisma.WebhookEndpointUncheckedUpdateInput,
): Promise<EndpointRow> {
  return tx.webhookEndpoint.update({ where: { id }, data });
}

export function findEndpoint(tx: Transaction, organizationId: string, id: string): Promise<EndpointRow | null> {
  return tx.webhookEndpoint.findFirst({ where: { id, organizationId, deletedAt: null } });
}

export async function lockEndpoint(tx: Transaction, organizationId: string, id: string): Promise<EndpointRow | null> {
  await tx.$queryRaw`select from webhook_endpoints where id = ${id}::uuid for update`;
  return findEndpoint(tx, organizationId, id);
}

export function findEndpointPage(tx: Transaction, organizationId: string, page: PageQuery): Promise<EndpointRow[]> {
  return tx.webhookEndpoint.findMany({ ...page, where: { AND: [{ organizationId, deletedAt: null }, page.where] } });
}

export function countEndpoints(tx: Transaction, organizationId: string): Promise<number> {
  return tx.webhookEndpoint.count({ where: { organizationId, deletedAt: null } });
}

export async function findSubscribers(tx: Transaction, organizationId: string, type: string): Promise<string[]> {
  const endpoints = await tx.webhookEndpoint.findMany({
    where: { organizationId, eventTypes: { has: type }, disabledAt: null, deletedAt: null },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  return endpoints.map(({ id }) => id);
}

export async function findOwner(tx: Transaction, userId: string) {
  return await tx.account.findFirst({
    where: { userId },
    select: { email: true, user: { select: { fullName: true, language: true } } },
  });
}

// Events

/** The next number of an organization's events. Holds up its other events until the transaction ends: no gaps. */
export async function nextSequence(tx: Transaction, organizationId: string): Promise<number> {
  const rows = await tx.$queryRaw<[{ last: bigint }]>`
    insert into webhook_sequences as known (organization_id, last) values (${organizationId}::uuid, 1)
    on conflict (organization_id) do update set last = known.last + 1
    returning last`;
  return Number(rows[0].last);
}

export async function insertEvent(tx: Transaction, data: Prisma.WebhookEventUncheckedCreateInput): Promise<void> {
  await tx.webhookEvent.create({ data, select: { id: true } });
}

/** Events from a number on of the types that an endpoint wants, in their order. */
export function findEventsFrom(
  tx: Transaction,
  { organizationId, eventTypes }: EndpointRow,
  fromSequence: number,
  limit: number,
): Promise<{ id: string; sequence: bigint | null }[]> {
  return tx.webhookEvent.findMany({
    where: { organizationId, type: { in: eventTypes }, sequence: { gte: fromSequence } },
    select: { id: true, sequence: true },
    orderBy: { sequence: "asc" },
    take: limit,
  });
}

// Deliveries

const WITH_EVENT = { event: { select: { type: true, sequence: true } } } as const;

/** Inserts deliveries in the given order and a job for each. @returns their ids, in the same order */
export async function insertDeliveries(
  tx: Transaction,
  deliveries: readonly { organizationId: string; endpointId: string; eventId: string }[],
): Promise<string[]> {
  const created = await tx.webhookDelivery.createManyAndReturn({ data: [...deliveries], select: { id: true } });
  const ids = created.map(({ id }) => id);
  await tx.$executeRaw`
    select app.add_job(${DELIVER_JOB}, json_build_object('deliveryId', d.id, 'attempts', 0), null, null, null,
      'webhook:' || d.endpoint_id)
    from unnest(${ids}::uuid[]) with ordinality as wanted(id, place)
    join webhook_deliveries d on d.id = wanted.id
    order by wanted.place`;
  return ids;
}

/** The next attempt. One endpoint's attempts wait for each other, so a slow one holds up nobody else. */
export async function addAttempt(
  tx: Transaction,
  { id, endpointId }: { id: string; endpointId: string },
  attempts: number,
  runAt: Date,
): Promise<void> {
  await tx.$executeRaw`
    select app.add_job(${DELIVER_JOB}, json_build_object('deliveryId', ${id}::text, 'attempts', ${attempts}::int), null,
      ${runAt}::timestamptz, null, ${`webhook:${endpointId}`})`;
}

export function findDelivery(tx: Transaction, organizationId: string, id: string) {
  return tx.webhookDelivery.findFirst({ where: { id, organizationId }, include: WITH_EVENT });
}
export type DeliveryRow = NonNullable<Awaited<ReturnType<typeof findDelivery>>>;

export function findDeliveryPage(tx: Transaction, endpointId: string, page: PageQuery): Promise<DeliveryRow[]> {
  return tx.webhookDelivery.findMany({ ...page, where: { AND: [{ endpointId }, page.where] }, include: WITH_EVENT });
}

export function countDeliveries(tx: Transaction, endpointId: string): Promise<number> {
  return tx.webhookDelivery.count({ where: { endpointId } });
}

/** All that an attempt needs; null when the delivery is over or this attempt was made already. */
export function findDue(tx: Transaction, id: string, attempts: number) {
  return tx.webhookDelivery.findFirst({
    where: { id, attempts, status: "PENDING" },
    include: { endpoint: true, event: true },
  });
}

export async function lockDue(tx: Transaction, id: string, attempts: number) {
  await tx.$queryRaw`
    select from webhook_endpoints e join webhook_deliveries d on d.endpoint_id = e.id
    where d.id = ${id}::uuid for update of e, d`;
  return findDue(tx, id, attempts);
}

export async function saveAttempt(
  tx: Transaction,
  id: string,
  data: Prisma.WebhookDeliveryUncheckedUpdateInput,
): Promise<void> {
  await tx.webhookDelivery.update({ where: { id }, data, select: { id: true } });
}
