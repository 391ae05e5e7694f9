import { CalendarDate } from "@lentera/kit";
import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "How many scores lie in [from, to); the last bucket includes its end." })
export class ScoreBucket {
  @Field(() => Int)
  from!: number;
  @Field(() => Int)
  to!: number;
  @Field(() => Int)
  count!: number;
}

@ObjectType({ description: "The latest score of each student of a class, together." })
export class ClassPerformance {
  @Field(() => Float, { nullable: true, description: "Null while 5 students or fewer have a score." })
  averageScaled!: number | null;
  @Field(() => [ScoreBucket], {
    description: "The whole scale in steps of 100 points; empty while 5 students or fewer have a score.",
  })
  distribution!: ScoreBucket[];
  @Field(() => Int, { description: "Students with at least one score." })
  attemptedCount!: number;
  @Field(() => Int, { description: "Active students." })
  studentCount!: number;
  @Field(() => Float, { description: "attemptedCount / studentCount, 0 to 1." })
  completionRate!: number;
}

@ObjectType()
export class DailyAttempts {
  @Field(() => CalendarDate, { description: "In Asia/Jakarta." })
  date!: string;
  @Field(() => Int)
  started!: number;
  @Field(() => Int)
  submitted!: number;
}
