import { Field, Int, ObjectType } from "type-graphql";

@ObjectType()
export class ChangePasswordPayload {
  @Field(() => Int, { description: "Sessions on other devices that ended with the old password." })
  endedSessions!: number;
}

@ObjectType()
export class RequestPasswordResetPayload {
  @Field(() => String, { description: "Where a letter goes if the address has an account." })
  email!: string;
}

@ObjectType()
export class ResetPasswordPayload {
  @Field(() => Int, { description: "Sessions that ended with the old password." })
  endedSessions!: number;
}
