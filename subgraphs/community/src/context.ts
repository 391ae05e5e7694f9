import { Context } from "@lentera/kit";
import type { Prisma, PrismaClient } from "@lentera/prisma/community";

export type Transaction = Prisma.TransactionClient;

/** What every resolver and command of this subgraph gets. */
export class CommunityContext extends Context<Transaction, PrismaClient> {}
