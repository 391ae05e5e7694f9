import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  audit,
  mapPage,
  paginate,
  requirePermission,
  requireSignedIn,
  validate,
  refuseWhileImpersonating,
} from "@lentera/kit";
import type { OrganizationContext, Transaction } from "../context.js";
import { secretContext } from "./delivery.service.js";
import {
  type CreateWebhookEndpointInput,
  type ReplayWebhooksInput,
  type RotateWebhookSecretInput,
  type UpdateWebhookEndpointInput,
  createWebhookEndpointRules,
  replayWebhooksRules,
  rotateWebhookSecretRules,
  updateWebhookEndpointRules,
} from "./webhook.input.js";
import { MAXIMUM_REPLAY, ROTATION_OVERLAP_MS } from "./webhook.rules.js";
import { newWebhookSecret } from "./webhook-secret.js";
import * as store from "./webhook.store.js";
import type {
  CreateWebhookEndpointPayload,
  ReplayWebhooksPayload,
  RotateWebhookSecretPayload,
  WebhookDelivery,
} from "./webhook.type.js";

/**
 * Subscribes an address to events. The secret is shown once and kept encrypted.
 * @throws INSUFFICIENT_PERMISSIONS without `webhooks:manage`, VALIDATION_ERROR for an address not on the internet
 */
export async function createWebhookEndpoint(
  ctx: OrganizationContext,
  input: CreateWebhookEndpointInput,
): Promise<CreateWebhookEndpointPayload> {
  const { userId, organizationId } = requireManager(ctx);
  refuseWhileImpersonating(ctx);
  const rules = createWebhookEndpointRules(ctx.webhookSender.allowsPrivate);
  const { idempotencyKey: key, ...wanted } = validate(rules, input);
  let secret: string | null = null;
  const { id } = await ctx.transactionOnce({ command: "createWebhookEndpoint", key, input: wanted }, async (tx) => {
    const fresh = newWebhookSecret();
    const newId = await store.newId(tx);
    const { url, eventTypes, description = null } = wanted;
    await store.insertEndpoint(tx, {
      id: newId,
      organizationId,
      url,
      eventTypes,
      description,
      encryptedSecret: ctx.encryption.encrypt(fresh, secretContext(newId)),
      createdById: userId,
    });
    await writeDown(ctx, tx, "webhook_endpoint.created", newId, { url, eventTypes });
    secret = fresh;
    return { id: newId };
  });
  return { webhookEndpoint: await getWebhookEndpoint(ctx, id), secret };
}

/** Changes what is said. @throws NOT_FOUND for another organization's endpoint */
export function updateWebhookEndpoint(
  ctx: OrganizationContext,
  input: UpdateWebhookEndpointInput,
): Promise<store.EndpointRow> {
  const { id, ...wanted } = validate(updateWebhookEndpointRules(ctx.webhookSender.allowsPrivate), input);
  const { url, eventTypes, description, isEnabled } = wanted;
  return change(ctx, id, (tx) => {
    const state = isEnabled === true ? { disabledAt: null, failingSince: null } : { disabledAt: ctx.now() };
    return store.updateEndpoint(tx, id, {
      ...(url != null && { url }),
      ...(eventTypes != null && { eventTypes }),
      ...(description !== undefined && { description }),
      ...(isEnabled != null && state),
    });
  });
}

/** Unsubscribes; the delivery log stays in the database. @throws NOT_FOUND for another organization's endpoint */
export async function deleteWebhookEndpoint(ctx: OrganizationContext, id: string): Promise<void> {
  await change(ctx, id, (tx) => store.updateEndpoint(tx, id, { deletedAt: ctx.now() }), "webhook_endpoint.deleted");
}

