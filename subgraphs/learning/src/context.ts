import { Context, type Encryption } from "@lentera/kit";
import type { Prisma, PrismaClient } from "@lentera/prisma/learning";

export type Transaction = Prisma.TransactionClient;

/** What every resolver and command of this subgraph gets. */
export class LearningContext extends Context<Transaction, PrismaClient> {
  encryption!: Encryption;
}
