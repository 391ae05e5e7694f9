import { DateTime } from "@lentera/kit";
import { AchievementTier } from "@lentera/prisma/learning";
import { Field, Float, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(AchievementTier, { name: "AchievementTier", description: "From the easiest to the hardest." });

@ObjectType({ description: "One step of an achievement." })
export class AchievementStep {
  @Field(() => AchievementTier)
  tier!: AchievementTier;
  @Field(() => Float, { description: "0 to 1; 1 once it is granted." })
  progress!: number;
  @Field(() => DateTime, { nullable: true, description: "Null until it is granted. Never taken back." })
  grantedAt!: Date | null;
}

@ObjectType({ description: "Something to be proud of, with how far the learner has come." })
export class Achievement {
  @Field(() => String, { description: "Stable, e.g. `STEADY`." })
  code!: string;
  @Field(() => String, { description: "In the caller's language." })
  name!: string;
  @Field(() => String, { description: "In the caller's language." })
  description!: string;
  @Field(() => [AchievementStep])
  tiers!: AchievementStep[];
}
