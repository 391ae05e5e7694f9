import { randomUUID } from "node:crypto";
import { addJob } from "@lentera/kit";
import type { Payment, PaymentAttempt } from "@lentera/prisma/finance";
import type { FinanceContext, Transaction } from "../context.js";
import { type Attempt, type Failover, type FailoverReport, nextStep, record } from "../provider/failover.rules.js";
import {
  type CreatedPayment,
  OFFERS,
  type PaymentMethod,
  ProviderError,
  type ProviderName,
  type StatusAnswer,
} from "../provider/provider.js";
import { DEFAULT_FEES, feeOf } from "../provider/routing.rules.js";
import { applyToAttempt } from "./outcome.service.js";
import { tellFailure } from "./payment.event.js";
import { eventsOf, isOpen } from "./payment.rules.js";
import * as store from "./payment.store.js";

export const ADVANCE_JOB = "payment.advance";
/** Whoever creates a payment drives it on; this long after, a job does, in case the process has died. */
export const TAKE_OVER_AFTER_MS = 15_000;

type Task =
  | { readonly do: "CREATE" | "QUERY"; readonly payment: Payment; readonly attempt: PaymentAttempt }
  | { readonly do: "NOTHING" };

/**
 * Drives a payment to a provider that takes it, by the rules of failover.rules.ts (C-01). What is about to be done is
 * written down before it is done: whoever comes after a crash finds the attempt and asks about it.
 */
export async function advancePayment(ctx: FinanceContext, paymentId: string): Promise<void> {
  for (;;) {
    const task = await ctx.transaction((tx) => planNext(ctx, tx, paymentId));
    if (task.do === "NOTHING") return;
    const { attempt, payment } = task;
    if (task.do === "CREATE") {
      const result = await create(ctx, payment, attempt);
      await ctx.transaction((tx) => report(ctx, tx, attempt, result.report, result.created));
    } else {
      const answered = await ask(ctx, attempt, payment);
      await ctx.transaction((tx) => report(ctx, tx, attempt, answered));
    }
  }
}

async function planNext(ctx: FinanceContext, tx: Transaction, paymentId: string): Promise<Task> {
  const payment = await store.lockPayment(tx, paymentId);
  if (payment === null || !isOpen(payment.status)) return { do: "NOTHING" };
  const attempts = await store.findAttempts(tx, [paymentId]);
  const step = nextStep(failoverOf(payment, attempts));
  const now = ctx.now();
  const last = attempts.at(-1);
  switch (step.do) {
    case "USE":
      return { do: "NOTHING" };
    case "LEAVE_OPEN":
      if (payment.status === "PENDING") await store.updatePayment(tx, paymentId, { status: "PROCESSING" });
      return { do: "NOTHING" };
    case "GIVE_UP":
      await tellFailure(tx, await store.updatePayment(tx, paymentId, { status: "FAILED" }), "FAILED");
      return { do: "NOTHING" };
    case "QUERY": {
      if (last === undefined) return { do: "NOTHING" };
      if (step.atMs <= now.getTime()) return { do: "QUERY", payment, attempt: last };
      if (payment.status === "PENDING") await store.updatePayment(tx, paymentId, { status: "PROCESSING" });
      await addJob(tx, ADVANCE_JOB, { paymentId }, { key: `advance:${paymentId}`, runAt: new Date(step.atMs) });
      return { do: "NOTHING" };
    }
    case "CREATE": {
      const attempt = await store.insertAttempt(tx, {
        paymentId,
        provider: step.provider,
        orderRef: `LT-${randomUUID().replaceAll("-", "")}`,
        sentAt: now,
        expectedFeeMinor: expectedFee(payment, step.provider, now),
      });
      return { do: "CREATE", payment, attempt };
    }
  }
}

/** What the provider will keep, as far as its price is known. */
function expectedFee(payment: Payment, provider: ProviderName, now: Date): bigint {
  const schedule = DEFAULT_FEES.filter(
    (one) =>
      one.provider === provider &&
      one.effectiveFromMs <= now.getTime() &&
      one.methods.some((method) => method === payment.method),
  ).at(-1);
  return schedule === undefined ? 0n : feeOf(schedule, payment.amountMinor + payment.feeMinor);
}

function failoverOf(payment: Payment, attempts: readonly PaymentAttempt[]): Failover {
  return {
    candidates: payment.candidates.flatMap((name) => store.providerNamed(name) ?? []),
    attempts: attempts.flatMap((attempt): Attempt[] => {
      const provider = store.providerNamed(attempt.provider);
      const { state, queries, isMute: mute } = attempt;
      return provider === undefined ? [] : [{ provider, state, queries, mute, sentAtMs: attempt.sentAt.getTime() }];
    }),
  };
}

