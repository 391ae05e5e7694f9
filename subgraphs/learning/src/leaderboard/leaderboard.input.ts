import { Field, InputType } from "type-graphql";
import { z } from "zod";

@InputType()
export class SetLeaderboardListingInput {
  @Field(() => Boolean, {
    description: "False takes the caller off all leaderboards; only they still see their own rank.",
  })
  listed!: boolean;
}

export const setLeaderboardListingRules = z.object({ listed: z.boolean() });
