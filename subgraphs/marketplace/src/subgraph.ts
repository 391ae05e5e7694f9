import { type Subgraph, type SubgraphConfiguration, createSubgraphFrom, personalData } from "@lentera/kit";
import { PrismaClient } from "@lentera/prisma/marketplace";
import { MarketplaceContext, type Transaction } from "./context.js";
import { PERSONAL_DATA } from "./personal-data/personal-data.store.js";
import { SubjectResolver } from "./subject/subject.resolver.js";
import { tutorProfileLoader } from "./tutor-profile/tutor-profile.loader.js";
import { TutorProfileResolver, TutorResolver, TutorSubjectResolver } from "./tutor-profile/tutor-profile.resolver.js";
import { TutorSearchResolver } from "./tutor-search/tutor-search.resolver.js";

/** Tutors, what they teach, and how they are found. */
export function createSubgraph(configuration: SubgraphConfiguration): Promise<Subgraph> {
  return createSubgraphFrom<Transaction, PrismaClient, MarketplaceContext>(
    {
      name: "marketplace",
      resolvers: [TutorSearchResolver, TutorProfileResolver, TutorSubjectResolver, TutorResolver, SubjectResolver],
      references: {
        User: (reference) => reference,
        TutorProfile: ({ id }, ctx) => tutorProfileLoader(ctx).load(id),
      },
      createClient: (adapter) => new PrismaClient({ adapter }),
      createContext: (db, identity, { pubSub, clock }) => new MarketplaceContext(db, identity, pubSub, clock),
      consumers: personalData("marketplace", PERSONAL_DATA),
    },
    configuration,
  );
}
