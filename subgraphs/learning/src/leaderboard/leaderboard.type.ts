import { CalendarDate, connectionOf } from "@lentera/kit";
import { LeaderboardPeriod, LeaderboardScope } from "@lentera/prisma/learning";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

export { LeaderboardPeriod, LeaderboardScope };
registerEnumType(LeaderboardScope, {
  name: "LeaderboardScope",
  description: "Everybody, the caller's organization, a class, or a study group.",
});
registerEnumType(LeaderboardPeriod, {
  name: "LeaderboardPeriod",
  description: "What was earned in this week (from Monday), in this month, or ever.",
});

@ObjectType({ description: "Learners by experience points. Another week or month is another leaderboard." })
export class Leaderboard {
  @Field(() => ID)
  id!: string;
  @Field(() => LeaderboardScope)
  scope!: LeaderboardScope;
  @Field(() => LeaderboardPeriod)
  period!: LeaderboardPeriod;
  @Field(() => CalendarDate, { nullable: true, description: "First day of the week or month; null for all time." })
  startsOn!: string | null;
  @Field(() => String, { description: "IANA: where weeks and months begin at midnight." })
  timeZone!: string;
}

@ObjectType()
export class LeaderboardEntry {
  @Field(() => Int, { description: "From 1; equal points share a rank, and the next rank is skipped." })
  rank!: number;
  @Field(() => Int)
  points!: number;

  userId!: string;
}

export const LeaderboardEntryConnection = connectionOf(LeaderboardEntry);

@ObjectType()
export class SetLeaderboardListingPayload {
  @Field(() => Boolean, { description: "Whether others see the caller on leaderboards." })
  listed!: boolean;
}
