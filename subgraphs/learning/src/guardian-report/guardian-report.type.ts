import { CalendarDate, DateTime, connectionOf } from "@lentera/kit";
import { ReportKind } from "@lentera/prisma/learning";
import { Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { z } from "zod";
import { RecommendationRule } from "../insight/mastery.rules.js";

registerEnumType(ReportKind, { name: "GuardianReportKind" });

@ObjectType()
export class ReportedSitting {
  @Field(() => String, { description: "Name of the examination." })
  examName!: string;
  @Field(() => DateTime)
  at!: Date;
  @Field(() => Float)
  scaled!: number;
  @Field(() => Float, { description: "Of `scaled`, in points." })
  standardError!: number;
}

@ObjectType()
export class ReportedTopic {
  @Field(() => String)
  topic!: string;
  @Field(() => RecommendationRule)
  rule!: RecommendationRule;
  @Field(() => Int)
  correct!: number;
  @Field(() => Int)
  answered!: number;
}

@ObjectType({ description: "What is reported: facts of the period as they were when it was over." })
export class ReportContent {
  @Field(() => [ReportedSitting], { description: "Scores that were out, oldest first." })
  sittings!: ReportedSitting[];
  @Field(() => Float)
  studyMinutes!: number;
  @Field(() => Int)
  activeDays!: number;
  @Field(() => [String], { description: "Titles of goals reached in the period." })
  goalsReached!: string[];
  @Field(() => [ReportedTopic], { description: "The 3 topics to work on first." })
  weakTopics!: ReportedTopic[];
}

/** As it is stored. */
export const reportContent = z.object({
  sittings: z.array(
    z.object({ examName: z.string(), at: z.coerce.date(), scaled: z.number(), standardError: z.number() }),
  ),
  studyMinutes: z.number(),
  activeDays: z.int(),
  goalsReached: z.array(z.string()),
  weakTopics: z.array(
    z.object({ topic: z.string(), rule: z.enum(RecommendationRule), correct: z.int(), answered: z.int() }),
  ),
});

@ObjectType({
  description: "What a guardian is told of a student's week (from Monday) or month, on the guardian's calendar.",
})
export class GuardianReport {
  @Field(() => ID)
  id!: string;
  @Field(() => ReportKind)
  kind!: ReportKind;
  @Field(() => CalendarDate)
  startsOn!: string;
  @Field(() => CalendarDate, { description: "The last day." })
  endsOn!: string;
  @Field(() => String, { description: "IANA; whose days these are." })
  timeZone!: string;
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true, description: "Null until the guardian has read it." })
  readAt!: Date | null;
  @Field(() => ReportContent)
  content!: ReportContent;

  studentId!: string;
}

export const GuardianReportConnection = connectionOf(GuardianReport);

@ObjectType()
export class ReadGuardianReportPayload {
  @Field(() => ID)
  reportId!: string;
  @Field(() => DateTime, { description: "When it was read first." })
  readAt!: Date;
}
