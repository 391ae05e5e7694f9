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
import { CreditResolver, OrganizationCreditResolver } from "./credit/credit.resolver.js";
import { Organization } from "./credit/credit.type.js";
import { FinanceContext, type Transaction } from "./context.js";
import { ledgerAccountLoader } from "./ledger-account/ledger-account.loader.js";
import { readDisbursements } from "./disbursement/disbursement-env.js";
import { escrowConsumers } from "./escrow/escrow.event.js";
import { EscrowResolver } from "./escrow/escrow.resolver.js";
import { ledgerJobs } from "./ledger-account/ledger.job.js";
import { LedgerAccountResolver } from "./ledger-account/ledger-account.resolver.js";
import { LoanAssessmentResolver } from "./loan-assessment/loan-assessment.resolver.js";
import { LoanSimulationResolver } from "./loan-simulation/loan-simulation.resolver.js";
import { payoutJobs } from "./payout/payout.job.js";
import { PayoutResolver } from "./payout/payout.resolver.js";
import { receivePayoutWebhook } from "./payout/payout.route.js";
import { AccountStatementResolver, StatementResolver } from "./statement/statement.resolver.js";
import { transferLoader } from "./transfer/transfer.loader.js";
import { PostingResolver, TransferResolver } from "./transfer/transfer.resolver.js";

/** The ledger: whose money is where, and how it came there. */
export function createSubgraph(configuration: SubgraphConfiguration): Promise<Subgraph> {
  const encryption = createEncryption(configuration.encryptionKeys);
  const disbursements = readDisbursements(configuration.environment);
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
      ],
      orphanedTypes: [Organization],
      references: {
        Organization: (reference) => reference,
        LedgerAccount: ({ id }, ctx) => ledgerAccountLoader(ctx).load(id),
        Transfer: ({ id }, ctx) => transferLoader(ctx).load(id),
      },
      createClient: (adapter) => new PrismaClient({ adapter }),
      createContext: (db, identity, { pubSub, clock }) => {
        const ctx = new FinanceContext(db, identity, pubSub, clock);
        ctx.encryption = encryption;
        ctx.disbursements = disbursements;
        return ctx;
      },
      jobs: (systemContext) => [...ledgerJobs(systemContext), ...payoutJobs(systemContext)],
      consumers: [...escrowConsumers, ...personalData("finance", PERSONAL_DATA)],
      routes: (systemContext) => ({
        "/webhooks/payouts/xendit": (request) => receivePayoutWebhook(systemContext(), request),
      }),
    },
    configuration,
  );
}
