import { Arg, Authorized, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { type LearningContext } from "../context.js";
import { Class } from "../stubs.js";
import { findPerformance, listDailyAttempts } from "./insight.service.js";
import { ClassPerformance, DailyAttempts } from "./insight.type.js";

@Resolver(() => Class)
export class InsightResolver {
  @Directive('@requires(fields: "studentIds")')
  @FieldResolver(() => ClassPerformance, {
    nullable: true,
    description: "For staff who may read attempts; null for others.",
  })
  performance(@Ctx() ctx: LearningContext, @Root() root: Class): Promise<ClassPerformance | null> {
    return findPerformance(ctx, root);
  }

  @Authorized()
  @Query(() => [DailyAttempts], { description: "The last days, oldest first, today included; needs `platform:read`." })
  attemptsPerDay(
    @Ctx() ctx: LearningContext,
    @Arg("days", () => Int, { defaultValue: 30, description: "1 to 366." }) days: number,
  ): Promise<DailyAttempts[]> {
    return listDailyAttempts(ctx, days);
  }
}
