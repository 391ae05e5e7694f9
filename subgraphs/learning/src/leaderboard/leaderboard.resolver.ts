import {
  Arg,
  Authorized,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Int,
  Query,
  type ResolverData,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import { type LearningContext } from "../context.js";
import { User } from "../stubs.js";
import {
  findPoints,
  getLeaderboard,
  getLeaderboardById,
  listEntries,
  watchLeaderboard,
} from "./leaderboard.service.js";
import { Leaderboard, LeaderboardEntry, LeaderboardScope } from "./leaderboard.type.js";

@Resolver(() => Leaderboard)
export class LeaderboardResolver {
  @Authorized()
  @Query(() => Leaderboard)
  leaderboard(
    @Ctx() ctx: LearningContext,
    @Arg("scope", () => LeaderboardScope) scope: LeaderboardScope,
  ): Promise<Leaderboard> {
    return getLeaderboard(ctx, scope);
  }

  @Authorized()
  @Subscription(() => Leaderboard, {
    description: "The leaderboard, each time somebody on it has finished an attempt.",
    subscribe: ({ args, context }: Omit<ResolverData<LearningContext>, "root">) =>
      watchLeaderboard(context, String(args["leaderboardId"])),
  })
  leaderboardChanged(
    @Ctx() ctx: LearningContext,
    @Root() change: { id: string },
    @Arg("leaderboardId", () => ID) _leaderboardId: string,
  ): Promise<Leaderboard> {
    return getLeaderboardById(ctx, change.id);
  }

  @FieldResolver(() => [LeaderboardEntry], {
    description: "The first 1 to 100; equals in the order in which they got there.",
  })
  entries(
    @Ctx() ctx: LearningContext,
    @Root() leaderboard: Leaderboard,
    @Arg("first", () => Int, { defaultValue: 10 }) first: number,
  ): Promise<LeaderboardEntry[]> {
    return listEntries(ctx, leaderboard, first);
  }
}

@Resolver(() => LeaderboardEntry)
export class LeaderboardEntryResolver {
  @FieldResolver(() => User)
  user(@Root() entry: LeaderboardEntry): User {
    return { id: entry.userId };
  }
}

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
}
