import { type ConnectionArguments, type Page, paginate } from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import type { Posting } from "../transfer/transfer.type.js";
import { ledgerAccountLoader, statementLoader } from "./ledger-account.loader.js";
import { visibleTo } from "./ledger-account.policy.js";
import * as store from "./ledger-account.store.js";
import type { LedgerAccount } from "./ledger-account.type.js";

/** The accounts that the viewer may see, oldest first. */
export function listAccounts(ctx: FinanceContext, args: ConnectionArguments): Promise<Page<LedgerAccount>> {
  const visible = visibleTo(ctx.viewer);
  return paginate<LedgerAccount>({
    args,
    orderBy: [{ field: "id", direction: "asc" }],
    rows: (page) => store.findAccountPage(ctx.db, visible, page),
    count: () => store.countAccounts(ctx.db, visible),
  });
}

/** @throws NOT_FOUND for an account that the viewer may not see */
export function getAccount(ctx: FinanceContext, id: string): Promise<LedgerAccount> {
  return ledgerAccountLoader(ctx).load(id);
}

/** What moved the account's balance, newest first. On a hot account the last seconds come in at the next folding. */
export function listPostings(
  ctx: FinanceContext,
  accountId: string,
  args: ConnectionArguments,
): Promise<Page<Posting>> {
  return statementLoader(ctx).load({ parentId: accountId, args });
}