/** A new secret; the present one signs beside it for 24 hours. @throws NOT_FOUND for another organization's endpoint */
export async function rotateWebhookSecret(
  ctx: OrganizationContext,
  input: RotateWebhookSecretInput,
): Promise<RotateWebhookSecretPayload> {
  const { organizationId } = requireManager(ctx);
  refuseWhileImpersonating(ctx);
  const { id, idempotencyKey: key } = validate(rotateWebhookSecretRules, input);
  let secret: string | null = null;
  await ctx.transactionOnce({ command: "rotateWebhookSecret", key, input: { id } }, async (tx) => {
    const { encryptedSecret } = await lockOwn(tx, organizationId, id);
    const fresh = newWebhookSecret();
    await store.updateEndpoint(tx, id, {
      encryptedSecret: ctx.encryption.encrypt(fresh, secretContext(id)),
      previousEncryptedSecret: encryptedSecret,
      previousExpiresAt: new Date(ctx.now().getTime() + ROTATION_OVERLAP_MS),
    });
    await writeDown(ctx, tx, "webhook_endpoint.secret_rotated", id);
    secret = fresh;
    return {};
  });
  return { webhookEndpoint: await getWebhookEndpoint(ctx, id), secret };
}

/** Sends an event of type `webhook.test`, which has no place in the sequence. @throws NOT_FOUND, ILLEGAL_STATE when disabled */
export function testWebhook(ctx: OrganizationContext, id: string): Promise<WebhookDelivery> {
  const { organizationId } = requireManager(ctx);
  return ctx.transaction(async (tx) => {
    const endpoint = working(await lockOwn(tx, organizationId, id));
    const type = "webhook.test";
    const [eventId, occurredAt] = [await store.newId(tx), ctx.now()];
    const body = JSON.stringify({
      type,
      timestamp: occurredAt.toISOString(),
      sequence: null,
      data: { endpointId: id },
    });
    await store.insertEvent(tx, { id: eventId, organizationId, sequence: null, type, body, occurredAt });
    await writeDown(ctx, tx, "webhook_endpoint.tested", id);
    return deliver(tx, endpoint, eventId);
  });
}

/** Sends an event again as a new delivery. @throws NOT_FOUND for another organization's, ILLEGAL_STATE when disabled */
export function resendDelivery(ctx: OrganizationContext, id: string): Promise<WebhookDelivery> {
  const { organizationId } = requireManager(ctx);
  return ctx.transaction(async (tx) => {
    const delivery = await store.findDelivery(tx, organizationId, id);
    if (delivery === null) throw new LenteraError("NOT_FOUND");
    const endpoint = working(await lockOwn(tx, organizationId, delivery.endpointId));
    await writeDown(ctx, tx, "webhook_delivery.resent", id);
    return deliver(tx, endpoint, delivery.eventId);
  });
}

/**
 * Sends all events from a sequence number on again, as far as the endpoint subscribes to their types, in their order.
 * @throws NOT_FOUND for another organization's endpoint, ILLEGAL_STATE for a disabled one
 */
export async function replayWebhooks(
  ctx: OrganizationContext,
  input: ReplayWebhooksInput,
): Promise<ReplayWebhooksPayload> {
  const { organizationId } = requireManager(ctx);
  const { idempotencyKey: key, ...wanted } = validate(replayWebhooksRules, input);
  return ctx.transactionOnce({ command: "replayWebhooks", key, input: wanted }, async (tx) => {
    const endpoint = working(await lockOwn(tx, organizationId, wanted.id));
    const events = await store.findEventsFrom(tx, endpoint, wanted.fromSequence, MAXIMUM_REPLAY);
    const target = { organizationId, endpointId: endpoint.id };
    await store.insertDeliveries(
      tx,
      events.map((event) => ({ ...target, eventId: event.id })),
    );
    await writeDown(ctx, tx, "webhook_endpoint.replayed", endpoint.id, { fromSequence: wanted.fromSequence });
    const last = events.at(-1)?.sequence ?? null;
    return { replayedCount: events.length, lastSequence: last === null ? null : Number(last) };
  });
}

