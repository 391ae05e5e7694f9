import { LenteraError, defineLoader, definePageLoader, inOrderOf, paginateEach } from "@lentera/kit";
import { z } from "zod";
import type { FinanceContext } from "../context.js";
import type { Posting } from "../transfer/transfer.type.js";
import { visibleTo } from "./ledger-account.policy.js";
import * as store from "./ledger-account.store.js";
import type { LedgerAccount } from "./ledger-account.type.js";

export const ledgerAccountLoader = defineLoader<FinanceContext, string, LedgerAccount>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findAccounts(
      ctx.db,
      visibleTo(ctx.viewer),
      ids.filter((id) => z.guid().safeParse(id).success),
    ),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);

/** One page of postings, newest first, for each account. */
export const statementLoader = definePageLoader<FinanceContext, Posting>((ctx, accountIds, args) =>
  paginateEach({
    args,
    parentIds: accountIds,
    rows: (query) => store.findStatements(ctx.db, accountIds, query),
    parentOf: ({ accountId }) => accountId,
    sortValueOf: ({ sequence }) => String(sequence),
    counts: () => store.countPostings(ctx.db, accountIds),
  }),
);

/** What waits on a hot account, in minor units; 0 for all others, without a statement. */
export const unfoldedLoader = defineLoader<FinanceContext, string, bigint>(async (ctx, ids) => {
  const sums = await store.sumUnfolded(ctx.db, ids);
  return ids.map((id) => sums.get(id) ?? 0n);
});