async function create(
  ctx: FinanceContext,
  payment: Payment,
  attempt: PaymentAttempt,
): Promise<{ report: FailoverReport; created?: CreatedPayment }> {
  const provider = store.providerNamed(attempt.provider);
  const method = provider === undefined ? undefined : methodOf(provider, payment.method);
  if (provider === undefined || method === undefined) return { report: { kind: "REFUSED" } };
  const { payerId: id, payerName: name, payerEmail: email, payerPhone: phone } = payment;
  const { currency, description, returnUrl, expiresAt } = payment;
  const customer = { id, name, email, phone };
  const amountMinor = payment.amountMinor + payment.feeMinor;
  const request = { amountMinor, currency, description, customer, returnUrl, expiresAt, method };
  try {
    const created = await ctx.provider(provider).createPayment({ ...request, orderRef: attempt.orderRef });
    return { report: { kind: "CREATED" }, created };
  } catch (error) {
    return { report: { kind: outcomeOf(error) } };
  }
}

/** What the provider knows of an attempt. @throws what is no ProviderError */
export async function ask(
  ctx: FinanceContext,
  { provider: name, orderRef, providerRef }: PaymentAttempt,
  payment: Payment,
): Promise<FailoverReport> {
  const provider = store.providerNamed(name);
  const method = provider === undefined ? undefined : methodOf(provider, payment.method);
  if (provider === undefined || method === undefined) return { kind: "UNKNOWN" };
  try {
    const answer = await ctx.provider(provider).queryStatus({ orderRef, providerRef, method });
    return { kind: "ANSWERED", answer };
  } catch (error) {
    return { kind: outcomeOf(error) === "REFUSED" ? "UNKNOWN" : outcomeOf(error) };
  }
}

function methodOf(provider: ProviderName, method: string): PaymentMethod | undefined {
  return OFFERS[provider].methods.find((offered) => offered === method);
}

function outcomeOf(error: unknown): "REFUSED" | "UNKNOWN" {
  if (error instanceof ProviderError) return error.outcome;
  throw error;
}

/** Writes down what came of a request or a question, and what the answer tells of the payment. */
async function report(
  ctx: FinanceContext,
  tx: Transaction,
  { id, paymentId }: PaymentAttempt,
  heard: FailoverReport,
  created?: CreatedPayment,
): Promise<void> {
  const payment = await store.lockPayment(tx, paymentId);
  const attempts = await store.findAttempts(tx, [paymentId]);
  const attempt = attempts.find((one) => one.id === id);
  if (payment === null || attempt === undefined) return;
  const isAwaited = attempt.id === attempts.at(-1)?.id && (attempt.state === "SENT" || attempt.state === "UNKNOWN");
  const next = isAwaited
    ? record(failoverOf(payment, attempts), heard, ctx.now().getTime()).attempts.at(-1)
    : undefined;
  await store.updateAttempt(tx, id, {
    checkedAt: ctx.now(),
    ...(next !== undefined && { state: next.state, queries: next.queries, isMute: next.mute }),
    ...(created !== undefined && {
      providerRef: created.providerRef,
      paymentUrl: created.paymentUrl,
      qrText: created.qrString,
      vaNumber: created.vaNumber,
      billerCode: created.billerCode,
      ...(next === undefined && attempt.state !== "DEAD" && { state: "LIVE" as const }),
      ...(attempt.providerStatus === "pending" && { providerStatus: created.status }),
    }),
  });
  if (heard.kind === "ANSWERED") await applyAnswer(ctx, tx, attempt, heard.answer);
}

/** Believes a provider's answer about an attempt. */
export async function applyAnswer(
  ctx: FinanceContext,
  tx: Transaction,
  { id, orderRef, state }: PaymentAttempt,
  answer: StatusAnswer,
): Promise<void> {
  if (answer.outcome !== "FOUND") return;
  const { status } = answer.snapshot;
  // An attempt that nobody could use has ended before it began: another provider is tried, the payment goes on.
  const endedUnused = ["failed", "cancelled", "expired"].includes(status) && (state === "SENT" || state === "UNKNOWN");
  if (endedUnused) {
    await store.updateAttempt(tx, id, { state: "DEAD", providerStatus: status });
    return;
  }
  for (const event of eventsOf(answer.snapshot, orderRef)) await applyToAttempt(ctx, tx, id, event);
}
