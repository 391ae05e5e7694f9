import { Context, type Encryption, LenteraError } from "@lentera/kit";
import type { Prisma, PrismaClient } from "@lentera/prisma/finance";
import type { DisbursementProvider } from "./disbursement/disbursement.js";
import type { PaymentEnvironment } from "./env.js";
import type { PaymentProvider, ProviderName } from "./provider/provider.js";

export type Transaction = Prisma.TransactionClient;

/** What every resolver and command of this subgraph gets. */
export class FinanceContext extends Context<Transaction, PrismaClient> {
  encryption!: Encryption;
  /** Who pays out. */
  disbursements!: DisbursementProvider;
  /** How long a partner bank may take to answer. */
  bankTimeoutMs = 10_000;
  payments!: PaymentEnvironment;

  /** @throws SERVER_ERROR for a name that none has */
  provider(name: ProviderName): PaymentProvider {
    const provider = this.payments.providers.get(name);
    if (provider === undefined) throw new LenteraError("SERVER_ERROR");
    return provider;
  }
}
