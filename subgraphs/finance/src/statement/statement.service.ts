import { type ConnectionArguments, LenteraError, type Page, invalidField, paginateEach, wholePage } from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import { ledgerAccountLoader } from "../ledger-account/ledger-account.loader.js";
import { foldPostings } from "../ledger-account/ledger-account.store.js";
import type { LedgerAccount } from "../ledger-account/ledger-account.type.js";
import type { Posting } from "../transfer/transfer.type.js";
import { canProveLedger } from "./statement.policy.js";
import * as store from "./statement.store.js";
import type { AccountStatement, LedgerProof } from "./statement.type.js";

/** The account between two instants. @throws VALIDATION_ERROR unless `from` is before `to` */
export async function getStatement(
  ctx: FinanceContext,
  account: LedgerAccount,
  from: Date,
  to: Date,
): Promise<AccountStatement> {
  if (from >= to) throw invalidField("to", "INVALID_FORMAT", "Give an instant after `from`.");
  const { id, currency } = await ledgerAccountLoader(ctx).load(account.id);
  if (account.hot) await foldPostings(ctx.db, [id]);
  return { accountId: id, currency, from, to, ...(await store.findRange(ctx.db, id, from, to)) };
}

/** The statement's postings, oldest first, each with the balance after it. */
export async function listLines(
  ctx: FinanceContext,
  { accountId, after, until }: AccountStatement,
  args: ConnectionArguments,
): Promise<Page<Posting>> {
  const [page] = await paginateEach<Posting>({
    args,
    parentIds: [accountId],
    rows: ({ take, beyond }) =>
      store.findLines(ctx.db, accountId, { after: beyond === null ? after : placeOf(beyond.value), until, take }),
    parentOf: () => accountId,
    sortValueOf: ({ sequence }) => String(sequence),
    counts: async () => new Map([[accountId, Number(until - after)]]),
  });
  return page ?? wholePage<Posting>([]);
}

/** @throws VALIDATION_ERROR for a cursor that is not ours */
function placeOf(value: string): bigint {
  if (/^\d{1,18}$/.test(value)) return BigInt(value);
  throw invalidField("after", "INVALID_FORMAT", "Use a cursor as this list gave it.");
}

/**
 * The trial balance and whatever disagrees: reads the whole ledger.
 * @throws INSUFFICIENT_PERMISSIONS unless the viewer is a platform administrator with `revenue:read`
 */
export async function proveLedger(ctx: FinanceContext): Promise<LedgerProof> {
  if (!canProveLedger(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const [trialBalance, breaks] = await Promise.all([store.findTrialBalance(ctx.db), store.findBreaks(ctx.db)]);
  return { date: ctx.now().toISOString().slice(0, 10), trialBalance, breaks };
}
