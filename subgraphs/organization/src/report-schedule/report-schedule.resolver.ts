import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import {
  CreateReportScheduleInput,
  DeleteReportScheduleInput,
  UpdateReportScheduleInput,
} from "./report-schedule.input.js";
import * as service from "./report-schedule.service.js";
import {
  DeleteReportSchedulePayload,
  ReportSchedule,
  ReportScheduleConnection,
  ReportSchedulePayload,
} from "./report-schedule.type.js";

@Resolver(() => ReportSchedule)
export class ReportScheduleResolver {
  @Authorized()
  @Query(() => ReportScheduleConnection, { description: "The schedules that the caller may see, newest first." })
  reportSchedules(
    @Ctx() ctx: OrganizationContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<ReportSchedule>> {
    return service.listReportSchedules(ctx, args);
  }

  @Authorized()
  @Mutation(() => ReportSchedulePayload, {
    description: "Has a list of students made every day, week or month. Needs `students:read`.",
  })
  async createReportSchedule(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => CreateReportScheduleInput) input: CreateReportScheduleInput,
  ): Promise<ReportSchedulePayload> {
    return { reportSchedule: await service.createReportSchedule(ctx, input) };
  }

  @Authorized()
  @Mutation(() => ReportSchedulePayload, { description: "Changes, pauses or continues one's own schedule." })
  async updateReportSchedule(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => UpdateReportScheduleInput) input: UpdateReportScheduleInput,
  ): Promise<ReportSchedulePayload> {
    return { reportSchedule: await service.updateReportSchedule(ctx, input) };
  }

  @Authorized()
  @Mutation(() => DeleteReportSchedulePayload, { description: "Ends one's own schedule; its reports stay." })
  deleteReportSchedule(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => DeleteReportScheduleInput) input: DeleteReportScheduleInput,
  ): Promise<DeleteReportSchedulePayload> {
    return service.deleteReportSchedule(ctx, input.reportScheduleId);
  }
}
