import { connectionOf } from "@lentera/kit";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { User } from "../user/user.type.js";

@Directive('@key(fields: "id")')
@ObjectType({ description: "A class of an organization in one academic year." })
export class Class {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  name!: string;
  @Field(() => String, { description: "E.g. `12`, `alumni`, `gap_year`." })
  gradeLevel!: string;
  @Field(() => String, { description: "E.g. `2026/2027`." })
  academicYear!: string;
  @Field(() => Int, { description: "How many students fit." })
  capacity!: number;
  @Field(() => Boolean, { description: "False when the class is over." })
  isActive!: boolean;

  organizationId!: string;
}

export const ClassConnection = connectionOf(Class);
export const UserConnection = connectionOf(User);

@ObjectType()
export class CreateClassPayload {
  @Field(() => Class)
  class!: Class;
}
@ObjectType()
export class UpdateClassPayload extends CreateClassPayload {}
@ObjectType()
export class AssignTeachersPayload extends CreateClassPayload {}
