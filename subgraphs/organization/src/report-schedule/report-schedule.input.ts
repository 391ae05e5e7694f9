import { ReportFormat, ReportFrequency } from "@lentera/prisma/organization";
import { Field, ID, InputType, Int } from "type-graphql";
import { z } from "zod";
import { idempotencyKey, timeZone } from "../account/account.input.js";
import { StudentExportFilter, filterRules } from "../report-job/report-job.input.js";

@InputType({ description: "What is made when, and who sees it." })
export class ReportPlanInput {
  @Field(() => String, { description: "1 to 200 characters; the title of every report." })
  title!: string;
  @Field(() => ReportFormat)
  format!: ReportFormat;
  @Field(() => StudentExportFilter, { nullable: true })
  filter?: StudentExportFilter | null;
  @Field(() => ReportFrequency)
  frequency!: ReportFrequency;
  @Field(() => Int, { nullable: true, description: "1 is Monday, 7 is Sunday; for WEEKLY only." })
  dayOfWeek?: number | null;
  @Field(() => Int, { nullable: true, description: "1 to 31, in a shorter month its last day; for MONTHLY only." })
  dayOfMonth?: number | null;
  @Field(() => String, { description: "Wall clock in `timeZone`, e.g. `07:00`." })
  localTime!: string;
  @Field(() => String, { defaultValue: "Asia/Jakarta", description: "An IANA time zone." })
  timeZone!: string;
  @Field(() => Boolean, { defaultValue: false, description: "All staff who have `reports:read` see its reports." })
  withEverybody!: boolean;
  @Field(() => [ID], { defaultValue: [], description: "These members of staff see its reports; at most 100." })
  withUserIds!: string[];
}

@InputType()
export class CreateReportScheduleInput {
  @Field(() => ReportPlanInput)
  plan!: ReportPlanInput;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class UpdateReportScheduleInput {
  @Field(() => ID)
  reportScheduleId!: string;
  @Field(() => ReportPlanInput, { nullable: true, description: "Instead of the whole plan; left out: unchanged." })
  plan?: ReportPlanInput | null;
  @Field(() => Boolean, { nullable: true, description: "Left out: unchanged." })
  isPaused?: boolean | null;
}

@InputType()
export class DeleteReportScheduleInput {
  @Field(() => ID)
  reportScheduleId!: string;
}

const planRules = z
  .object({
    title: z.string().trim().min(1, "Give a title.").max(200, "A title has at most 200 characters."),
    format: z.enum(ReportFormat),
    filter: filterRules.nullish(),
    frequency: z.enum(ReportFrequency),
    dayOfWeek: z.int().min(1, "Monday is 1.").max(7, "Sunday is 7.").nullish(),
    dayOfMonth: z.int().min(1, "The first day is 1.").max(31, "The last day is 31.").nullish(),
    localTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Write the time as in 07:00."),
    timeZone,
    withEverybody: z.boolean(),
    withUserIds: z.array(z.uuid("This names nobody.")).max(100, "Share with at most 100 people by name."),
  })
  .superRefine(({ frequency, dayOfWeek, dayOfMonth }, check) => {
    for (const [path, day, wanted] of [
      ["dayOfWeek", dayOfWeek, "WEEKLY"],
      ["dayOfMonth", dayOfMonth, "MONTHLY"],
    ] as const)
      if ((day != null) !== (frequency === wanted))
        check.addIssue({ code: "custom", path: [path], message: `A day is given for ${wanted}, and only then.` });
  });
export type ReportPlan = z.output<typeof planRules>;

export const createReportScheduleRules = z.object({ plan: planRules, idempotencyKey });
export const updateReportScheduleRules = z.object({
  reportScheduleId: z.string(),
  plan: planRules.nullish(),
  isPaused: z.boolean().nullish(),
});
