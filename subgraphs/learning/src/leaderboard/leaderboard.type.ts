import { LeaderboardScope } from "@lentera/prisma/learning";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

export { LeaderboardScope };
registerEnumType(LeaderboardScope, { name: "LeaderboardScope" });

@ObjectType({ description: "Learners by experience points." })
export class Leaderboard {
  @Field(() => ID)
  id!: string;
  @Field(() => LeaderboardScope)
  scope!: LeaderboardScope;
}

@ObjectType()
export class LeaderboardEntry {
  @Field(() => Int, { description: "From 1; equal points share a rank, and the next rank is skipped." })
  rank!: number;
  @Field(() => Int)
  points!: number;

  userId!: string;
}
