import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import type { Payment, PaymentAttempt } from "@lentera/prisma/finance";
import { z } from "zod";
import type { FinanceContext } from "../context.js";
import { visibleTo } from "./payment.policy.js";
import * as store from "./payment.store.js";

/** Payments that the viewer may see. */
export const paymentLoader = defineLoader<FinanceContext, string, Payment>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findPayments(
      ctx.db,
      visibleTo(ctx.viewer),
      ids.filter((id) => z.guid().safeParse(id).success),
    ),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);

/** The attempt that the payer uses: the last one that a provider has taken. */
export const liveAttemptLoader = defineLoader<FinanceContext, string, PaymentAttempt | null>(async (ctx, ids) => {
  const attempts = Map.groupBy(await store.findAttempts(ctx.db, ids), ({ paymentId }) => paymentId);
  return ids.map((id) => attempts.get(id)?.findLast(({ state }) => state === "LIVE") ?? null);
});
