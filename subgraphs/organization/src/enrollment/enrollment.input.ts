import { EnrollmentStatus } from "@lentera/prisma/organization";
import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";

@InputType()
export class EnrollStudentInput {
  @Field(() => String)
  email!: string;
  @Field(() => String, { description: "Only for somebody who has no account yet." })
  fullName!: string;
  @Field(() => ID, { nullable: true })
  classId?: string | null;
  @Field(() => String, { nullable: true, description: "The organization's own number of the student." })
  studentIdentifier?: string | null;
  @Field(() => String, { nullable: true })
  targetUniversity?: string | null;
  @Field(() => String, { nullable: true })
  targetMajor?: string | null;
  @Field(() => String)
  idempotencyKey!: string;
}
const text = (maximum: number) =>
  z.string().trim().min(1, "Enter a text.").max(maximum, `At most ${maximum} characters.`);
export const enrollStudentRules = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email("This is not an e-mail address.")),
  fullName: text(200),
  classId: z.uuid("This is not an id.").nullish(),
  studentIdentifier: text(50).nullish(),
  targetUniversity: text(200).nullish(),
  targetMajor: text(200).nullish(),
  idempotencyKey: z.string().min(1, "Give a key.").max(200),
});

@InputType()
export class AnswerEnrollmentInput {
  @Field(() => ID)
  enrollmentId!: string;
  @Field(() => Boolean, { description: "False declines." })
  isAccepted!: boolean;
}

@InputType()
export class TransferStudentInput {
  @Field(() => ID)
  enrollmentId!: string;
  @Field(() => ID)
  classId!: string;
}

@InputType()
export class EndEnrollmentInput {
  @Field(() => ID)
  enrollmentId!: string;
  @Field(() => EnrollmentStatus, { description: "`INACTIVE`, `GRADUATED` or `TRANSFERRED`." })
  status!: EnrollmentStatus;
}
export const endEnrollmentRules = z.object({
  enrollmentId: z.string(),
  status: z.enum(["INACTIVE", "GRADUATED", "TRANSFERRED"], "Choose INACTIVE, GRADUATED or TRANSFERRED."),
});

@InputType()
export class ResumeEnrollmentInput {
  @Field(() => ID)
  enrollmentId!: string;
}

@InputType()
export class StudentFilter {
  @Field(() => ID, { nullable: true })
  classId?: string | null;
  @Field(() => EnrollmentStatus, { nullable: true })
  status?: EnrollmentStatus | null;
  @Field(() => String, { nullable: true, description: "Part of the name." })
  search?: string | null;
}
export const studentFilterRules = z.object({
  classId: z.uuid("This is not an id.").nullish(),
  status: z.enum(EnrollmentStatus).nullish(),
  search: z.string().trim().max(100, "Search for at most 100 characters.").nullish(),
});

export const StudentOrder = {
  NAME: "NAME",
  NEWEST: "NEWEST",
} as const;
export type StudentOrder = keyof typeof StudentOrder;
