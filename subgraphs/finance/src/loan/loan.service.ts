import {
  type ConnectionArguments,
  type Job,
  LenteraError,
  type Page,
  audit,
  emit,
  invalidField,
  paginate,
  refuseWhileImpersonating,
  requireSignedIn,
  toMinorUnits,
  validate,
} from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import { loanReminded, loanRepaid } from "../events.js";
import { walletOf } from "../ledger-account/account-key.js";
import { today } from "../loan-simulation/loan-simulation.service.js";
import { postTransfer } from "../transfer/post-transfer.js";
import { bankAccountOf } from "./disbursement.service.js";
import { type RepayLoanInput, repayLoanRules } from "./loan.input.js";
import { loanLoader } from "./loan.loader.js";
import { visibleTo } from "./loan.policy.js";
import {
  type Allocation,
  REMINDER_DAYS,
  addDays,
  allocate,
  daysPastDue,
  noticesOf,
  openOf,
  settle,
} from "./loan.rules.js";
import * as store from "./loan.store.js";
import type { Loan, RepayLoanPayload } from "./loan.type.js";

/**
 * Pays from the borrower's wallet: an amount against the oldest instalment first, or without one everything early.
 * @throws NOT_FOUND for a loan of somebody else
 * @throws ILLEGAL_STATE when it is repaid
 * @throws VALIDATION_ERROR for zero, and for more than is open
 * @throws INSUFFICIENT_BALANCE
 */
export async function repayLoan(ctx: FinanceContext, input: RepayLoanInput): Promise<RepayLoanPayload> {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  const { idempotencyKey, loanId, amount = null } = validate(repayLoanRules, input);
  const once = { command: "repayLoan", key: idempotencyKey, input: { loanId, amount } };
  await ctx.transactionOnce(once, async (tx) => {
    const loan = await store.lockLoan(tx, { borrowerId: userId }, loanId);
    if (loan === null) throw new LenteraError("NOT_FOUND");
    if (loan.repaidAt !== null) throw new LenteraError("ILLEGAL_STATE");
    const { currency, bankId } = loan;
    const instalments = await store.findInstalments(tx, [loanId]);
    const { amountMinor, allocations } =
      amount === null ? settlementOf(ctx, loan, instalments) : partOf(instalments, toMinorUnits(amount, currency));
    const { id: transferId } = await postTransfer(tx, {
      kind: "LOAN",
      description: amount === null ? "Loan settled" : "Loan repayment",
      reference: `loan:${loanId}`,
      idempotencyKey: `loan.repaid:${userId}:${idempotencyKey}`,
      postings: [
        { account: walletOf(userId, currency), amountMinor: -amountMinor },
        { account: bankAccountOf(bankId, currency), amountMinor },
      ],
    });
    const repaymentId = await store.insertRepayment(tx, { loanId, amountMinor, transferId, allocations });
    const isRepaid = openOf(await store.findInstalments(tx, [loanId])) === 0n;
    if (isRepaid) await store.closeLoan(tx, loanId, ctx.now());
    const entry = { action: "loan.repaid", entityType: "Loan", entityId: loanId, organizationId: null };
    await audit(tx, ctx.identity, { ...entry, newValues: { repaymentId, amountMinor: String(amountMinor), isRepaid } });
    const facts = { loanId, borrowerId: userId, bankId, amountMinor: String(amountMinor), currency, isRepaid };
    await emit(tx, loanRepaid, facts);
    return repaymentId;
  });
  return { loan: await loanLoader(ctx).load(loanId) };
}

function partOf(instalments: readonly store.InstalmentRow[], amountMinor: bigint) {
  if (amountMinor <= 0n || amountMinor > openOf(instalments))
    throw invalidField("input.amount", "INVALID_FORMAT", "Pay more than zero and at most what is open.");
  return { amountMinor, allocations: allocate(instalments, amountMinor) };
}

/** What it costs to pay back everything today. */
export function settlementOf(
  ctx: FinanceContext,
  { startsOn, dayCount }: Pick<store.LoanRow, "startsOn" | "dayCount">,
  instalments: readonly store.InstalmentRow[],
): { readonly amountMinor: bigint; readonly allocations: readonly Allocation[] } {
  return settle(instalments, { startsOn: startsOn.toISOString().slice(0, 10), today: today(ctx), dayCount });
}

/** The borrower's own, or those of the staff's bank, newest first. */
export function listLoans(ctx: FinanceContext, args: ConnectionArguments): Promise<Page<Loan>> {
  const visible = visibleTo(ctx.viewer);
  return paginate<Loan>({
    args,
    orderBy: [{ field: "id", direction: "desc" }],
    rows: (query) => store.findLoanPage(ctx.db, visible, query),
    count: () => store.countLoans(ctx.db, visible),
  });
}

const BATCH = 200;
const FIRST_ID = "00000000-0000-0000-0000-000000000000";

export function loanJobs(systemContext: () => FinanceContext): Job[] {
  return [{ name: "loan.collect", cron: "0 1 * * *", run: () => collectLoans(systemContext()) }];
}

/** Reminds of what falls due and charges for what is late, each instalment once of each kind, however often it runs. */
export async function collectLoans(ctx: FinanceContext): Promise<void> {
  const dueBy = addDays(today(ctx), REMINDER_DAYS);
  for (let after = FIRST_ID; ;) {
    const ids = await store.findCollectable(ctx.db, dueBy, after, BATCH);
    for (const id of ids) await collect(ctx, id);
    const last = ids.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

async function collect(ctx: FinanceContext, loanId: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const loan = await store.lockLoan(tx, {}, loanId);
    if (loan === null || loan.repaidAt !== null) return;
    const instalments = await store.findInstalments(tx, [loanId]);
    const wanted = noticesOf(instalments, today(ctx), loan);
    const given = await store.insertNotices(tx, loanId, wanted);
    for (const { number, kind, feeMinor } of given) {
      const instalment = instalments.find((one) => one.number === number);
      if (instalment === undefined) continue;
      await emit(tx, loanReminded, {
        loanId,
        borrowerId: loan.borrowerId,
        number,
        kind,
        dueOn: instalment.dueOn,
        daysPastDue: daysPastDue([instalment], today(ctx)),
        openMinor: String(openOf([instalment]) + feeMinor),
        currency: loan.currency,
      });
    }
  });
}
