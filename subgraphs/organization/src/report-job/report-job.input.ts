import { EnrollmentStatus, ReportFormat, ReportKind } from "@lentera/prisma/organization";
import { Field, ID, InputType, Int, registerEnumType } from "type-graphql";
import { z } from "zod";
import { Json } from "../json.js";

export const ChartKind = { BAR: "BAR", LINE: "LINE" } as const;
registerEnumType(ChartKind, { name: "ChartKind" });

@InputType({ description: "Which students; all that the caller may see when nothing is given." })
export class StudentExportFilter {
  @Field(() => ID, { nullable: true })
  classId?: string | null;
  @Field(() => EnrollmentStatus, { nullable: true, description: "ACTIVE when not given." })
  status?: EnrollmentStatus | null;
  @Field(() => String, { nullable: true, description: "Part of the name." })
  search?: string | null;
}

@InputType()
export class ExportStudentsInput {
  @Field(() => ReportFormat)
  format!: ReportFormat;
  @Field(() => StudentExportFilter, { nullable: true })
  filter?: StudentExportFilter | null;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType({ description: "A drawing of one column over another." })
export class ReportChartInput {
  @Field(() => ChartKind)
  kind!: keyof typeof ChartKind;
  @Field(() => Int, { description: "The column with the labels, from 0." })
  labelColumn!: number;
  @Field(() => Int, { description: "The column with the numbers, from 0." })
  valueColumn!: number;
}

@InputType()
export class ReportSectionInput {
  @Field(() => String)
  heading!: string;
  @Field(() => [String], { description: "1 to 30." })
  columns!: string[];
  @Field(() => [Json], {
    description: "Each row a list as long as `columns`; each cell a text, a number or null.",
  })
  rows!: unknown[];
  @Field(() => ReportChartInput, { nullable: true, description: "Drawn in PDF." })
  chart?: ReportChartInput | null;
}

@InputType()
export class RenderReportInput {
  @Field(() => ReportKind, { nullable: true, description: "CUSTOM when not given." })
  kind?: ReportKind | null;
  @Field(() => String)
  title!: string;
  @Field(() => ReportFormat)
  format!: ReportFormat;
  @Field(() => [ReportSectionInput], { description: "1 to 50, with 10,000 rows in all at most." })
  sections!: ReportSectionInput[];
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class ShareReportInput {
  @Field(() => ID)
  reportJobId!: string;
  @Field(() => Boolean, { description: "With all staff who have `reports:read`." })
  withEverybody!: boolean;
  @Field(() => [ID], { description: "With these members of staff; at most 100." })
  withUserIds!: string[];
}

const MAXIMUM_ROWS = 10_000;
const idempotencyKey = z.string().min(1, "Give a key.").max(200, "A key has at most 200 characters.");
const text = (maximum: number) => z.string().max(maximum, `This has at most ${maximum} characters.`);

export const statusRules = z.enum(EnrollmentStatus);

export const filterRules = z.object({
  classId: z.uuid("This names no class.").nullish(),
  status: statusRules.nullish(),
  search: z.string().trim().max(100, "Search for at most 100 characters.").nullish(),
});

export const exportRules = z.object({
  format: z.enum(ReportFormat),
  filter: filterRules.nullish(),
  idempotencyKey,
});

export const sectionRules = z
  .object({
    heading: text(200),
    columns: z.array(text(200)).min(1, "A table has at least one column.").max(30, "A table has at most 30 columns."),
    rows: z.array(z.array(z.union([text(2000), z.number(), z.null()], "A cell is a text, a number or null."))),
    chart: z.object({ kind: z.enum(ChartKind), labelColumn: z.int().min(0), valueColumn: z.int().min(0) }).nullish(),
  })
  .superRefine(({ columns, rows, chart }, context) => {
    const index = rows.findIndex((row) => row.length !== columns.length);
    if (index >= 0)
      context.addIssue({ code: "custom", path: ["rows", index], message: "A row has one cell for each column." });
    if (chart != null && Math.max(chart.labelColumn, chart.valueColumn) >= columns.length)
      context.addIssue({ code: "custom", path: ["chart"], message: "The chart names a column that is not there." });
  });

export const renderRules = z.object({
  kind: z.enum(ReportKind).nullish(),
  title: z.string().trim().min(1, "Give a title.").max(200, "A title has at most 200 characters."),
  format: z.enum(ReportFormat),
  sections: z
    .array(sectionRules)
    .min(1, "Give at least one section.")
    .max(50, "A report has at most 50 sections.")
    .refine(
      (sections) => sections.reduce((sum, { rows }) => sum + rows.length, 0) <= MAXIMUM_ROWS,
      "A report has at most 10,000 rows.",
    ),
  idempotencyKey,
});

export const shareRules = z.object({
  reportJobId: z.string(),
  withEverybody: z.boolean(),
  withUserIds: z.array(z.uuid("This names nobody.")).max(100, "Share with at most 100 people by name."),
});
