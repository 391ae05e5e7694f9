import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";

@InputType()
export class ReadGuardianReportInput {
  @Field(() => ID)
  reportId!: string;
}

export const readGuardianReportRules = z.object({ reportId: z.guid("Use the `id` of a report.") });
