import { DateTime, connectionOf } from "@lentera/kit";
import { ReportFormat, ReportJobStatus, ReportKind } from "@lentera/prisma/organization";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(ReportKind, { name: "ReportKind", description: "What a report is about." });
registerEnumType(ReportFormat, { name: "ReportFormat" });
registerEnumType(ReportJobStatus, { name: "ReportJobStatus", description: "QUEUED, RUNNING, then DONE or FAILED." });

@ObjectType({ description: "A document that is being made in the background, or has been." })
export class ReportJob {
  @Field(() => ID)
  id!: string;
  @Field(() => ReportKind)
  kind!: ReportKind;
  @Field(() => ReportFormat)
  format!: ReportFormat;
  @Field(() => String)
  title!: string;
  @Field(() => ReportJobStatus)
  status!: ReportJobStatus;
  @Field(() => Int, { description: "0 to 100." })
  progressPercent!: number;
  @Field(() => Int, { nullable: true, description: "Rows in the document; null until it is DONE." })
  rowCount!: number | null;
  @Field(() => Boolean, { description: "Whether all staff with `reports:read` may see it." })
  isShared!: boolean;
  @Field(() => [ID], { description: "The members of staff with whom it is shared by name; at most 100." })
  sharedWithIds!: readonly string[];
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true })
  finishedAt!: Date | null;

  fileId!: string | null;
}
export const ReportJobConnection = connectionOf(ReportJob);

@ObjectType()
export class ReportJobPayload {
  @Field(() => ReportJob)
  reportJob!: ReportJob;
}
