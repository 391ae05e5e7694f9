import { Context } from "@lentera/kit";
import type { Prisma, PrismaClient } from "@lentera/prisma/finance";

export type Transaction = Prisma.TransactionClient;

/** What every resolver and command of this subgraph gets. */
export class FinanceContext extends Context<Transaction, PrismaClient> {}
