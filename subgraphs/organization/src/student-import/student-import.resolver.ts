import { ConnectionArguments, type Page } from "@lentera/kit";
import {
  Arg,
  Args,
  Authorized,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { FileLink } from "../file/file.type.js";
import { listColumns } from "./source.service.js";
import {
  CheckStudentImportInput,
  ImportRowArguments,
  ImportSourceInput,
  InviteStudentsInput,
  StudentImportInput,
} from "./student-import.input.js";
import { studentImportLoader } from "./student-import.loader.js";
import * as service from "./student-import.service.js";
import {
  ImportColumn,
  InviteStudentsPayload,
  StudentImport,
  StudentImportConnection,
  StudentImportPayload,
  type StudentImportRow,
  StudentImportRowConnection,
} from "./student-import.type.js";

@Resolver(() => StudentImport)
export class StudentImportResolver {
  @Authorized()
  @Query(() => [ImportColumn], {
    description: "The columns of a file and what their headings suggest; at most 100. Needs `students:create`.",
  })
  studentImportColumns(
    @Ctx() ctx: OrganizationContext,
    @Arg("source", () => ImportSourceInput) source: ImportSourceInput,
  ): Promise<ImportColumn[]> {
    return listColumns(ctx, source);
  }

  @Authorized()
  @Query(() => StudentImportConnection, { description: "The organization's imports, newest first." })
  studentImports(
    @Ctx() ctx: OrganizationContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<StudentImport>> {
    return service.listImports(ctx, args);
  }

  @Authorized()
  @Query(() => StudentImport)
  studentImport(@Ctx() ctx: OrganizationContext, @Arg("id", () => ID) id: string): Promise<StudentImport> {
    return studentImportLoader(ctx).load(id);
  }

  @Authorized()
  @Query(() => StudentImportRowConnection, { description: "The rows of an import in the order of its file." })
  studentImportRows(
    @Ctx() ctx: OrganizationContext,
    @Args(() => ImportRowArguments) args: ImportRowArguments,
  ): Promise<Page<StudentImportRow>> {
    return service.listImportRows(ctx, args);
  }

  @Authorized()
  @Mutation(() => StudentImportPayload, {
    description:
      "Reads a file with students and judges every row; enrolls and changes nobody. The same file read in the same way is the same import.",
  })
  async checkStudentImport(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => CheckStudentImportInput) input: CheckStudentImportInput,
  ): Promise<StudentImportPayload> {
    return { studentImport: await service.checkStudentImport(ctx, input) };
  }

  @Authorized()
  @Mutation(() => StudentImportPayload, {
    description: "Enrolls the students of the valid rows, or changes them, in batches of 1,000 in the background.",
  })
  async startStudentImport(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => StudentImportInput) input: StudentImportInput,
  ): Promise<StudentImportPayload> {
    return { studentImport: await service.startStudentImport(ctx, input.importId) };
  }

  @Authorized()
  @Mutation(() => StudentImportPayload, {
    description:
      "Within 24 hours: takes back every row that nothing has happened to since; the others are KEPT and say why. Needs `students:delete`, for an update `students:update`.",
  })
  async undoStudentImport(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => StudentImportInput) input: StudentImportInput,
  ): Promise<StudentImportPayload> {
    return { studentImport: await service.undoStudentImport(ctx, input.importId) };
  }

  @Authorized()
  @Mutation(() => InviteStudentsPayload, {
    description:
      "Invites up to 1,000 students into a class: whoever can be is invited, the others are named with the reason.",
  })
  inviteStudents(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => InviteStudentsInput) input: InviteStudentsInput,
  ): Promise<InviteStudentsPayload> {
    return service.inviteStudents(ctx, input);
  }

  @Authorized()
  @Subscription(() => StudentImportPayload, {
    description: "The import each time it has moved on. `NOT_FOUND` for those who may not see it.",
    subscribe: ({ args, context }: { args: { importId: string }; context: OrganizationContext }) =>
      service.listenToImport(context, args.importId),
  })
  async importProgressed(
    @Ctx() ctx: OrganizationContext,
    @Root() importId: string,
    @Arg("importId", () => ID) _importId: string,
  ): Promise<StudentImportPayload> {
    return { studentImport: await studentImportLoader(ctx).load(importId) };
  }

  @FieldResolver(() => FileLink, {
    nullable: true,
    description: "The failed rows as CSV, to be corrected and uploaded again; kept for 7 days.",
  })
  errorFile(@Ctx() ctx: OrganizationContext, @Root() root: StudentImport): FileLink | null {
    return service.errorFileOf(ctx, root);
  }
}
