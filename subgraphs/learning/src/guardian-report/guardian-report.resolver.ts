import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { LearningContext } from "../context.js";
import { User } from "../stubs.js";
import { ReadGuardianReportInput } from "./guardian-report.input.js";
import { listReports, readReport } from "./guardian-report.service.js";
import { GuardianReport, GuardianReportConnection, ReadGuardianReportPayload } from "./guardian-report.type.js";
import { pdfOf } from "./pdf.js";

@Resolver(() => User)
export class ReportedStudentResolver {
  @Directive('@requires(fields: "viewerAccess { accessReports }")')
  @FieldResolver(() => GuardianReportConnection, {
    nullable: true,
    description:
      "The reports to the caller about this student, newest first; null when the caller may not read reports.",
  })
  guardianReports(
    @Ctx() ctx: LearningContext,
    @Root() user: User,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<GuardianReport> | null> {
    return listReports(ctx, user, args);
  }
}

@Resolver(() => GuardianReport)
export class GuardianReportResolver {
  @Authorized()
  @Mutation(() => ReadGuardianReportPayload, { description: "Notes that the caller has read a report to them." })
  readGuardianReport(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => ReadGuardianReportInput) input: ReadGuardianReportInput,
  ): Promise<ReadGuardianReportPayload> {
    return readReport(ctx, input);
  }

  @FieldResolver(() => String, { description: "The report as a PDF in the caller's language, base64." })
  async pdf(@Ctx() ctx: LearningContext, @Root() report: GuardianReport): Promise<string> {
    return (await pdfOf(report, ctx.identity.language)).toString("base64");
  }

  @FieldResolver(() => User)
  student(@Root() { studentId }: GuardianReport): User {
    return { id: studentId };
  }
}
