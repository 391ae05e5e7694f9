import { connectionOf } from "@lentera/kit";
import { ScoringMethod } from "@lentera/prisma/learning";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(ScoringMethod, {
  name: "ScoringMethod",
  description:
    "IRT scales the ability, RAW_SCORE the share of points, WEIGHTED the mean share of the subtests by their weights.",
});

@ObjectType({ description: "A subtest as an examination has it." })
export class ExamSubtest {
  @Field(() => String, { description: "E.g. `PU`." })
  code!: string;
  @Field(() => String)
  name!: string;
  @Field(() => Int)
  itemCount!: number;
  @Field(() => Int)
  durationMinutes!: number;
}

@ObjectType({ description: "An examination of the world, such as UTBK-SNBT, as data." })
export class ExamType {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  code!: string;
  @Field(() => String)
  name!: string;
  @Field(() => ScoringMethod)
  scoringMethod!: ScoringMethod;
}

export const ExamTypeConnection = connectionOf(ExamType);
