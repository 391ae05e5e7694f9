import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  addJob,
  audit,
  invalidField,
  mapPage,
  paginate,
  refuseWhileImpersonating,
  requireSignedIn,
  toMinorUnits,
  toMoney,
  validate,
} from "@lentera/kit";
import { createHash, randomUUID } from "node:crypto";
import type { FinanceContext } from "../context.js";
import { placeHold, releaseHold } from "../hold/hold.js";
import { walletOf } from "../ledger-account/account-key.js";
import {
  type AddBankAccountInput,
  type ApprovePayoutInput,
  type RejectPayoutInput,
  type RequestPayoutInput,
  addBankAccountRules,
  rejectPayoutRules,
  requestPayoutRules,
} from "./payout.input.js";
import { bankAccountLoader, masked, payoutLoader } from "./payout.loader.js";
import { canApprovePayouts, visibleTo } from "./payout.policy.js";
import { lastDigitsOf } from "./payout.rules.js";
import * as store from "./payout.store.js";
import type { AddBankAccountPayload, BankAccount, Payout, PayoutPayload } from "./payout.type.js";

/** The job that brings a payout to the provider and asks how it stands. */
export const PROCESS_PAYOUT = "payout.process";

/**
 * Stores where the caller wants to be paid; the number and the name only encrypted.
 * @throws VALIDATION_ERROR for every field that is wrong
 */
export async function addBankAccount(ctx: FinanceContext, input: AddBankAccountInput): Promise<AddBankAccountPayload> {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  const { idempotencyKey, holderName, accountNumber, bankCode, currency } = validate(addBankAccountRules, input);
  const shown = { bankCode, currency, lastDigits: lastDigitsOf(accountNumber) };
  const secret = createHash("sha256")
    .update(JSON.stringify([userId, holderName, accountNumber]))
    .digest("base64");
  const id = await ctx.transactionOnce(
    { command: "addBankAccount", key: idempotencyKey, input: { ...shown, secret } },
    async (tx) => {
      const accountId = randomUUID();
      const [holderCiphertext, numberCiphertext] = [holderName, accountNumber].map((text) =>
        ctx.encryption.encrypt(text, `bank-account:${accountId}`),
      );
      await store.insertBankAccount(tx, {
        id: accountId,
        userId,
        ...shown,
        holderCiphertext: holderCiphertext ?? "",
        numberCiphertext: numberCiphertext ?? "",
      });
      const entry = { action: "bank_account.added", entityType: "BankAccount", entityId: accountId };
      await audit(tx, ctx.identity, { ...entry, organizationId: null, newValues: shown });
      return accountId;
    },
  );
  return { bankAccount: await bankAccountLoader(ctx).load(id) };
}

/**
 * Asks for money of the caller's wallet to be paid out; the amount is held from now on.
 * @throws NOT_FOUND for a bank account that is not the caller's
 * @throws VALIDATION_ERROR for less than the minimum, and for a currency in which nothing is paid out
 * @throws INSUFFICIENT_BALANCE
 */
export async function requestPayout(ctx: FinanceContext, input: RequestPayoutInput): Promise<PayoutPayload> {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  const { idempotencyKey, bankAccountId, amount } = validate(requestPayoutRules, input);
  const once = { command: "requestPayout", key: idempotencyKey, input: { bankAccountId, amount } };
  const id = await ctx.transactionOnce(once, async (tx) => {
    const [account] = await store.findBankAccounts(tx, { userId }, [bankAccountId]);
    if (account === undefined) throw new LenteraError("NOT_FOUND");
    const { currency } = account;
    const amountMinor = toMinorUnits(amount, currency);
    const rule = await store.findRule(tx, currency);
    if (rule === null)
      throw invalidField("input.bankAccountId", "INVALID_FORMAT", `Nothing is paid out in ${currency}.`);
    if (amountMinor < rule.minimumMinor) {
      const minimum = toMoney(rule.minimumMinor, currency).amount;
      throw invalidField("input.amount", "INVALID_FORMAT", `Pay out at least ${minimum} ${currency}.`);
    }
    const hold = await placeHold(tx, {
      account: walletOf(userId, currency),
      amountMinor,
      reason: "Payout",
      idempotencyKey: `payout:${userId}:${idempotencyKey}`,
      expiresAt: null,
    });
    const facts = { bankAccountId, currency, amountMinor, feeMinor: rule.feeMinor };
    const payout = await store.insertPayout(tx, { userId, ...facts, holdId: hold.id });
    const entry = { action: "payout.requested", entityType: "Payout", entityId: payout.id, organizationId: null };
    await audit(tx, ctx.identity, { ...entry, newValues: { currency, amountMinor: String(amountMinor) } });
    return payout.id;
  });
  return { payout: await payoutLoader(ctx).load(id) };
}

