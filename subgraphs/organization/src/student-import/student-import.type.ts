import { DateTime, connectionOf } from "@lentera/kit";
import { StudentImportMode, StudentImportRowStatus, StudentImportStatus } from "@lentera/prisma/organization";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { ImportField } from "./student-import.rules.js";

registerEnumType(StudentImportStatus, {
  name: "StudentImportStatus",
  description: "CHECKED (nothing is written yet), RUNNING, DONE, UNDONE.",
});
registerEnumType(StudentImportMode, {
  name: "StudentImportMode",
  description: "ENROLL adds students; UPDATE changes those who are enrolled.",
});
registerEnumType(StudentImportRowStatus, {
  name: "StudentImportRowStatus",
  description:
    "VALID waits for the import; INVITED is enrolled; UPDATED is changed; SKIPPED was so already; FAILED has problems; " +
    "UNDONE was taken back; KEPT had changed since and so was not.",
});
registerEnumType(ImportField, { name: "ImportField", description: "What a column of an import can hold." });

@ObjectType({ description: "A column of a file with students." })
export class ImportColumn {
  @Field(() => Int, { description: "From 1." })
  position!: number;
  @Field(() => String)
  header!: string;
  @Field(() => ImportField, { nullable: true, description: "What it is read as; null for one that is not read." })
  field!: ImportField | null;
  @Field(() => [String], { description: "Its first three cells." })
  samples!: readonly string[];
}

@ObjectType({ description: "Students from one file. The same file read in the same way is the same import." })
export class StudentImport {
  @Field(() => ID)
  id!: string;
  @Field(() => String, { description: "The file's name." })
  name!: string;
  @Field(() => StudentImportMode)
  mode!: StudentImportMode;
  @Field(() => StudentImportStatus)
  status!: StudentImportStatus;
  @Field(() => [ImportColumn], { description: "At most 100." })
  columns!: readonly ImportColumn[];
  @Field(() => String, { nullable: true, description: "The academic year in which classes were looked up." })
  academicYear!: string | null;
  @Field(() => Int, { description: "Rows with students, at most 10,000." })
  rowCount!: number;
  @Field(() => Int, { description: "Rows whose fate is known: `rowCount` at the end." })
  processedCount!: number;
  @Field(() => Int)
  invitedCount!: number;
  @Field(() => Int, { description: "Students whose number or class was changed." })
  updatedCount!: number;
  @Field(() => Int, { description: "Rows that say what was so already." })
  skippedCount!: number;
  @Field(() => Int)
  failedCount!: number;
  @Field(() => Int, { description: "After undoing: rows that had changed since the import and so were kept." })
  keptCount!: number;
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true })
  startedAt!: Date | null;
  @Field(() => DateTime, { nullable: true })
  finishedAt!: Date | null;
  @Field(() => DateTime, { nullable: true })
  undoneAt!: Date | null;

  errorFileId!: string | null;
}
export const StudentImportConnection = connectionOf(StudentImport);

@ObjectType({ description: "Something that is wrong with a row." })
export class ImportProblem {
  @Field(() => ImportField, { nullable: true, description: "Null for the row as a whole." })
  field!: ImportField | null;
  @Field(() => String, { description: "A code of the error catalogue, e.g. `LIMIT_EXCEEDED`." })
  code!: string;
  @Field(() => String, { description: "In the caller's language." })
  message!: string;
}

@ObjectType({ description: "A row of an import." })
export class StudentImportRow {
  @Field(() => Int, { description: "As the spreadsheet numbers it; the headings are usually row 1." })
  rowNumber!: number;
  @Field(() => String, { description: "Empty when an update does not say it." })
  fullName!: string;
  @Field(() => String, { description: "Empty when an update finds students by their number." })
  email!: string;
  @Field(() => String, { nullable: true })
  studentIdentifier!: string | null;
  @Field(() => String, { nullable: true })
  className!: string | null;
  @Field(() => StudentImportRowStatus)
  status!: StudentImportRowStatus;
  @Field(() => [ImportProblem], { description: "All that is wrong, at once." })
  problems!: readonly ImportProblem[];
}
export const StudentImportRowConnection = connectionOf(StudentImportRow);

@ObjectType()
export class StudentImportPayload {
  @Field(() => StudentImport)
  studentImport!: StudentImport;
}

@ObjectType({ description: "A student who was not invited, and why." })
export class FailedInvitation {
  @Field(() => String)
  email!: string;
  @Field(() => String, { description: "A code of the error catalogue." })
  code!: string;
  @Field(() => String, { description: "In the caller's language." })
  reason!: string;
}

@ObjectType()
export class InviteStudentsPayload {
  @Field(() => Int)
  invited!: number;
  @Field(() => [FailedInvitation])
  failed!: readonly FailedInvitation[];
  @Field(() => StudentImport, { description: "By which the invitations can be undone for 24 hours." })
  studentImport!: StudentImport;
}
