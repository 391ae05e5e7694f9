import { LenteraError, audit, refuseWhileImpersonating, requireSignedIn, toMinorUnits, validate } from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import { lockAccounts } from "../ledger-account/ledger-account.store.js";
import { postTransfer, reverseTransfer } from "./post-transfer.js";
import {
  type ReverseTransferInput,
  type TransferFundsInput,
  reverseTransferRules,
  transferFundsRules,
} from "./transfer.input.js";
import { transferLoader } from "./transfer.loader.js";
import { canTransferFunds } from "./transfer.policy.js";
import { assertCurrency } from "./transfer.rules.js";
import type { ReverseTransferPayload, TransferFundsPayload } from "./transfer.type.js";

/**
 * Moves money from one account to another, once per idempotency key.
 * @throws INSUFFICIENT_PERMISSIONS unless the viewer is a platform administrator with `payments:create`, themselves
 * @throws VALIDATION_ERROR for every field that is wrong, and for accounts in another currency
 * @throws NOT_FOUND for an account that does not exist
 * @throws INSUFFICIENT_BALANCE when the account would fall below zero or below what is held
 * @throws IDEMPOTENCY_CONFLICT for a key that moved something else
 */
export async function transferFunds(ctx: FinanceContext, input: TransferFundsInput): Promise<TransferFundsPayload> {
  authorizeAdministrator(ctx);
  const { idempotencyKey, amount, ...wanted } = validate(transferFundsRules, input);
  const { fromAccountId, toAccountId, currency, description } = wanted;
  const amountMinor = toMinorUnits(amount, currency);
  const facts = { ...wanted, amountMinor: String(amountMinor) };
  const once = { command: "transferFunds", key: idempotencyKey, input: facts };
  const id = await ctx.transactionOnce(once, async (tx) => {
    assertCurrency(await lockAccounts(tx, [fromAccountId, toAccountId]), [fromAccountId, toAccountId], currency);
    const posted = await postTransfer(tx, {
      kind: "ADJUSTMENT",
      description,
      idempotencyKey: `transferFunds:${ctx.viewer.userId}:${idempotencyKey}`,
      effectiveAt: ctx.now(),
      postings: [
        { account: { id: fromAccountId, currency }, amountMinor: -amountMinor },
        { account: { id: toAccountId, currency }, amountMinor },
      ],
    });
    const entry = { action: "transfer.made", entityType: "Transfer", entityId: posted.id, organizationId: null };
    await audit(tx, ctx.identity, { ...entry, newValues: facts });
    return posted.id;
  });
  return { transfer: await transferLoader(ctx).load(id) };
}

/**
 * Takes a transfer back by its mirror. Nothing in the ledger is changed.
 * @throws INSUFFICIENT_PERMISSIONS unless the viewer is a platform administrator with `payments:create`, themselves
 * @throws NOT_FOUND for a transfer that does not exist
 * @throws ILLEGAL_STATE for a reversal, and for what was reversed before or is archived
 * @throws INSUFFICIENT_BALANCE when the money is no longer there
 */
export async function reverse(ctx: FinanceContext, input: ReverseTransferInput): Promise<ReverseTransferPayload> {
  authorizeAdministrator(ctx);
  const { idempotencyKey, transferId, description } = validate(reverseTransferRules, input);
  await transferLoader(ctx).load(transferId);
  const once = { command: "reverseTransfer", key: idempotencyKey, input: { transferId, description } };
  const id = await ctx.transactionOnce(once, async (tx) => {
    const key = `reverseTransfer:${ctx.viewer.userId}:${idempotencyKey}`;
    const posted = await reverseTransfer(tx, { transferId, description, idempotencyKey: key });
    const entry = { action: "transfer.reversed", entityType: "Transfer", entityId: transferId, organizationId: null };
    await audit(tx, ctx.identity, { ...entry, newValues: { reversalId: posted.id, description } });
    return posted.id;
  });
  return { transfer: await transferLoader(ctx).load(id) };
}

function authorizeAdministrator(ctx: FinanceContext): void {
  requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  if (!canTransferFunds(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
}
