import { type ConnectionArguments, LenteraError, type Page, addJob, paginate } from "@lentera/kit";
import type { Prisma, WebhookDelivery } from "@lentera/prisma/finance";
import { z } from "zod";
import type { FinanceContext, Transaction } from "../context.js";
import { raiseException } from "../payment-exception/payment-exception.store.js";
import { ADVANCE_JOB, applyAnswer, ask } from "../payment/attempt.service.js";
import { applyToAttempt } from "../payment/outcome.service.js";
import { managesPayments } from "../payment/payment.policy.js";
import * as payments from "../payment/payment.store.js";
import type { ProviderEvent, ProviderName } from "../provider/provider.js";
import * as store from "./webhook-delivery.store.js";

const digits = z.string().regex(/^-?\d+$/);
const status = z.enum([
  "pending",
  "requires_action",
  "authorized",
  "attempt_failed",
  "paid",
  "failed",
  "cancelled",
  "expired",
  "partially_refunded",
  "refunded",
  "disputed",
  "partial_chargeback",
  "chargeback",
]);
const eventAsStored = z.object({
  kind: z.enum(["payment", "refund", "dispute"]),
  status,
  paid: z.boolean(),
  amountMinor: digits.transform(BigInt),
  currency: z.string(),
  orderRef: z.string(),
  dedupeKey: z.string(),
  paymentRef: z.string().nullable(),
  merchantRef: z.string().nullable(),
  claimedProviderRef: z.string().nullish(),
  refund: z
    .object({
      ref: z.string(),
      amountMinor: digits.transform(BigInt),
      status: z.enum(["pending", "succeeded", "failed", "cancelled"]),
    })
    .nullable(),
  mustConfirm: z.boolean(),
});
const payload = z.object({ deliveryId: z.uuid(), tries: z.int().nonnegative() });

/** When an event of an unknown order is looked at again: what it belongs to may not be written down yet. */
const TRY_AGAIN_MS = [5_000, 60_000, 600_000, 3_600_000] as const;

/** An event as JSON. */
export function storedEvent(event: ProviderEvent): Prisma.InputJsonObject {
  const { refund, amountMinor, ...rest } = event;
  return {
    ...rest,
    claimedProviderRef: event.claimedProviderRef ?? null,
    amountMinor: String(amountMinor),
    refund: refund && { ...refund, amountMinor: String(refund.amountMinor) },
  };
}

/**
 * Does what a delivery says, once. Where the signature does not cover the body the provider is asked, and its answer counts
 * and not the body.
 * @throws ProviderError when it does not answer, for another try later
 */
export async function processDelivery(ctx: FinanceContext, job: unknown): Promise<void> {
  const { deliveryId, tries } = payload.parse(job);
  const delivery = await store.findDelivery(ctx.db, deliveryId);
  const provider = delivery === null ? undefined : payments.providerNamed(delivery.provider);
  if (delivery === null || delivery.processedAt !== null || provider === undefined) return;
  if (delivery.event === null) return finish(ctx, delivery, async () => "NO_EVENT");
  const event = eventAsStored.parse(delivery.event);
  const attempt = await payments.findAttemptOf(ctx.db, provider, event);
  const [payment] = attempt === null ? [] : await payments.findPayments(ctx.db, {}, [attempt.paymentId]);
  if (attempt === null || payment === undefined) return lookAgain(ctx, delivery, provider, event, tries);
  // No provider of ours can be asked about a refund or a dispute of Xendit's; what we did not start waits for a person.
  const isAskable = event.mustConfirm && !(provider === "xendit" && event.kind !== "payment");
  // The answer that named its id was lost with the process; what the event claims is proven by asking.
  const providerRef = attempt.providerRef ?? event.claimedProviderRef ?? null;
  const heard = isAskable ? await ask(ctx, { ...attempt, providerRef }, payment) : undefined;
  if (heard?.kind === "UNKNOWN") throw new Error(`${provider} did not say what became of ${attempt.orderRef}.`);
  return finish(ctx, delivery, async (tx) => {
    if (heard === undefined) return applyBody(ctx, tx, attempt.id, provider, event);
    if (heard.kind !== "ANSWERED" || heard.answer.outcome !== "FOUND") return "UNCONFIRMED";
    if (providerRef !== attempt.providerRef) await payments.updateAttempt(tx, attempt.id, { providerRef });
    await applyAnswer(ctx, tx, attempt, heard.answer);
    await addJob(tx, ADVANCE_JOB, { paymentId: payment.id }, { key: `advance:${payment.id}` });
    return "CONFIRMED";
  });
}

async function applyBody(
  ctx: FinanceContext,
  tx: Transaction,
  attemptId: string,
  provider: ProviderName,
  event: ProviderEvent,
): Promise<string> {
  if (!event.mustConfirm || event.kind === "refund") return applyToAttempt(ctx, tx, attemptId, event);
  const { kind, status: told, amountMinor, currency } = event;
  const details = { kind, status: told, amountMinor: String(amountMinor), currency };
  await raiseException(tx, { kind: "UNCONFIRMED", provider, subject: event.dedupeKey, attemptId, details });
  return "UNCONFIRMED";
}

async function lookAgain(
  ctx: FinanceContext,
  delivery: WebhookDelivery,
  provider: ProviderName,
  event: ProviderEvent,
  tries: number,
): Promise<void> {
  const delayMs = TRY_AGAIN_MS[tries];
  if (delayMs !== undefined) {
    const runAt = new Date(Date.now() + delayMs);
    const key = `webhook:${delivery.id}:${tries + 1}`;
    await addJob(ctx.db, store.PROCESS_JOB, { deliveryId: delivery.id, tries: tries + 1 }, { key, runAt });
    return;
  }
  await finish(ctx, delivery, async (tx) => {
    const { orderRef: subject, amountMinor, currency, status: told } = event;
    const details = { amountMinor: String(amountMinor), currency, status: told, deliveryId: delivery.id };
    await raiseException(tx, { kind: "UNKNOWN_ORDER", provider, subject, details });
    return "UNKNOWN_ORDER";
  });
}

function finish(
  ctx: FinanceContext,
  { id }: WebhookDelivery,
  work: (tx: Transaction) => Promise<string>,
): Promise<void> {
  return ctx.transaction(async (tx) => store.finishDelivery(tx, id, ctx.now(), await work(tx)));
}

/** What the providers told us, newest first. @throws INSUFFICIENT_PERMISSIONS unless the viewer is of the platform's finance staff */
export async function listDeliveries(ctx: FinanceContext, args: ConnectionArguments): Promise<Page<WebhookDelivery>> {
  if (!managesPayments(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  return paginate<WebhookDelivery>({
    args,
    orderBy: [
      { field: "receivedAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (page) => store.findDeliveryPage(ctx.db, {}, page),
    count: () => store.countDeliveries(ctx.db, {}),
  });
}