/**
 * One person's approval. With the last one that is needed the payout goes to the provider.
 * @throws INSUFFICIENT_PERMISSIONS without `payouts:approve`, and for a payout of one's own
 * @throws NOT_FOUND, ILLEGAL_STATE for a payout that is not waiting for approval
 */
export async function approvePayout(ctx: FinanceContext, { payoutId }: ApprovePayoutInput): Promise<PayoutPayload> {
  const approverId = requireApprover(ctx);
  await ctx.transaction(async (tx) => {
    const payout = await store.lockPayout(tx, payoutId);
    if (payout === null) throw new LenteraError("NOT_FOUND");
    if (payout.userId === approverId) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
    if (payout.status !== "REQUESTED") throw new LenteraError("ILLEGAL_STATE");
    const approvals = await store.approve(tx, payoutId, approverId);
    if (approvals >= payout.requiredApprovals) {
      await store.updatePayout(tx, payoutId, { status: "APPROVED" });
      await addJob(tx, PROCESS_PAYOUT, { payoutId }, { queue: `payout:${payoutId}` });
    }
    const entry = { action: "payout.approved", entityType: "Payout", entityId: payoutId, organizationId: null };
    await audit(tx, ctx.identity, { ...entry, newValues: { approvals, required: payout.requiredApprovals } });
  });
  return { payout: await payoutLoader(ctx).load(payoutId) };
}

/**
 * Ends a request; the amount is free again.
 * @throws INSUFFICIENT_PERMISSIONS without `payouts:approve`
 * @throws NOT_FOUND, ILLEGAL_STATE for a payout that is not waiting for approval
 */
export async function rejectPayout(ctx: FinanceContext, input: RejectPayoutInput): Promise<PayoutPayload> {
  requireApprover(ctx);
  const { payoutId, reason } = validate(rejectPayoutRules, input);
  await ctx.transaction(async (tx) => {
    const payout = await store.lockPayout(tx, payoutId);
    if (payout === null) throw new LenteraError("NOT_FOUND");
    if (payout.status !== "REQUESTED") throw new LenteraError("ILLEGAL_STATE");
    await releaseHold(tx, payout.holdId);
    await store.updatePayout(tx, payoutId, { status: "REJECTED", failureReason: reason, endedAt: ctx.now() });
    const entry = { action: "payout.rejected", entityType: "Payout", entityId: payoutId, organizationId: null };
    await audit(tx, ctx.identity, { ...entry, newValues: { reason } });
  });
  return { payout: await payoutLoader(ctx).load(payoutId) };
}

/** The caller's own; with `payouts:approve` all. Newest first. */
export function listPayouts(ctx: FinanceContext, args: ConnectionArguments): Promise<Page<Payout>> {
  const visible = visibleTo(ctx.viewer);
  return paginate<Payout>({
    args,
    orderBy: [{ field: "id", direction: "desc" }],
    rows: (query) => store.findPayoutPage(ctx.db, visible, query),
    count: () => store.countPayouts(ctx.db, visible),
  });
}

/** The caller's own, masked, newest first. */
export async function listBankAccounts(ctx: FinanceContext, args: ConnectionArguments): Promise<Page<BankAccount>> {
  const { userId } = requireSignedIn(ctx.viewer);
  const page = await paginate<store.BankAccountRow>({
    args,
    orderBy: [{ field: "id", direction: "desc" }],
    rows: (query) => store.findBankAccountPage(ctx.db, userId, query),
    count: () => store.countBankAccounts(ctx.db, userId),
  });
  return mapPage(page, (row) => masked(ctx, row));
}

function requireApprover(ctx: FinanceContext): string {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  if (!canApprovePayouts(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  return userId;
}
