import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import * as store from "./bank-partner.store.js";
import type { LoanProduct, PartnerBank } from "./bank-partner.type.js";

export const partnerBankLoader = defineLoader<FinanceContext, string, PartnerBank>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findBanks(ctx.db, ids),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);

export const loanProductLoader = defineLoader<FinanceContext, string, LoanProduct>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findProducts(ctx.db, ids),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);
