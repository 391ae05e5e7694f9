import { type Subgraph, type SubgraphConfiguration, createSubgraphFrom } from "@lentera/kit";
import { PrismaClient } from "@lentera/prisma/finance";
import { FinanceContext, type Transaction } from "./context.js";
import { ledgerAccountLoader } from "./ledger-account/ledger-account.loader.js";
import { ledgerJobs } from "./ledger-account/ledger.job.js";
import { LedgerAccountResolver } from "./ledger-account/ledger-account.resolver.js";
import { AccountStatementResolver, StatementResolver } from "./statement/statement.resolver.js";
import { transferLoader } from "./transfer/transfer.loader.js";
import { PostingResolver, TransferResolver } from "./transfer/transfer.resolver.js";

/** The ledger: whose money is where, and how it came there. */
export function createSubgraph(configuration: SubgraphConfiguration): Promise<Subgraph> {
  return createSubgraphFrom<Transaction, PrismaClient, FinanceContext>(
    {
      name: "finance",
      resolvers: [
        LedgerAccountResolver,
        AccountStatementResolver,
        StatementResolver,
        TransferResolver,
        PostingResolver,
      ],
      references: {
        LedgerAccount: ({ id }, ctx) => ledgerAccountLoader(ctx).load(id),
        Transfer: ({ id }, ctx) => transferLoader(ctx).load(id),
      },
      createClient: (adapter) => new PrismaClient({ adapter }),
      createContext: (db, identity, { pubSub, clock }) => new FinanceContext(db, identity, pubSub, clock),
      jobs: (systemContext) => ledgerJobs(systemContext),
    },
    configuration,
  );
}
