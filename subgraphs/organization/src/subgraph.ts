import { type Subgraph, type SubgraphConfiguration, createEncryption, createSubgraphFrom } from "@lentera/kit";
import { PrismaClient } from "@lentera/prisma/organization";
import { classLoader } from "./class/class.loader.js";
import { ClassResolver } from "./class/class.resolver.js";
import { OrganizationContext, type Transaction } from "./context.js";
import { GuardianLinkResolver } from "./guardian-link/guardian-link.resolver.js";
import { organizationLoader } from "./organization/organization.loader.js";
import { OrganizationResolver } from "./organization/organization.resolver.js";
import { SessionResolver } from "./session/session.resolver.js";
import { jsonWebKeySet } from "./session/signing-key.js";
import { userLoader } from "./user/user.loader.js";
import { UserResolver } from "./user/user.resolver.js";

/** Identity, tenants, schools, classes, families. */
export function createSubgraph(configuration: SubgraphConfiguration): Promise<Subgraph> {
  const encryption = createEncryption(configuration.encryptionKeys);
  return createSubgraphFrom<Transaction, PrismaClient, OrganizationContext>(
    {
      name: "organization",
      resolvers: [SessionResolver, UserResolver, OrganizationResolver, ClassResolver, GuardianLinkResolver],
      references: {
        User: ({ id }, ctx) => userLoader(ctx).load(id),
        Organization: ({ id }, ctx) => organizationLoader(ctx).load(id),
        Class: ({ id }, ctx) => classLoader(ctx).load(id),
      },
      createClient: (adapter) => new PrismaClient({ adapter }),
      createContext: (db, identity, { pubSub, clock }) => {
        const ctx = new OrganizationContext(db, identity, pubSub, clock);
        ctx.encryption = encryption;
        return ctx;
      },
      documents: (systemContext) => ({ "/.well-known/jwks.json": () => jsonWebKeySet(systemContext()) }),
    },
    configuration,
  );
}
