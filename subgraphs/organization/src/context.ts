import { Context, type Encryption } from "@lentera/kit";
import type { Prisma, PrismaClient } from "@lentera/prisma/organization";

export type Transaction = Prisma.TransactionClient;

/** What every resolver and command of this subgraph gets. */
export class OrganizationContext extends Context<Transaction, PrismaClient> {
  encryption!: Encryption;
}
