import { type Job, addJob, audit } from "@lentera/kit";
import { z } from "zod";
import type { FinanceContext } from "../context.js";
import type { DisbursementAnswer } from "../disbursement/disbursement.js";
import { releaseHold } from "../hold/hold.js";
import { clearingOf, platformAccount, walletOf } from "../ledger-account/account-key.js";
import { ProviderError } from "../provider/provider.js";
import { postTransfer, reverseTransfer } from "../transfer/post-transfer.js";
import { PROCESS_PAYOUT } from "./payout.service.js";
import * as store from "./payout.store.js";

const payload = z.object({ payoutId: z.uuid() });

export function payoutJobs(systemContext: () => FinanceContext): Job[] {
  return [
    {
      name: PROCESS_PAYOUT,
      run: (given) => processPayout(systemContext(), payload.parse(given).payoutId),
    },
    { name: "payout.poll", cron: "*/2 * * * *", run: () => pollPayouts(systemContext()) },
  ];
}

/** Asks again about everything that is under way, for webhooks that never came. */
async function pollPayouts(ctx: FinanceContext): Promise<void> {
  for (const payoutId of await store.findUnderWay(ctx.db))
    await addJob(ctx.db, PROCESS_PAYOUT, { payoutId }, { queue: `payout:${payoutId}` });
}

/**
 * Brings a payout to the provider, or asks how it stands there. May run at any time and as often as it likes:
 * an answer that does not come leaves the payout in PROCESSING, and the provider is asked before it is told again, by the
 * same reference, so that nothing is paid twice.
 */
export async function processPayout(ctx: FinanceContext, payoutId: string): Promise<void> {
  const isFirst = await ctx.transaction(async (tx) => {
    const payout = await store.lockPayout(tx, payoutId);
    if (payout?.status !== "APPROVED") return false;
    await store.updatePayout(tx, payoutId, { status: "PROCESSING" });
    return true;
  });
  const [payout] = await store.findPayouts(ctx.db, {}, [payoutId]);
  if (payout === undefined || (payout.status !== "PROCESSING" && payout.status !== "PAID")) return;
  const found = isFirst ? null : await ctx.disbursements.find(payoutId);
  const mustSend = found === null || (found.status === "ABSENT" && payout.status === "PROCESSING");
  const answer = mustSend ? await send(ctx, payout) : found;
  if (answer !== null) await follow(ctx, payoutId, answer);
}

/** @returns null when nobody knows whether the provider has it */
async function send(ctx: FinanceContext, payout: store.PayoutRow): Promise<DisbursementAnswer | null> {
  const [account] = await store.findBankAccounts(ctx.db, {}, [payout.bankAccountId]);
  if (account === undefined) throw new Error(`Payout ${payout.id} has no bank account.`);
  const [holderName, accountNumber] = [account.holderCiphertext, account.numberCiphertext].map((ciphertext) =>
    ctx.encryption.decrypt(ciphertext, `bank-account:${account.id}`),
  );
  try {
    return await ctx.disbursements.create({
      reference: payout.id,
      amountMinor: payout.amountMinor - payout.feeMinor,
      currency: payout.currency,
      bankCode: account.bankCode,
      holderName: holderName ?? "",
      accountNumber: accountNumber ?? "",
      description: "Lentera",
    });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return error.outcome === "REFUSED" ? { status: "FAILED", ref: null, reason: "REFUSED_BY_PROVIDER" } : null;
  }
}

/** The change that an answer means, with its money, once. */
async function follow(
  ctx: FinanceContext,
  payoutId: string,
  { status, ref, reason }: DisbursementAnswer,
): Promise<void> {
  await ctx.transaction(async (tx) => {
    const payout = await store.lockPayout(tx, payoutId);
    if (payout === null) return;
    const endedAt = ctx.now();
    const { userId, currency, amountMinor, feeMinor, holdId } = payout;
    let change: Partial<store.PayoutRow> | null = null;
    if (payout.status === "PROCESSING" && (status === "PAID" || status === "RETURNED")) {
      const fee = { account: platformAccount("FEES", currency), amountMinor: feeMinor };
      const { id } = await postTransfer(tx, {
        kind: "WITHDRAWAL",
        description: "Payout",
        reference: `payout:${payoutId}`,
        idempotencyKey: `payout.paid:${payoutId}`,
        postings: [
          { account: walletOf(userId, currency), amountMinor: -amountMinor },
          { account: clearingOf(ctx.disbursements.name, currency), amountMinor: amountMinor - feeMinor },
          ...(feeMinor === 0n ? [] : [fee]),
        ],
        captures: [{ holdId, amountMinor, endsHold: true }],
      });
      change = { status: "PAID", transferId: id, providerRef: ref, endedAt };
      // what came back before we heard that it had been paid is told by the next answer
      if (status === "RETURNED") await addJob(tx, PROCESS_PAYOUT, { payoutId }, { queue: `payout:${payoutId}` });
    } else if (payout.status === "PROCESSING" && status === "FAILED") {
      await releaseHold(tx, holdId);
      change = { status: "FAILED", failureReason: reason ?? "FAILED", providerRef: ref, endedAt };
    } else if (payout.status === "PROCESSING" && payout.providerRef === null && ref !== null) {
      await store.updatePayout(tx, payoutId, { providerRef: ref });
    } else if (
      payout.status === "PAID" &&
      payout.transferId !== null &&
      (status === "RETURNED" || status === "FAILED")
    ) {
      const reversal = { transferId: payout.transferId, idempotencyKey: `payout.returned:${payoutId}` };
      await reverseTransfer(tx, { ...reversal, description: "Payout returned" });
      change = { status: "RETURNED", failureReason: reason ?? "RETURNED", endedAt };
    }
    if (change === null) return;
    await store.updatePayout(tx, payoutId, change);
    const entry = { action: `payout.${String(change.status).toLowerCase()}`, entityType: "Payout", entityId: payoutId };
    await audit(tx, ctx.identity, { ...entry, organizationId: null, oldValues: { status: payout.status } });
  });
}
