import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { LearningContext } from "../context.js";
import { examTypeLoader } from "../exam-type/exam-type.loader.js";
import { ExamType } from "../exam-type/exam-type.type.js";
import { Class, User } from "../stubs.js";
import { findAnalysis } from "./class-analysis.service.js";
import { ClassAnalysis, ExamAnalysis, StudentAtRisk, TopPerformer } from "./class-analysis.type.js";

@Resolver(() => Class)
export class ClassAnalysisResolver {
  @Directive('@requires(fields: "studentIds")')
  @FieldResolver(() => ClassAnalysis, {
    nullable: true,
    description: "How the class did of late, for staff who may read attempts; null for others.",
  })
  analysis(
    @Ctx() ctx: LearningContext,
    @Root() root: Class,
    @Arg("days", () => Int, { defaultValue: 30, description: "7 to 366." }) days: number,
  ): Promise<ClassAnalysis | null> {
    return findAnalysis(ctx, root, days);
  }
}

@Resolver(() => ExamAnalysis)
export class ExamAnalysisResolver {
  @FieldResolver(() => ExamType)
  examType(@Ctx() ctx: LearningContext, @Root() { examTypeId }: ExamAnalysis): Promise<ExamType> {
    return examTypeLoader(ctx).load(examTypeId);
  }
}

@Resolver(() => TopPerformer)
export class TopPerformerResolver {
  @FieldResolver(() => User)
  student(@Root() { studentId }: TopPerformer): User {
    return { id: studentId };
  }
}

@Resolver(() => StudentAtRisk)
export class StudentAtRiskResolver {
  @FieldResolver(() => User)
  student(@Root() { studentId }: StudentAtRisk): User {
    return { id: studentId };
  }
}
