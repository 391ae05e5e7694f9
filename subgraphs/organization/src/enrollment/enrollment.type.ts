import { DateTime, connectionOf } from "@lentera/kit";
import { EnrollmentStatus } from "@lentera/prisma/organization";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { StudentOrder } from "./enrollment.input.js";

registerEnumType(EnrollmentStatus, {
  name: "EnrollmentStatus",
  description: "INVITED: the student has not accepted yet. Only ACTIVE takes a seat.",
});
registerEnumType(StudentOrder, {
  name: "StudentOrder",
  description: "NAME: by name. NEWEST: the last enrolled first.",
});

@ObjectType({ description: "Somebody learns at an organization." })
export class Enrollment {
  @Field(() => ID)
  id!: string;
  @Field(() => EnrollmentStatus)
  status!: EnrollmentStatus;
  @Field(() => String, { nullable: true, description: "The organization's own number of the student." })
  studentIdentifier!: string | null;
  @Field(() => String, { nullable: true })
  targetUniversity!: string | null;
  @Field(() => String, { nullable: true })
  targetMajor!: string | null;
  @Field(() => DateTime)
  enrolledAt!: Date;
  @Field(() => DateTime, { nullable: true })
  endedAt!: Date | null;

  organizationId!: string;
  studentId!: string;
  classId!: string | null;
}

export const EnrollmentConnection = connectionOf(Enrollment);

@ObjectType()
export class EnrollStudentPayload {
  @Field(() => Enrollment, { description: "INVITED for somebody who had an account: they have to accept." })
  enrollment!: Enrollment;
}
@ObjectType()
export class AnswerEnrollmentPayload {
  @Field(() => Enrollment, { nullable: true, description: "Null when it was declined." })
  enrollment!: Enrollment | null;
}
@ObjectType()
export class TransferStudentPayload {
  @Field(() => Enrollment)
  enrollment!: Enrollment;
}
@ObjectType()
export class EndEnrollmentPayload {
  @Field(() => Enrollment, { nullable: true, description: "Null when it was an invitation, which is withdrawn." })
  enrollment!: Enrollment | null;
}
@ObjectType()
export class ResumeEnrollmentPayload extends TransferStudentPayload {}
