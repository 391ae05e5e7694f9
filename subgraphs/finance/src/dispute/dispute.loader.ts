import { asSystem, defineLoader } from "@lentera/kit";
import type { Dispute, DisputeEvidence } from "@lentera/prisma/finance";
import type { FinanceContext } from "../context.js";
import { paymentLoader } from "../payment/payment.loader.js";
import { canRefund } from "../payment/payment.policy.js";
import * as store from "./dispute.store.js";

/** The disputes of each payment, oldest first. Row level security hides those of payments that the viewer may not see. */
export const disputesLoader = defineLoader<FinanceContext, string, Dispute[]>(async (ctx, paymentIds) => {
  const disputes = Map.groupBy(await store.findDisputesOf(ctx.db, paymentIds), ({ paymentId }) => paymentId);
  return paymentIds.map((id) => disputes.get(id) ?? []);
});

/** What was said about disputes, oldest first; nothing for those who may not answer them, the payer above all. */
export const evidenceLoader = defineLoader<FinanceContext, { id: string; paymentId: string }, DisputeEvidence[]>(
  async (ctx, disputes) => {
    const payments = await paymentLoader(ctx).loadMany(disputes.map(({ paymentId }) => paymentId));
    const allowed = disputes.filter((_dispute, index) => {
      const payment = payments[index];
      return payment !== undefined && !(payment instanceof Error) && canRefund(ctx.viewer, payment);
    });
    const ids = allowed.map(({ id }) => id);
    const evidence = Map.groupBy(await asSystem(() => store.findEvidenceOf(ctx.db, ids)), ({ disputeId }) => disputeId);
    return disputes.map(({ id }) => evidence.get(id) ?? []);
  },
);
