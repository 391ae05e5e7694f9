import { Ctx, Directive, FieldResolver, Resolver, Root } from "type-graphql";
import type { LearningContext } from "../context.js";
import { User } from "../stubs.js";
import { listAchievements } from "./achievement.service.js";
import { Achievement } from "./achievement.type.js";

@Resolver(() => User)
export class AchieverResolver {
  @Directive('@requires(fields: "viewerAccess { viewScores }")')
  @FieldResolver(() => [Achievement], {
    nullable: true,
    description: "All there are, granted or not; null when the caller may not see scores.",
  })
  achievements(@Ctx() ctx: LearningContext, @Root() user: User): Promise<Achievement[] | null> {
    return listAchievements(ctx, user);
  }
}
