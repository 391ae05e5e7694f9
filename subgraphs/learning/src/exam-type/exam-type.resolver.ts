import { ConnectionArguments, type Page } from "@lentera/kit";
import { Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { type LearningContext } from "../context.js";
import { examSubtestsLoader } from "./exam-type.loader.js";
import { listExamTypes } from "./exam-type.service.js";
import { ExamSubtest, ExamType, ExamTypeConnection } from "./exam-type.type.js";

@Resolver(() => ExamType)
export class ExamTypeResolver {
  @Authorized()
  @Query(() => ExamTypeConnection, { description: "By code." })
  examTypes(
    @Ctx() ctx: LearningContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<ExamType>> {
    return listExamTypes(ctx, args);
  }

  @FieldResolver(() => [ExamSubtest], { description: "In the order of the examination." })
  subtests(@Ctx() ctx: LearningContext, @Root() examType: ExamType): Promise<ExamSubtest[]> {
    return examSubtestsLoader(ctx).load(examType.id);
  }
}
