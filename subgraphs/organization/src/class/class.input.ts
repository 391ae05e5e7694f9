import { Field, ID, InputType, Int } from "type-graphql";
import { z } from "zod";

@InputType()
export class CreateClassInput {
  @Field(() => String)
  name!: string;
  @Field(() => String, { description: "E.g. `12`, `alumni`, `gap_year`." })
  gradeLevel!: string;
  @Field(() => String, { description: "E.g. `2026/2027`." })
  academicYear!: string;
  @Field(() => Int, { nullable: true, description: "How many students fit, 1 to 1,000; 40 when it is left out." })
  capacity?: number | null;
  @Field(() => [ID], { nullable: true, description: "Members of staff." })
  teacherIds?: string[] | null;
  @Field(() => String)
  idempotencyKey!: string;
}

const name = z.string().trim().min(1, "Enter a name.").max(100, "A name has at most 100 characters.");
const gradeLevel = z.string().trim().min(1, "Enter a grade.").max(20, "A grade has at most 20 characters.");
const capacity = z.int().min(1, "At least one student has to fit.").max(1000, "At most 1,000 students fit.").nullish();
const teacherIds = z.array(z.uuid("This is not an id.")).max(50, "A class has at most 50 teachers.");

/** E.g. `2026/2027`: two years in a row. */
export const academicYearRules = z
  .string()
  .trim()
  .refine(
    (year) => /^\d{4}\/\d{4}$/.test(year) && Number(year.slice(5)) === Number(year.slice(0, 4)) + 1,
    "An academic year looks like 2026/2027.",
  );

export const createClassRules = z.object({
  name,
  gradeLevel,
  academicYear: academicYearRules,
  capacity,
  teacherIds: teacherIds.nullish(),
  idempotencyKey: z.string().min(1, "Give a key.").max(200),
});

@InputType({ description: "What is left out stays." })
export class UpdateClassInput {
  @Field(() => ID)
  classId!: string;
  @Field(() => String, { nullable: true })
  name?: string | null;
  @Field(() => String, { nullable: true })
  gradeLevel?: string | null;
  @Field(() => Int, { nullable: true, description: "Not below the number of active students." })
  capacity?: number | null;
  @Field(() => Boolean, { nullable: true, description: "A class that is over is not active." })
  isActive?: boolean | null;
}
export const updateClassRules = z.object({
  classId: z.string(),
  name: name.nullish(),
  gradeLevel: gradeLevel.nullish(),
  capacity,
  isActive: z.boolean().nullish(),
});

@InputType()
export class AssignTeachersInput {
  @Field(() => ID)
  classId!: string;
  @Field(() => [ID], { description: "All who teach the class from now on; whoever is not named no longer does." })
  teacherIds!: string[];
}
export const assignTeachersRules = z.object({ classId: z.string(), teacherIds });
