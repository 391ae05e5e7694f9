import { emit } from "@lentera/kit";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import type { OrganizationContext, Transaction } from "../context.js";
import { webhookEndpointDisabled } from "../events.js";
import { languageOf, sendMail } from "../mail/mail.service.js";
import type { SendResult } from "./webhook-sender.js";
import { mustDisable, nextAttemptAt } from "./webhook.rules.js";
import * as store from "./webhook.store.js";

const payload = z.object({ deliveryId: z.uuid(), attempts: z.int().nonnegative() });

type Due = NonNullable<Awaited<ReturnType<typeof store.findDue>>>;

/**
 * One attempt to deliver an event, and what follows from it: success, another attempt later, or giving up. An endpoint
 * that has failed for 120 hours is disabled and its maker told. The job may run again: an attempt that is written down
 * is not repeated.
 */
export async function attemptDelivery(ctx: OrganizationContext, job: unknown): Promise<void> {
  const { deliveryId, attempts } = payload.parse(job);
  const due = await store.findDue(ctx.db, deliveryId, attempts);
  if (due === null) return;
  const isOff = due.endpoint.disabledAt !== null || due.endpoint.deletedAt !== null;
  const result = isOff ? undefined : await send(ctx, due);
  await ctx.transaction(async (tx) => {
    const locked = await store.lockDue(tx, deliveryId, attempts);
    if (locked === null) return;
    if (result === undefined) await store.saveAttempt(tx, deliveryId, OFF);
    else if (isGood(result)) await succeed(ctx, tx, locked, result);
    else await fail(ctx, tx, locked, result);
  });
}

const OFF = { status: "FAILED", nextAttemptAt: null, error: "The endpoint is disabled." } as const;

/** The headers of Standard Webhooks: one signature for each secret that is good. */
function signedHeaders(
  id: string,
  body: string,
  secrets: readonly string[],
  now: Date,
): Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(" "),
  };
}

/** What a webhook's secret is encrypted for: no other row can use it. */
export function secretContext(endpointId: string): string {
  return `webhook-secret:${endpointId}`;
}

function send(ctx: OrganizationContext, { endpoint, event }: Due): Promise<SendResult> {
  const { previousEncryptedSecret: previous, previousExpiresAt } = endpoint;
  const isPreviousGood = previousExpiresAt !== null && previousExpiresAt > ctx.now();
  const secrets = [endpoint.encryptedSecret, ...(previous !== null && isPreviousGood ? [previous] : [])];
  const decrypted = secrets.map((secret) => ctx.encryption.decrypt(secret, secretContext(endpoint.id)));
  const headers = signedHeaders(event.id, event.body, decrypted, ctx.now());
  return ctx.webhookSender.send(endpoint.url, headers, event.body);
}

function isGood({ responseCode, error }: SendResult): boolean {
  return error === null && responseCode !== null && responseCode >= 200 && responseCode < 300;
}

function outcome(ctx: OrganizationContext, due: Due, result: SendResult) {
  return { ...result, attempts: due.attempts + 1, lastAttemptAt: ctx.now() };
}

async function succeed(ctx: OrganizationContext, tx: Transaction, due: Due, result: SendResult): Promise<void> {
  await store.saveAttempt(tx, due.id, { ...outcome(ctx, due, result), status: "SUCCEEDED", nextAttemptAt: null });
  if (due.endpoint.failingSince !== null) await store.updateEndpoint(tx, due.endpointId, { failingSince: null });
}

async function fail(ctx: OrganizationContext, tx: Transaction, due: Due, result: SendResult): Promise<void> {
  const now = ctx.now();
  const { endpoint } = due;
  const failingSince = endpoint.failingSince ?? now;
  const isDisabled = endpoint.disabledAt !== null || mustDisable(failingSince, now);
  const next = isDisabled ? null : nextAttemptAt(due.attempts + 1, now);
  const error = result.error ?? `The answer was ${result.responseCode}, not 200 to 299.`;
  await store.saveAttempt(tx, due.id, {
    ...outcome(ctx, due, result),
    error,
    status: next === null ? "FAILED" : "PENDING",
    nextAttemptAt: next,
  });
  if (next !== null) await store.addAttempt(tx, due, due.attempts + 1, next);
  if (endpoint.failingSince === null) await store.updateEndpoint(tx, endpoint.id, { failingSince });
  if (isDisabled && endpoint.disabledAt === null) await disable(ctx, tx, endpoint);
}

async function disable(ctx: OrganizationContext, tx: Transaction, endpoint: store.EndpointRow): Promise<void> {
  const { id: endpointId, organizationId, url } = endpoint;
  await store.updateEndpoint(tx, endpointId, { disabledAt: ctx.now() });
  await emit(tx, webhookEndpointDisabled, { endpointId, organizationId });
  const owner = await store.findOwner(tx, endpoint.createdById);
  if (owner === null) return;
  const { fullName, language } = owner.user;
  const values = { fullName, url };
  await sendMail(tx, { to: owner.email, template: "webhook-disabled", language: languageOf(language), values });
}
