import { type Subgraph, type SubgraphConfiguration, createSubgraphFrom } from "@lentera/kit";
import { PrismaClient } from "@lentera/prisma/learning";
import { attemptJobs } from "./attempt/attempt.job.js";
import { AttemptResolver, StudentResolver } from "./attempt/attempt.resolver.js";
import { getAttempt } from "./attempt/attempt.service.js";
import { LearningContext, type Transaction } from "./context.js";
import { InsightResolver } from "./insight/insight.resolver.js";
import { LeaderboardEntryResolver, LeaderboardResolver, LearnerResolver } from "./leaderboard/leaderboard.resolver.js";
import { Class } from "./stubs.js";
import { tryoutLoader } from "./tryout/tryout.loader.js";
import { TryoutResolver } from "./tryout/tryout.resolver.js";

/** Exams, attempts and their scores, leaderboards, insight. */
export function createSubgraph(configuration: SubgraphConfiguration): Promise<Subgraph> {
  return createSubgraphFrom<Transaction, PrismaClient, LearningContext>(
    {
      name: "learning",
      resolvers: [
        TryoutResolver,
        AttemptResolver,
        StudentResolver,
        LeaderboardResolver,
        LeaderboardEntryResolver,
        LearnerResolver,
        InsightResolver,
      ],
      orphanedTypes: [Class],
      references: {
        User: (reference) => reference,
        Class: (reference) => reference,
        Tryout: ({ id }, ctx) => tryoutLoader(ctx).load(id),
        Attempt: ({ id }, ctx) => getAttempt(ctx, id),
      },
      createClient: (adapter) => new PrismaClient({ adapter }),
      createContext: (db, identity, { pubSub, clock }) => new LearningContext(db, identity, pubSub, clock),
      jobs: attemptJobs,
    },
    configuration,
  );
}
