import {
  type Subgraph,
  type SubgraphConfiguration,
  createEncryption,
  createSubgraphFrom,
  personalData,
} from "@lentera/kit";
import { PERSONAL_DATA } from "./personal-data/personal-data.store.js";
import { PrismaClient } from "@lentera/prisma/learning";
import { AchieverResolver } from "./achievement/achievement.resolver.js";
import { attemptJobs } from "./attempt/attempt.job.js";
import { AttemptResolver, StudentResolver } from "./attempt/attempt.resolver.js";
import { getAttempt } from "./attempt/attempt.service.js";
import { CategoryResolver } from "./category/category.resolver.js";
import { challengeJobs } from "./challenge/challenge.job.js";
import { ChallengeMemberResolver, ChallengeResolver } from "./challenge/challenge.resolver.js";
import { LearningContext, type Transaction } from "./context.js";
import { ExamTypeResolver } from "./exam-type/exam-type.resolver.js";
import { goalJobs } from "./goal/goal.job.js";
import { GoalResolver, GoalSetterResolver } from "./goal/goal.resolver.js";
import { guardianReportJobs } from "./guardian-report/guardian-report.job.js";
import { GuardianReportResolver, ReportedStudentResolver } from "./guardian-report/guardian-report.resolver.js";
import { guardianConsumers } from "./guardian-report/guardian-report.service.js";
import {
  ClassAnalysisResolver,
  ExamAnalysisResolver,
  StudentAtRiskResolver,
  TopPerformerResolver,
} from "./insight/class-analysis.resolver.js";
import { InsightResolver } from "./insight/insight.resolver.js";
import {
  ExamStandingResolver,
  PeerComparisonResolver,
  ScoreTrendResolver,
  StudentInsightResolver,
  SubtestMasteryResolver,
} from "./insight/student-insight.resolver.js";
import { cohortConsumers } from "./leaderboard/cohort.service.js";
import { LeaderboardEntryResolver, LeaderboardResolver } from "./leaderboard/leaderboard.resolver.js";
import { programLoader } from "./program/program.loader.js";
import { ApplicantResolver, ProgramResolver } from "./program/program.resolver.js";
import { PracticeResolver } from "./practice/practice.resolver.js";
import { questionJobs } from "./question/question.job.js";
import { QuestionImportResolver } from "./question-import/question-import.resolver.js";
import { QuestionResolver, QuestionVersionResolver } from "./question/question.resolver.js";
import { getQuestion } from "./question/question.service.js";
import { OfflineDeviceResolver } from "./offline/device/device.resolver.js";
import { keepEntitlement } from "./offline/entitlement/entitlement.event.js";
import { OfflinePackageResolver } from "./offline/package/package.resolver.js";
import { offlineJobs } from "./offline/sync/sync.job.js";
import { DeadLetterResolver, OfflineSyncResolver } from "./offline/sync/sync.resolver.js";
import { Class } from "./stubs.js";
import { tryoutLoader } from "./tryout/tryout.loader.js";
import { tryoutJobs } from "./tryout/tryout.job.js";
import { ClassProgressResolver, TryoutManagementResolver } from "./tryout/management.resolver.js";
import { TryoutResolver } from "./tryout/tryout.resolver.js";
import { motivationJobs } from "./xp/xp.job.js";
import { LearnerResolver, XpEventResolver } from "./xp/xp.resolver.js";

/** Exams, attempts and their scores, leaderboards, insight. */
export function createSubgraph(configuration: SubgraphConfiguration): Promise<Subgraph> {
  const encryption = createEncryption(configuration.encryptionKeys);
  return createSubgraphFrom<Transaction, PrismaClient, LearningContext>(
    {
      name: "learning",
      resolvers: [
        ExamTypeResolver,
        CategoryResolver,
        QuestionImportResolver,
        QuestionResolver,
        QuestionVersionResolver,
        TryoutResolver,
        TryoutManagementResolver,
        ClassProgressResolver,
        AttemptResolver,
        StudentResolver,
        LeaderboardResolver,
        LeaderboardEntryResolver,
        LearnerResolver,
        XpEventResolver,
        AchieverResolver,
        PracticeResolver,
        ChallengeResolver,
        ChallengeMemberResolver,
        InsightResolver,
        OfflineDeviceResolver,
        OfflinePackageResolver,
        OfflineSyncResolver,
        DeadLetterResolver,
        StudentInsightResolver,
        ScoreTrendResolver,
        ExamStandingResolver,
        SubtestMasteryResolver,
        PeerComparisonResolver,
        ProgramResolver,
        ApplicantResolver,
        GoalResolver,
        GoalSetterResolver,
        ReportedStudentResolver,
        GuardianReportResolver,
        ClassAnalysisResolver,
        ExamAnalysisResolver,
        TopPerformerResolver,
        StudentAtRiskResolver,
      ],
      orphanedTypes: [Class],
      references: {
        User: (reference) => reference,
        Class: (reference) => reference,
        Tryout: ({ id }, ctx) => tryoutLoader(ctx).load(id),
        Question: ({ id }, ctx) => getQuestion(ctx, id),
        Program: ({ id }, ctx) => programLoader(ctx).load(id),
        Attempt: ({ id }, ctx) => getAttempt(ctx, id),
      },
      createClient: (adapter) => new PrismaClient({ adapter }),
      createContext: (db, identity, { pubSub, clock }) => {
        const ctx = new LearningContext(db, identity, pubSub, clock);
        ctx.encryption = encryption;
        return ctx;
      },
      jobs: (systemContext) => [
        ...attemptJobs(systemContext),
        ...questionJobs(systemContext),
        ...tryoutJobs(systemContext),
        ...motivationJobs(systemContext),
        ...challengeJobs(systemContext),
        ...offlineJobs(systemContext),
        ...goalJobs(systemContext),
        ...guardianReportJobs(systemContext),
      ],
      consumers: [
        ...cohortConsumers,
        ...guardianConsumers,
        keepEntitlement,
        ...personalData("learning", PERSONAL_DATA),
      ],
    },
    configuration,
  );
}
