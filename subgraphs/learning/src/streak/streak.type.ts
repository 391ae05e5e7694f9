import { CalendarDate } from "@lentera/kit";
import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({
  description:
    "Days of study in a row, on the learner's own calendar. A missed day uses up a freeze; without one the streak ends.",
})
export class StudyStreak {
  @Field(() => Int, { description: "In days; 0 once it has ended." })
  current!: number;
  @Field(() => Int, { description: "The longest there has been, in days." })
  longest!: number;
  @Field(() => Int, { description: "Missed days that it can bear, 0 to 2. Every seventh day of a streak earns one." })
  freezes!: number;
  @Field(() => CalendarDate, { nullable: true, description: "In `timeZone`; null for who has not studied yet." })
  lastStudyDay!: string | null;
  @Field(() => Boolean, { description: "Whether the present day counts already." })
  studiedToday!: boolean;
  @Field(() => String, { description: "IANA, e.g. `Asia/Jakarta`: where midnight ends a day." })
  timeZone!: string;
}
