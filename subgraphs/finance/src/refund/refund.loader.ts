import { defineLoader } from "@lentera/kit";
import type { Refund } from "@lentera/prisma/finance";
import type { FinanceContext } from "../context.js";
import * as store from "./refund.store.js";

/** The refunds of each payment, oldest first. Row level security hides those of payments that the viewer may not see. */
export const refundsLoader = defineLoader<FinanceContext, string, Refund[]>(async (ctx, paymentIds) => {
  const refunds = Map.groupBy(await store.findRefundsOf(ctx.db, paymentIds), ({ paymentId }) => paymentId);
  return paymentIds.map((id) => refunds.get(id) ?? []);
});
