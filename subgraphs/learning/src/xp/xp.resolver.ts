import { ConnectionArguments, type Page } from "@lentera/kit";
import { Args, Authorized, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { LearningContext } from "../context.js";
import { findLevel, listLevels } from "../level/level.service.js";
import { Level, LevelStep } from "../level/level.type.js";
import { findStreak } from "../streak/streak.service.js";
import { StudyStreak } from "../streak/streak.type.js";
import { User } from "../stubs.js";
import { findPoints, listEvents } from "./xp.service.js";
import { XpEvent, XpEventConnection } from "./xp.type.js";

@Resolver(() => User)
export class LearnerResolver {
  @Directive('@requires(fields: "viewerAccess { viewScores }")')
  @FieldResolver(() => Int, {
    nullable: true,
    description: "Experience points; null when the caller may not see scores.",
  })
  xp(@Ctx() ctx: LearningContext, @Root() user: User): Promise<number | null> {
    return findPoints(ctx, user);
  }

  @Directive('@requires(fields: "viewerAccess { viewScores }")')
  @FieldResolver(() => Level, { nullable: true, description: "Null when the caller may not see scores." })
  level(@Ctx() ctx: LearningContext, @Root() user: User): Promise<Level | null> {
    return findLevel(ctx, user);
  }

  @Directive('@requires(fields: "viewerAccess { viewScores }")')
  @FieldResolver(() => StudyStreak, { nullable: true, description: "Null when the caller may not see scores." })
  streak(@Ctx() ctx: LearningContext, @Root() user: User): Promise<StudyStreak | null> {
    return findStreak(ctx, user);
  }
}

@Resolver(() => XpEvent)
export class XpEventResolver {
  @Authorized()
  @Query(() => XpEventConnection, { description: "What the caller has earned experience points by, newest first." })
  xpEvents(
    @Ctx() ctx: LearningContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<XpEvent>> {
    return listEvents(ctx, args);
  }

  @Query(() => [LevelStep], { description: "The whole curve, from level 1." })
  levels(@Ctx() ctx: LearningContext): Promise<readonly LevelStep[]> {
    return listLevels(ctx);
  }
}
