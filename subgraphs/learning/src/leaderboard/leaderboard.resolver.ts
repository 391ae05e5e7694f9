import { ConnectionArguments, type Page } from "@lentera/kit";
import {
  Arg,
  Args,
  Authorized,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  type ResolverData,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import { type LearningContext } from "../context.js";
import { User } from "../stubs.js";
import { SetLeaderboardListingInput } from "./leaderboard.input.js";
import {
  findOwnEntry,
  getLeaderboard,
  getLeaderboardById,
  listAround,
  listEntries,
  pageEntries,
  setLeaderboardListing,
  watchLeaderboard,
} from "./leaderboard.service.js";
import {
  Leaderboard,
  LeaderboardEntry,
  LeaderboardEntryConnection,
  LeaderboardPeriod,
  LeaderboardScope,
  SetLeaderboardListingPayload,
} from "./leaderboard.type.js";

@Resolver(() => Leaderboard)
export class LeaderboardResolver {
  @Authorized()
  @Query(() => Leaderboard, {
    description:
      "The present leaderboard. Of an organization, class or group only for who belongs to it or teaches there.",
  })
  leaderboard(
    @Ctx() ctx: LearningContext,
    @Arg("scope", () => LeaderboardScope) scope: LeaderboardScope,
    @Arg("period", () => LeaderboardPeriod, { defaultValue: "ALL_TIME" }) period: LeaderboardPeriod,
    @Arg("cohortId", () => ID, { nullable: true, description: "The class or study group, for these two scopes." })
    cohortId: string | null,
  ): Promise<Leaderboard> {
    return getLeaderboard(ctx, scope, period, cohortId);
  }

  @Authorized()
  @Mutation(() => SetLeaderboardListingPayload, {
    description: "Whether others see the caller on leaderboards. Points are kept either way.",
  })
  setLeaderboardListing(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => SetLeaderboardListingInput) input: SetLeaderboardListingInput,
  ): Promise<SetLeaderboardListingPayload> {
    return setLeaderboardListing(ctx, input);
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

  @FieldResolver(() => LeaderboardEntryConnection, { description: "All of it, in the same order, page by page." })
  ranking(
    @Ctx() ctx: LearningContext,
    @Root() leaderboard: Leaderboard,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<LeaderboardEntry>> {
    return pageEntries(ctx, leaderboard, args);
  }

  @FieldResolver(() => LeaderboardEntry, {
    nullable: true,
    description: "The caller's own entry, also when others do not see it; null before anything is earned.",
  })
  me(@Ctx() ctx: LearningContext, @Root() leaderboard: Leaderboard): Promise<LeaderboardEntry | null> {
    return findOwnEntry(ctx, leaderboard);
  }

  @FieldResolver(() => [LeaderboardEntry], {
    description: "The caller between the nearest above and below; empty before anything is earned.",
  })
  aroundMe(
    @Ctx() ctx: LearningContext,
    @Root() leaderboard: Leaderboard,
    @Arg("neighbours", () => Int, { defaultValue: 3, description: "On each side, 1 to 100." }) neighbours: number,
  ): Promise<LeaderboardEntry[]> {
    return listAround(ctx, leaderboard, neighbours);
  }
}

@Resolver(() => LeaderboardEntry)
export class LeaderboardEntryResolver {
  @FieldResolver(() => User)
  user(@Root() entry: LeaderboardEntry): User {
    return { id: entry.userId };
  }
}
