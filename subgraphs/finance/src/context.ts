import { Context, type Encryption } from "@lentera/kit";
import type { Prisma, PrismaClient } from "@lentera/prisma/finance";
import type { DisbursementProvider } from "./disbursement/disbursement.js";

export type Transaction = Prisma.TransactionClient;

/** What every resolver and command of this subgraph gets. */
export class FinanceContext extends Context<Transaction, PrismaClient> {
  encryption!: Encryption;
  /** Who pays out. */
  disbursements!: DisbursementProvider;
}
