import { DateTime, connectionOf } from "@lentera/kit";
import { ReportFormat, ReportFrequency } from "@lentera/prisma/organization";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(ReportFrequency, { name: "ReportFrequency" });

@ObjectType({ description: "A list of students that is made again and again." })
export class ReportSchedule {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  title!: string;
  @Field(() => ReportFormat)
  format!: ReportFormat;
  @Field(() => ReportFrequency)
  frequency!: ReportFrequency;
  @Field(() => Int, { nullable: true, description: "1 is Monday, 7 is Sunday; for WEEKLY." })
  dayOfWeek!: number | null;
  @Field(() => Int, { nullable: true, description: "1 to 31, in a shorter month its last day; for MONTHLY." })
  dayOfMonth!: number | null;
  @Field(() => String, { description: "Wall clock in `timeZone`, e.g. `07:00`." })
  localTime!: string;
  @Field(() => String, { description: "An IANA time zone, e.g. `Asia/Jakarta`." })
  timeZone!: string;
  @Field(() => Boolean, { description: "Whether all staff with `reports:read` see it and its reports." })
  isShared!: boolean;
  @Field(() => [ID], { description: "The members of staff who see it and its reports by name; at most 100." })
  sharedWithIds!: readonly string[];
  @Field(() => Boolean, {
    description: "Nothing is made meanwhile. It pauses by itself when its maker may not read students any more.",
  })
  isPaused!: boolean;
  @Field(() => DateTime, { description: "When the next report is due, unless it is paused." })
  nextRunAt!: Date;
  @Field(() => DateTime, { nullable: true })
  lastRunAt!: Date | null;
}
export const ReportScheduleConnection = connectionOf(ReportSchedule);

@ObjectType()
export class ReportSchedulePayload {
  @Field(() => ReportSchedule)
  reportSchedule!: ReportSchedule;
}

@ObjectType()
export class DeleteReportSchedulePayload {
  @Field(() => ID)
  reportScheduleId!: string;
}
