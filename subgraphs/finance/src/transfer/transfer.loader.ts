import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import { z } from "zod";
import type { FinanceContext } from "../context.js";
import { visibleTo } from "../ledger-account/ledger-account.policy.js";
import * as store from "./transfer.store.js";
import type { Posting, Transfer } from "./transfer.type.js";

/** Transfers that touch an account which the viewer may see. */
export const transferLoader = defineLoader<FinanceContext, string, Transfer>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findTransfers(
      ctx.db,
      visibleTo(ctx.viewer),
      ids.filter((id) => z.guid().safeParse(id).success),
    ),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);

export const postingsLoader = defineLoader<FinanceContext, string, Posting[]>(async (ctx, transferIds) => {
  const postings = await store.findPostings(ctx.db, visibleTo(ctx.viewer), transferIds);
  return transferIds.map((transferId) => postings.get(transferId) ?? []);
});
