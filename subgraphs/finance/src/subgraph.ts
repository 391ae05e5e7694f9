import {
  type Subgraph,
  type SubgraphConfiguration,
  createEncryption,
  createSubgraphFrom,
  personalData,
} from "@lentera/kit";
import { PERSONAL_DATA } from "./personal-data/personal-data.store.js";
import { PrismaClient } from "@lentera/prisma/finance";
import { LoanProductResolver } from "./bank-partner/bank-partner.resolver.js";
import { BookCategoryResolver, BookEntryResolver } from "./book-entry/book-entry.resolver.js";
import { CreditResolver, OrganizationCreditResolver } from "./credit/credit.resolver.js";
import { Organization } from "./credit/credit.type.js";
import { FinanceContext, type Transaction } from "./context.js";
import { DisputeResolver, PaymentDisputeResolver } from "./dispute/dispute.resolver.js";
import { readPaymentEnvironment } from "./env.js";
import { ledgerAccountLoader } from "./ledger-account/ledger-account.loader.js";
import { readDisbursements } from "./disbursement/disbursement-env.js";
import { escrowConsumers } from "./escrow/escrow.event.js";
import { EscrowResolver } from "./escrow/escrow.resolver.js";
import { ledgerJobs } from "./ledger-account/ledger.job.js";
import { LedgerAccountResolver } from "./ledger-account/ledger-account.resolver.js";
import { BANK_CALLBACK_PATH, loanApplicationJobs, receiveBankCallback } from "./loan-application/bank-delivery.js";
import { LoanApplicationResolver, LoanDocumentResolver } from "./loan-application/loan-application.resolver.js";
import { DOCUMENTS_PATH, serveDocument } from "./loan-application/loan-document.service.js";
import { LoanResolver } from "./loan/loan.resolver.js";
import { loanJobs } from "./loan/loan.service.js";
import { LoanAssessmentResolver } from "./loan-assessment/loan-assessment.resolver.js";
import { LoanSimulationResolver } from "./loan-simulation/loan-simulation.resolver.js";
import { payoutJobs } from "./payout/payout.job.js";
import { PayoutResolver } from "./payout/payout.resolver.js";
import { receivePayoutWebhook } from "./payout/payout.route.js";
import { PaymentExceptionResolver } from "./payment-exception/payment-exception.resolver.js";
import { PaymentMethodResolver } from "./payment-method/payment-method.resolver.js";
import { PaymentAnalyticsResolver } from "./payment/payment-analytics.resolver.js";
import { paymentJobs } from "./payment/payment.job.js";
import { paymentLoader } from "./payment/payment.loader.js";
import { PaymentInstructionsResolver, PaymentResolver } from "./payment/payment.resolver.js";
import { refundJobs } from "./refund/refund.job.js";
import { PaymentRefundResolver, RefundResolver } from "./refund/refund.resolver.js";
import { AccountStatementResolver, StatementResolver } from "./statement/statement.resolver.js";
import { SettlementLineResolver, SettlementReportResolver } from "./settlement-report/settlement-report.resolver.js";
import { transferLoader } from "./transfer/transfer.loader.js";
import { PostingResolver, TransferResolver } from "./transfer/transfer.resolver.js";
import { webhookDeliveryJobs } from "./webhook-delivery/webhook-delivery.job.js";
import { PaymentDeliveryResolver } from "./webhook-delivery/webhook-delivery.resolver.js";
import { receiveWebhook } from "./webhook-delivery/webhook-delivery.route.js";

/** The ledger and what moves it: payments, refunds, what the providers tell. */
export function createSubgraph(configuration: SubgraphConfiguration): Promise<Subgraph> {
  const encryption = createEncryption(configuration.encryptionKeys);
  const disbursements = readDisbursements(configuration.environment);
  const payments = readPaymentEnvironment(configuration.environment);
  return createSubgraphFrom<Transaction, PrismaClient, FinanceContext>(
    {
      name: "finance",
      resolvers: [
        LedgerAccountResolver,
        AccountStatementResolver,
        StatementResolver,
        TransferResolver,
        PostingResolver,
        EscrowResolver,
        PayoutResolver,
        CreditResolver,
        OrganizationCreditResolver,
        LoanSimulationResolver,
        LoanAssessmentResolver,
        LoanProductResolver,
        PaymentMethodResolver,
        PaymentResolver,
        PaymentInstructionsResolver,
        RefundResolver,
        PaymentRefundResolver,
        DisputeResolver,
        PaymentDisputeResolver,
        PaymentExceptionResolver,
        PaymentDeliveryResolver,
        PaymentAnalyticsResolver,
        SettlementReportResolver,
        SettlementLineResolver,
        LoanApplicationResolver,
        LoanDocumentResolver,
        LoanResolver,
        BookEntryResolver,
        BookCategoryResolver,
      ],
      orphanedTypes: [Organization],
      references: {
        Organization: (reference) => reference,
        LedgerAccount: ({ id }, ctx) => ledgerAccountLoader(ctx).load(id),
        Transfer: ({ id }, ctx) => transferLoader(ctx).load(id),
        Payment: ({ id }, ctx) => paymentLoader(ctx).load(id),
      },
      createClient: (adapter) => new PrismaClient({ adapter }),
      createContext: (db, identity, { pubSub, clock }) => {
        const ctx = new FinanceContext(db, identity, pubSub, clock);
        ctx.encryption = encryption;
        ctx.disbursements = disbursements;
        ctx.payments = payments;
        return ctx;
      },
      jobs: (systemContext) => [
        ...ledgerJobs(systemContext),
        ...payoutJobs(systemContext),
        ...paymentJobs(systemContext),
        ...refundJobs(systemContext),
        ...webhookDeliveryJobs(systemContext),
        ...loanApplicationJobs(systemContext),
        ...loanJobs(systemContext),
      ],
      consumers: [...escrowConsumers, ...personalData("finance", PERSONAL_DATA)],
      routes: (systemContext) => ({
        "/webhooks/payouts/xendit": (request) => receivePayoutWebhook(systemContext(), request),
        "/webhooks/payments/:provider": (request) => receiveWebhook(systemContext(), request),
        [BANK_CALLBACK_PATH]: (request) => receiveBankCallback(systemContext(), request),
        [DOCUMENTS_PATH]: (request) => serveDocument(systemContext(), request),
      }),
    },
    configuration,
  );
}
