import { type Job, addJob } from "@lentera/kit";
import { z } from "zod";
import type { FinanceContext } from "../context.js";
import { ADVANCE_JOB, advancePayment, applyAnswer, ask } from "./attempt.service.js";
import { tellFailure } from "./payment.event.js";
import { isOpen } from "./payment.rules.js";
import * as store from "./payment.store.js";

const CHECK_JOB = "payment.check";
const CHECKS_AT_ONCE = 500;
/** A provider may take this long to tell of a payment that was made in the last moment. */
const EXPIRY_GRACE_MS = 5 * 60_000;

const advancing = z.object({ paymentId: z.uuid() });
const checking = z.object({ attemptId: z.uuid() });

/** Webhooks can be lost: open payments are asked about until they end. */
export function paymentJobs(systemContext: () => FinanceContext): Job[] {
  return [
    { name: ADVANCE_JOB, run: (payload) => advancePayment(systemContext(), advancing.parse(payload).paymentId) },
    { name: "payment.poll", cron: "*/5 * * * *", run: () => pollStale(systemContext()) },
    { name: CHECK_JOB, run: (payload) => checkAttempt(systemContext(), checking.parse(payload).attemptId) },
  ];
}

/** Has every attempt checked whose outcome is open and that nobody has asked about lately. */
async function pollStale(ctx: FinanceContext): Promise<void> {
  const stale = await store.findStale(ctx.db, ctx.now(), CHECKS_AT_ONCE);
  await ctx.transaction(async (tx) => {
    for (const { id } of stale) await addJob(tx, CHECK_JOB, { attemptId: id }, { key: `check:${id}` });
  });
}

/** Asks the provider about one attempt, and ends a payment whose time is over and that has no money. */
async function checkAttempt(ctx: FinanceContext, attemptId: string): Promise<void> {
  const attempt = await store.findAttempt(ctx.db, attemptId);
  if (attempt === null) return;
  const [payment] = await store.findPayments(ctx.db, {}, [attempt.paymentId]);
  if (payment === undefined) return;
  const heard = await ask(ctx, attempt, payment);
  await ctx.transaction(async (tx) => {
    await store.lockPayment(tx, payment.id);
    await store.updateAttempt(tx, attemptId, { checkedAt: ctx.now() });
    if (heard.kind === "ANSWERED") await applyAnswer(ctx, tx, attempt, heard.answer);
    // No answer ends nothing: only a provider that was asked can say that there is no money.
    const isOver = payment.expiresAt.getTime() + EXPIRY_GRACE_MS < ctx.now().getTime();
    const after = await store.lockPayment(tx, payment.id);
    if (heard.kind !== "ANSWERED" || !isOver || after === null || !isOpen(after.status)) return;
    const attempts = await store.findAttempts(tx, [payment.id]);
    if (attempts.some(({ receivedMinor }) => receivedMinor !== null)) return;
    await tellFailure(tx, await store.updatePayment(tx, payment.id, { status: "EXPIRED" }), "EXPIRED");
  });
}
