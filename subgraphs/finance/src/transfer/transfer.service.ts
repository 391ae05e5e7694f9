import { LenteraError, audit, requireSignedIn, toMinorUnits, validate } from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import { type TransferFundsInput, transferFundsRules } from "./transfer.input.js";
import { transferLoader } from "./transfer.loader.js";
import { canTransferFunds } from "./transfer.policy.js";
import { postingsBetween } from "./transfer.rules.js";
import * as store from "./transfer.store.js";
import type { TransferFundsPayload } from "./transfer.type.js";

/**
 * Moves money from one account to another, once per idempotency key.
 * @throws INSUFFICIENT_PERMISSIONS unless the viewer is a platform administrator with `payments:create`
 * @throws VALIDATION_ERROR for every field that is wrong, and for accounts in another currency
 * @throws NOT_FOUND for an account that does not exist
 * @throws INSUFFICIENT_BALANCE when the account would fall below zero
 * @throws IDEMPOTENCY_CONFLICT for a key that moved something else
 */
export async function transferFunds(ctx: FinanceContext, input: TransferFundsInput): Promise<TransferFundsPayload> {
  requireSignedIn(ctx.viewer);
  if (!canTransferFunds(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const { idempotencyKey, amount, ...wanted } = validate(transferFundsRules, input);
  const { fromAccountId, toAccountId, currency, description } = wanted;
  const amountMinor = toMinorUnits(amount, currency);
  const facts = { ...wanted, amountMinor: String(amountMinor) };
  const once = { command: "transferFunds", key: idempotencyKey, input: facts };
  const id = await ctx.transactionOnce(once, async (tx) => {
    const accounts = await store.lockAccounts(tx, [fromAccountId, toAccountId]);
    const from = accounts.get(fromAccountId);
    const to = accounts.get(toAccountId);
    if (from === undefined || to === undefined) throw new LenteraError("NOT_FOUND");
    const postings = postingsBetween(from, to, currency, amountMinor);
    const transferId = await store.insertTransfer(
      tx,
      { kind: "ADJUSTMENT", description, effectiveAt: ctx.now() },
      postings,
    );
    const entry = { action: "transfer.made", entityType: "Transfer", entityId: transferId, organizationId: null };
    await audit(tx, ctx.identity, { ...entry, newValues: facts });
    return transferId;
  });
  return { transfer: await transferLoader(ctx).load(id) };
}
