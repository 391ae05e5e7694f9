import { LenteraError, defineLoader } from "@lentera/kit";
import { z } from "zod";
import type { FinanceContext } from "../context.js";
import { visibleTo } from "../ledger-account/ledger-account.policy.js";
import { findAccounts } from "../ledger-account/ledger-account.store.js";
import * as store from "./transfer.store.js";
import type { Posting, Transfer } from "./transfer.type.js";

/** The postings of each transfer that are on accounts which the viewer may see, outflow first. */
export const postingsLoader = defineLoader<FinanceContext, string, Posting[]>(async (ctx, transferIds) => {
  const known = transferIds.filter((id) => z.guid().safeParse(id).success);
  const postings = await store.findPostings(ctx.db, known);
  const accountIds = [...new Set(postings.map(({ accountId }) => accountId))];
  const visible = new Set((await findAccounts(ctx.db, visibleTo(ctx.viewer), accountIds)).map(({ id }) => id));
  const shown = Map.groupBy(
    postings.filter(({ accountId }) => visible.has(accountId)),
    ({ transferId }) => transferId,
  );
  return transferIds.map((id) => shown.get(id) ?? []);
});

/** Transfers that touch an account which the viewer may see. */
export const transferLoader = defineLoader<FinanceContext, string, Transfer>(async (ctx, ids) => {
  const [sides, transfers] = await Promise.all([
    postingsLoader(ctx).loadMany(ids),
    store.findTransfers(
      ctx.db,
      ids.filter((id) => z.guid().safeParse(id).success),
    ),
  ]);
  const byId = new Map(transfers.map((transfer) => [transfer.id, transfer]));
  return ids.map((id, index) => {
    const shown = sides[index];
    const isVisible = Array.isArray(shown) && shown.length > 0;
    return (isVisible ? byId.get(id) : undefined) ?? new LenteraError("NOT_FOUND");
  });
});
