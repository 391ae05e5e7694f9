import { Context } from "@lentera/kit";
import type { Prisma, PrismaClient } from "@lentera/prisma/marketplace";

export type Transaction = Prisma.TransactionClient;

/** What every resolver and command of this subgraph gets. */
export class MarketplaceContext extends Context<Transaction, PrismaClient> {}
