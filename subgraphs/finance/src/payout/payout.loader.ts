import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import { visibleTo } from "./payout.policy.js";
import { maskedName } from "./payout.rules.js";
import * as store from "./payout.store.js";
import type { BankAccount, Payout } from "./payout.type.js";

/** A bank account as it may be shown. */
export function masked(ctx: FinanceContext, row: store.BankAccountRow): BankAccount {
  const { id, bankCode, currency, holderCiphertext, lastDigits } = row;
  const holderName = maskedName(ctx.encryption.decrypt(holderCiphertext, `bank-account:${id}`));
  return { id, bankCode, currency, holderName, accountNumber: `••••${lastDigits}` };
}

export const bankAccountLoader = defineLoader<FinanceContext, string, BankAccount>(async (ctx, ids) => {
  const rows = await store.findBankAccounts(ctx.db, visibleTo(ctx.viewer), ids);
  return inOrderOf(
    ids,
    rows.map((row) => masked(ctx, row)),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  );
});

export const payoutLoader = defineLoader<FinanceContext, string, Payout>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findPayouts(ctx.db, visibleTo(ctx.viewer), ids),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);