/** The endpoints of the viewer's organization, newest first. @throws INSUFFICIENT_PERMISSIONS without `webhooks:manage` */
export function listWebhookEndpoints(
  ctx: OrganizationContext,
  args: ConnectionArguments,
): Promise<Page<store.EndpointRow>> {
  const { organizationId } = requireManager(ctx);
  return paginate<store.EndpointRow>({
    args,
    orderBy: [
      { field: "createdAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (page) => store.findEndpointPage(ctx.db, organizationId, page),
    count: () => store.countEndpoints(ctx.db, organizationId),
  });
}

/** What was sent to an endpoint, newest first. @throws NOT_FOUND for another organization's endpoint */
export async function listDeliveries(
  ctx: OrganizationContext,
  endpointId: string,
  args: ConnectionArguments,
): Promise<Page<WebhookDelivery>> {
  await getWebhookEndpoint(ctx, endpointId);
  const page = await paginate<store.DeliveryRow>({
    args,
    orderBy: [
      { field: "createdAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (query) => store.findDeliveryPage(ctx.db, endpointId, query),
    count: () => store.countDeliveries(ctx.db, endpointId),
  });
  return mapPage(page, asDelivery);
}

/** @throws NOT_FOUND for another organization's endpoint, INSUFFICIENT_PERMISSIONS without `webhooks:manage` */
export async function getWebhookEndpoint(ctx: OrganizationContext, id: string): Promise<store.EndpointRow> {
  const { organizationId } = requireManager(ctx);
  const endpoint = await store.findEndpoint(ctx.db, organizationId, id);
  if (endpoint === null) throw new LenteraError("NOT_FOUND");
  return endpoint;
}

function requireManager(ctx: OrganizationContext): { userId: string; organizationId: string } {
  const { userId, organizationId } = requireSignedIn(ctx.viewer);
  requirePermission(ctx.viewer, "webhooks:manage");
  if (organizationId === null) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  return { userId, organizationId };
}

async function lockOwn(tx: Transaction, organizationId: string, id: string): Promise<store.EndpointRow> {
  const endpoint = await store.lockEndpoint(tx, organizationId, id);
  if (endpoint === null) throw new LenteraError("NOT_FOUND");
  return endpoint;
}

function working(endpoint: store.EndpointRow): store.EndpointRow {
  if (endpoint.disabledAt !== null) throw new LenteraError("ILLEGAL_STATE");
  return endpoint;
}

function change(
  ctx: OrganizationContext,
  id: string,
  work: (tx: Transaction) => Promise<store.EndpointRow>,
  action = "webhook_endpoint.updated",
): Promise<store.EndpointRow> {
  const { organizationId } = requireManager(ctx);
  return ctx.transaction(async (tx) => {
    await lockOwn(tx, organizationId, id);
    const endpoint = await work(tx);
    const { url, eventTypes, disabledAt } = endpoint;
    await writeDown(ctx, tx, action, id, { url, eventTypes, disabledAt });
    return endpoint;
  });
}

async function deliver(tx: Transaction, endpoint: store.EndpointRow, eventId: string): Promise<WebhookDelivery> {
  const { id: endpointId, organizationId } = endpoint;
  const [id = ""] = await store.insertDeliveries(tx, [{ organizationId, endpointId, eventId }]);
  const delivery = await store.findDelivery(tx, organizationId, id);
  if (delivery === null) throw new LenteraError("NOT_FOUND");
  return asDelivery(delivery);
}

function asDelivery({ event, ...delivery }: store.DeliveryRow): WebhookDelivery {
  const sequence = event.sequence === null ? null : Number(event.sequence);
  return { ...delivery, eventType: event.type, sequence };
}

async function writeDown(
  ctx: OrganizationContext,
  tx: Transaction,
  action: string,
  entityId: string,
  newValues?: object,
): Promise<void> {
  await audit(tx, ctx.identity, { action, entityType: "WebhookEndpoint", entityId, ...(newValues && { newValues }) });
}
