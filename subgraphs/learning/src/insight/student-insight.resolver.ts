import { Ctx, Directive, FieldResolver, Resolver, Root } from "type-graphql";
import type { LearningContext } from "../context.js";
import { examTypeLoader } from "../exam-type/exam-type.loader.js";
import { ExamType } from "../exam-type/exam-type.type.js";
import { User } from "../stubs.js";
import {
  findBestHour,
  findHabits,
  findMastery,
  listComparisons,
  listRecommendations,
  listStandings,
  listTimings,
  listTrends,
} from "./student-insight.service.js";
import {
  BestStudyHour,
  ExamStanding,
  Mastery,
  PeerComparison,
  ScoreTrend,
  StudyHabits,
  SubtestMastery,
  SubtestTiming,
  TopicRecommendation,
} from "./student-insight.type.js";

@Resolver(() => User)
export class StudentInsightResolver {
  @Directive('@requires(fields: "viewerAccess { viewScores }")')
  @FieldResolver(() => [ScoreTrend], {
    nullable: true,
    description: "One for each examination; null when the caller may not see scores.",
  })
  scoreTrends(@Ctx() ctx: LearningContext, @Root() user: User): Promise<ScoreTrend[] | null> {
    return listTrends(ctx, user);
  }

  @Directive('@requires(fields: "viewerAccess { viewScores }")')
  @FieldResolver(() => [ExamStanding], {
    nullable: true,
    description: "The examinations beside each other, strongest first; null when the caller may not see scores.",
  })
  examStandings(@Ctx() ctx: LearningContext, @Root() user: User): Promise<ExamStanding[] | null> {
    return listStandings(ctx, user);
  }

  @Directive('@requires(fields: "viewerAccess { viewDetailedAnalytics }")')
  @FieldResolver(() => Mastery, {
    nullable: true,
    description: "By subtest and topic; null when the caller may not see detailed analytics.",
  })
  mastery(@Ctx() ctx: LearningContext, @Root() user: User): Promise<Mastery | null> {
    return findMastery(ctx, user);
  }

  @Directive('@requires(fields: "viewerAccess { viewDetailedAnalytics }")')
  @FieldResolver(() => [TopicRecommendation], {
    nullable: true,
    description: "10 weak topics at most, the weightiest reason first; null without detailed analytics.",
  })
  topicRecommendations(@Ctx() ctx: LearningContext, @Root() user: User): Promise<TopicRecommendation[] | null> {
    return listRecommendations(ctx, user);
  }

  @Directive('@requires(fields: "viewerAccess { viewDetailedAnalytics }")')
  @FieldResolver(() => [SubtestTiming], {
    nullable: true,
    description: "How time is spent on items; null when the caller may not see detailed analytics.",
  })
  timeManagement(@Ctx() ctx: LearningContext, @Root() user: User): Promise<SubtestTiming[] | null> {
    return listTimings(ctx, user);
  }

  @Directive('@requires(fields: "viewerAccess { viewStudyTime }")')
  @FieldResolver(() => StudyHabits, { nullable: true, description: "Null when the caller may not see study time." })
  studyHabits(@Ctx() ctx: LearningContext, @Root() user: User): Promise<StudyHabits | null> {
    return findHabits(ctx, user);
  }

  @Directive('@requires(fields: "viewerAccess { viewStudyTime viewDetailedAnalytics }")')
  @FieldResolver(() => BestStudyHour, {
    nullable: true,
    description: "Null until an hour has 20 answers, or when the caller may not see study time and detailed analytics.",
  })
  bestStudyHour(@Ctx() ctx: LearningContext, @Root() user: User): Promise<BestStudyHour | null> {
    return findBestHour(ctx, user);
  }

  @Directive('@requires(fields: "viewerAccess { viewDetailedAnalytics }")')
  @FieldResolver(() => [PeerComparison], {
    nullable: true,
    description:
      "Among each class of the student and the platform; null when the caller may not see detailed analytics.",
  })
  peerComparisons(@Ctx() ctx: LearningContext, @Root() user: User): Promise<PeerComparison[] | null> {
    return listComparisons(ctx, user);
  }
}

interface OfExam {
  readonly examTypeId: string;
}
const examOf = (ctx: LearningContext, { examTypeId }: OfExam): Promise<ExamType> =>
  examTypeLoader(ctx).load(examTypeId);

@Resolver(() => ScoreTrend)
export class ScoreTrendResolver {
  @FieldResolver(() => ExamType)
  examType(@Ctx() ctx: LearningContext, @Root() root: ScoreTrend): Promise<ExamType> {
    return examOf(ctx, root);
  }
}

@Resolver(() => ExamStanding)
export class ExamStandingResolver {
  @FieldResolver(() => ExamType)
  examType(@Ctx() ctx: LearningContext, @Root() root: ExamStanding): Promise<ExamType> {
    return examOf(ctx, root);
  }
}

@Resolver(() => SubtestMastery)
export class SubtestMasteryResolver {
  @FieldResolver(() => ExamType)
  examType(@Ctx() ctx: LearningContext, @Root() root: SubtestMastery): Promise<ExamType> {
    return examOf(ctx, root);
  }
}

@Resolver(() => PeerComparison)
export class PeerComparisonResolver {
  @FieldResolver(() => ExamType)
  examType(@Ctx() ctx: LearningContext, @Root() root: PeerComparison): Promise<ExamType> {
    return examOf(ctx, root);
  }
}
