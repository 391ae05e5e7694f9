import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { FileLink } from "../file/file.type.js";
import { ExportStudentsInput, RenderReportInput, ShareReportInput } from "./report-job.input.js";
import { reportJobLoader } from "./report-job.loader.js";
import * as service from "./report-job.service.js";
import { ReportJob, ReportJobConnection, ReportJobPayload } from "./report-job.type.js";

@Resolver(() => ReportJob)
export class ReportJobResolver {
  @Authorized()
  @Query(() => ReportJobConnection, { description: "The reports that the caller may see, newest first." })
  reportJobs(
    @Ctx() ctx: OrganizationContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<ReportJob>> {
    return service.listReportJobs(ctx, args);
  }

  @Authorized()
  @Query(() => ReportJob)
  reportJob(@Ctx() ctx: OrganizationContext, @Arg("id", () => ID) id: string): Promise<ReportJob> {
    return reportJobLoader(ctx).load(id);
  }

  @Authorized()
  @Mutation(() => ReportJobPayload, {
    description: "Begins a list of students with e-mail addresses, class and status. Needs `students:read`.",
  })
  async exportStudents(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ExportStudentsInput) input: ExportStudentsInput,
  ): Promise<ReportJobPayload> {
    return { reportJob: await service.exportStudents(ctx, input) };
  }

  @Authorized()
  @Mutation(() => ReportJobPayload, {
    description: "Begins a document of tables and charts from numbers that the caller has read. Needs `reports:read`.",
  })
  async renderReport(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RenderReportInput) input: RenderReportInput,
  ): Promise<ReportJobPayload> {
    return { reportJob: await service.renderReport(ctx, input) };
  }

  @Authorized()
  @Mutation(() => ReportJobPayload, { description: "Says who else in the organization sees one's own report." })
  async shareReport(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ShareReportInput) input: ShareReportInput,
  ): Promise<ReportJobPayload> {
    return { reportJob: await service.shareReport(ctx, input) };
  }

  @FieldResolver(() => FileLink, { nullable: true, description: "Null until it is DONE; the file is kept for 7 days." })
  download(@Ctx() ctx: OrganizationContext, @Root() root: ReportJob): FileLink | null {
    return service.downloadOf(ctx, root);
  }
}
