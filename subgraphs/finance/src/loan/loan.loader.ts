import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import { visibleTo } from "./loan.policy.js";
import * as store from "./loan.store.js";
import type { Loan } from "./loan.type.js";

export const loanLoader = defineLoader<FinanceContext, string, Loan>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findLoans(ctx.db, visibleTo(ctx.viewer), ids),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);

/** Of loans that the viewer may see. */
export const loanInstalmentsLoader = defineLoader<FinanceContext, string, store.InstalmentRow[]>(async (ctx, ids) => {
  const rows = Map.groupBy(await store.findInstalments(ctx.db, ids), ({ loanId }) => loanId);
  return ids.map((id) => rows.get(id) ?? []);
});
