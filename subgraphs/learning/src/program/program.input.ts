import { Field, Float, ID, InputType, Int } from "type-graphql";
import { z } from "zod";

@InputType()
export class ProgramYearInput {
  @Field(() => Int)
  year!: number;
  @Field(() => Float)
  passingScore!: number;
  @Field(() => Int, { nullable: true })
  applicants?: number | null;
  @Field(() => Int, { nullable: true })
  admitted?: number | null;
}

@InputType()
export class ProgramRequirementInput {
  @Field(() => String, { nullable: true, description: "Null: the overall score." })
  subtest?: string | null;
  @Field(() => Float)
  minimum!: number;
}

@InputType()
export class TuitionRangeInput {
  @Field(() => String, { description: "ISO 4217, e.g. `IDR`." })
  currency!: string;
  @Field(() => String, { description: "For a year, in major units." })
  minimum!: string;
  @Field(() => String)
  maximum!: string;
}

@InputType()
export class SaveProgramInput {
  @Field(() => String)
  universityName!: string;
  @Field(() => String, { description: "With the university's name it says which programme this is." })
  programName!: string;
  @Field(() => String, { nullable: true })
  faculty?: string | null;
  @Field(() => [ID], { description: "The examinations by which it admits; 1 or more." })
  examTypeIds!: string[];
  @Field(() => [ProgramRequirementInput])
  requirements!: ProgramRequirementInput[];
  @Field(() => [ProgramYearInput])
  years!: ProgramYearInput[];
  @Field(() => Int, { nullable: true })
  totalQuota?: number | null;
  @Field(() => String, { nullable: true })
  accreditation?: string | null;
  @Field(() => TuitionRangeInput, { nullable: true })
  tuition?: TuitionRangeInput | null;
  @Field(() => Boolean, { defaultValue: true })
  isActive!: boolean;
  @Field(() => String, { description: "Chosen by the client; the same key changes nothing a second time." })
  idempotencyKey!: string;
}

@InputType()
export class ProgramFilter {
  @Field(() => String, { nullable: true, description: "Part of the name of the university or programme." })
  search?: string | null;
  @Field(() => ID, { nullable: true, description: "Those that admit by this examination." })
  examTypeId?: string | null;
}

const name = z.string().trim().min(1, "Use 1 to 200 characters.").max(200, "Use 1 to 200 characters.");
const count = z.int().min(0, "Use 0 or more.").max(1_000_000);
const points = z.number().min(0, "Use 0 or more.").max(10_000);
const distinct = <Item>(items: readonly Item[], keyOf: (item: Item) => unknown): boolean =>
  new Set(items.map(keyOf)).size === items.length;

export const saveProgramRules = z.object({
  universityName: name,
  programName: name,
  faculty: name.nullish(),
  examTypeIds: z.array(z.guid("Use ids of exam types.")).min(1, "Name 1 to 20 examinations.").max(20),
  requirements: z
    .array(z.object({ subtest: name.nullish(), minimum: points }))
    .max(20, "Use 20 at most.")
    .refine((all) => distinct(all, ({ subtest }) => subtest ?? ""), "Name each subtest once."),
  years: z
    .array(
      z
        .object({
          year: z.int().min(1990, "Use a year from 1990 on.").max(2200),
          passingScore: points,
          applicants: count.nullish(),
          admitted: count.nullish(),
        })
        .refine(({ applicants, admitted }) => applicants == null || admitted == null || admitted <= applicants, {
          path: ["admitted"],
          message: "Not more can be admitted than applied.",
        }),
    )
    .max(50, "Use 50 at most.")
    .refine((all) => distinct(all, ({ year }) => year), "Name each year once."),
  totalQuota: count.nullish(),
  accreditation: z.string().trim().min(1).max(5, "Use 1 to 5 letters.").nullish(),
  tuition: z.object({ currency: z.string(), minimum: z.string(), maximum: z.string() }).nullish(),
  isActive: z.boolean(),
  idempotencyKey: z.string().min(8, "Use 8 to 200 characters.").max(200),
});
export type ParsedProgram = z.output<typeof saveProgramRules>;
