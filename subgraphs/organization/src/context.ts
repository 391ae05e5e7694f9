import { Context, type Encryption } from "@lentera/kit";
import type { Prisma, PrismaClient } from "@lentera/prisma/organization";
import type { ExternalProviders } from "./external-identity/external-provider.js";
import type { AccessRecorder } from "./guardian-access/access-recorder.js";
import type { FileLinks } from "./file/file-link.js";
import type { Mailer } from "./mail/mailer.js";
import type { WebhookSender } from "./webhook/webhook-sender.js";

export type Transaction = Prisma.TransactionClient;

/** What every resolver and command of this subgraph gets. */
export class OrganizationContext extends Context<Transaction, PrismaClient> {
  encryption!: Encryption;
  mailer!: Mailer;
  /** Where people reach the platform, without a slash at the end. */
  publicUrl!: string;
  /** Reads of guardians that are still to be written down. */
  guardianAccesses!: AccessRecorder;
  webhookSender!: WebhookSender;
  fileLinks!: FileLinks;
  externalProviders!: ExternalProviders;
}
