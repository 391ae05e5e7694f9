import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "A step of the curve of levels." })
export class LevelStep {
  @Field(() => Int, { description: "From 1." })
  level!: number;
  @Field(() => Int, { description: "Experience points that reach it." })
  points!: number;
}

@ObjectType({ description: "Where a learner stands on the curve of levels." })
export class Level extends LevelStep {
  @Field(() => Int, {
    nullable: true,
    description: "Experience points that reach the next level; null on the highest.",
  })
  nextLevelPoints!: number | null;
}
