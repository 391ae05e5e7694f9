import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";
import { academicYearRules } from "../class/class.input.js";

@InputType({ description: "What becomes of one class, where it is not the rule." })
export class RolloverClassInput {
  @Field(() => ID)
  classId!: string;
  @Field(() => Boolean, { nullable: true })
  isGraduating?: boolean | null;
  @Field(() => String, { nullable: true, description: "Name of the next year's class." })
  toName?: string | null;
  @Field(() => String, { nullable: true })
  toGradeLevel?: string | null;
}

@InputType()
export class PreviewRolloverInput {
  @Field(() => String, { description: "E.g. `2026/2027`." })
  fromAcademicYear!: string;
  @Field(() => String, { description: "E.g. `2027/2028`." })
  toAcademicYear!: string;
  @Field(() => [RolloverClassInput], {
    nullable: true,
    description:
      "Exceptions. The rule: grades below 12 go up one grade, with the grade in the class's name; all others graduate.",
  })
  classes?: RolloverClassInput[] | null;
}
export const previewRolloverRules = z
  .object({
    fromAcademicYear: academicYearRules,
    toAcademicYear: academicYearRules,
    classes: z
      .array(
        z.object({
          classId: z.string(),
          isGraduating: z.boolean().nullish(),
          toName: z.string().trim().min(1, "Enter a name.").max(100, "A name has at most 100 characters.").nullish(),
          toGradeLevel: z
            .string()
            .trim()
            .min(1, "Enter a grade.")
            .max(20, "A grade has at most 20 characters.")
            .nullish(),
        }),
      )
      .max(1000, "At most 1,000 classes.")
      .nullish(),
  })
  .refine(({ fromAcademicYear, toAcademicYear }) => fromAcademicYear < toAcademicYear, {
    path: ["toAcademicYear"],
    message: "Choose a later year.",
  });

@InputType()
export class ApplyRolloverInput {
  @Field(() => ID)
  rolloverId!: string;
}
