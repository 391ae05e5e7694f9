import type { Job } from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import { endHolds, findExpired } from "../hold/hold.store.js";
import { archiveLedger, findBreaks } from "../statement/statement.store.js";
import { foldPostings } from "./ledger-account.store.js";

const BATCH = 500;
/** Whole years that stay beside the running one; older ones go to the archive. */
const LIVE_YEARS = 1;

/** The ledger's housekeeping. Each may run at any time, twice, and beside everything else. */
export function ledgerJobs(systemContext: () => FinanceContext): Job[] {
  return [
    { name: "ledger.fold", cron: "* * * * *", run: async () => void (await foldPostings(systemContext().db, null)) },
    { name: "hold.expire", cron: "* * * * *", run: () => expireHolds(systemContext()) },
    { name: "ledger.prove", cron: "30 19 * * *", run: () => prove(systemContext()) },
    { name: "ledger.archive", cron: "0 20 2 1 *", run: () => archive(systemContext()) },
  ];
}

/** Ends the holds whose time is up. */
async function expireHolds(ctx: FinanceContext): Promise<void> {
  for (;;) {
    const ids = await findExpired(ctx.db, ctx.now(), BATCH);
    if (ids.length === 0) return;
    await ctx.transaction((tx) => endHolds(tx, ids, "EXPIRED"));
  }
}

/** @throws Error when balances and postings disagree, which the log and the operators then show */
async function prove(ctx: FinanceContext): Promise<void> {
  const breaks = await findBreaks(ctx.db);
  if (breaks.length > 0) throw new Error(`The ledger disagrees with itself: ${JSON.stringify(breaks.slice(0, 20))}`);
}

async function archive(ctx: FinanceContext): Promise<void> {
  await archiveLedger(ctx.db, new Date(Date.UTC(ctx.now().getUTCFullYear() - LIVE_YEARS, 0, 1)));
}
