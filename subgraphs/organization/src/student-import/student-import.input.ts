import { ConnectionArguments } from "@lentera/kit";
import { StudentImportMode, StudentImportRowStatus } from "@lentera/prisma/organization";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { z } from "zod";
import { BATCH_ROWS, ImportField } from "./student-import.rules.js";

@InputType({ description: "Give one of the two." })
export class ImportSourceInput {
  @Field(() => ID, { nullable: true, description: "A CSV or XLSX file that was uploaded, see `requestUpload`." })
  fileId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Rows as they are copied from a spreadsheet, or the text of a CSV file; at most 10 MB.",
  })
  text?: string | null;
}

@InputType()
export class ImportColumnInput {
  @Field(() => Int, { description: "The column's place in the file, from 1." })
  position!: number;
  @Field(() => ImportField)
  field!: ImportField;
}

@InputType()
export class CheckStudentImportInput {
  @Field(() => ImportSourceInput)
  source!: ImportSourceInput;
  @Field(() => [ImportColumnInput], {
    nullable: true,
    description: "What the columns hold; when not given, what their headings suggest (see `studentImportColumns`).",
  })
  columns?: ImportColumnInput[] | null;
  @Field(() => StudentImportMode, {
    defaultValue: StudentImportMode.ENROLL,
    description:
      "UPDATE changes the student numbers and classes of students who are enrolled, found by e-mail address or else by " +
      "student number. A column that the file has not, and an empty cell, change nothing.",
  })
  mode?: StudentImportMode;
  @Field(() => String, {
    nullable: true,
    description: "Where classes are looked up, e.g. `2026/2027`; the latest one when not given.",
  })
  academicYear?: string | null;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class StudentImportInput {
  @Field(() => ID)
  importId!: string;
}

@InputType()
export class InvitedStudentInput {
  @Field(() => String)
  name!: string;
  @Field(() => String)
  email!: string;
  @Field(() => String, { nullable: true })
  studentIdentifier?: string | null;
}

@InputType()
export class InviteStudentsInput {
  @Field(() => ID)
  classId!: string;
  @Field(() => [InvitedStudentInput], { description: "1 to 1,000." })
  students!: InvitedStudentInput[];
  @Field(() => String)
  idempotencyKey!: string;
}

@ArgsType()
export class ImportRowArguments extends ConnectionArguments {
  @Field(() => ID)
  importId!: string;
  @Field(() => StudentImportRowStatus, { nullable: true, description: "Only these." })
  status?: StudentImportRowStatus | null;
}

const MAXIMUM_TEXT = 10 * 1024 * 1024;
const idempotencyKey = z.string().min(1, "Give a key.").max(200, "A key has at most 200 characters.");

export const sourceRules = z
  .object({
    fileId: z.uuid("This names no file.").nullish(),
    text: z.string().max(MAXIMUM_TEXT, "Pasted rows have at most 10 MB.").nullish(),
  })
  .refine(({ fileId, text }) => (fileId == null) !== (text == null), "Give either a file or pasted rows.");

export const checkRules = z.object({
  source: sourceRules,
  columns: z
    .array(z.object({ position: z.int(), field: z.enum(ImportField) }))
    .max(100, "A file has at most 100 columns.")
    .nullish(),
  mode: z.enum(StudentImportMode).default(StudentImportMode.ENROLL),
  academicYear: z.string().trim().min(1, "Give the academic year.").max(20, "This is no academic year.").nullish(),
  idempotencyKey,
});

export const inviteRules = z.object({
  classId: z.uuid("This names no class."),
  students: z
    .array(z.object({ name: z.string(), email: z.string(), studentIdentifier: z.string().nullish() }))
    .min(1, "Name at least one student.")
    .max(BATCH_ROWS, "At most 1,000 students are invited at once: use an import for more."),
  idempotencyKey,
});
