import { LenteraError, emit } from "@lentera/kit";
import { randomUUID } from "node:crypto";
import { feeOf, termsOf } from "../bank-partner/bank-partner.service.js";
import { findProducts } from "../bank-partner/bank-partner.store.js";
import type { FinanceContext, Transaction } from "../context.js";
import { loanDisbursed } from "../events.js";
import { clearingOf, walletOf } from "../ledger-account/account-key.js";
import { amortize } from "../loan-simulation/amortization.rules.js";
import { today } from "../loan-simulation/loan-simulation.service.js";
import { postTransfer } from "../transfer/post-transfer.js";
import * as store from "./loan.store.js";

/** What a bank has lent through Lentera, with the sign turned. */
export function bankAccountOf(bankId: string, currency: string) {
  return clearingOf(`bank:${bankId}`, currency);
}

/**
 * The loan of an approved application: the money without the fee into the borrower's wallet, and the schedule, which never
 * changes again. In the caller's transaction, which posts nothing else.
 */
export async function disburse(
  ctx: FinanceContext,
  tx: Transaction,
  application: {
    id: string;
    applicantId: string;
    bankId: string;
    productId: string;
    amountMinor: bigint;
    currency: string;
    months: number;
  },
): Promise<void> {
  const {
    id: applicationId,
    applicantId: borrowerId,
    bankId,
    amountMinor: principalMinor,
    currency,
    months,
  } = application;
  const [product] = await findProducts(tx, [application.productId]);
  if (product === undefined) throw new LenteraError("NOT_FOUND");
  const startsOn = today(ctx);
  const feeMinor = feeOf(product, principalMinor);
  const schedule = amortize({ ...termsOf(product), principalMinor, months, startsOn });
  const paidOut = principalMinor - feeMinor;
  const { id: transferId } = await postTransfer(tx, {
    kind: "LOAN",
    description: "Loan disbursed",
    reference: `loan_application:${applicationId}`,
    idempotencyKey: `loan.disbursed:${applicationId}`,
    postings: [
      { account: bankAccountOf(bankId, currency), amountMinor: -paidOut },
      { account: walletOf(borrowerId, currency), amountMinor: paidOut },
    ],
  });
  const loanId = randomUUID();
  const { lateFeeMinor, graceDays } = product;
  const terms = { ...termsOf(product), feeMinor, lateFeeMinor, graceDays, startsOn: new Date(startsOn) };
  await store.insertLoan(tx, {
    loan: { id: loanId, applicationId, borrowerId, bankId, principalMinor, currency, transferId, ...terms },
    schedule,
  });
  await emit(tx, loanDisbursed, {
    loanId,
    applicationId,
    borrowerId,
    bankId,
    principalMinor: String(principalMinor),
    currency,
  });
}
