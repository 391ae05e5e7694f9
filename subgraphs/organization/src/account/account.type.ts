import { Field, ObjectType } from "type-graphql";
import { User } from "../user/user.type.js";

@ObjectType()
export class SignUpPayload {
  @Field(() => String, {
    description: "Where a letter is on its way. Says nothing about whether the address had an account before.",
  })
  email!: string;
}

@ObjectType()
export class VerifyEmailPayload {
  @Field(() => String, { description: "The address that is now verified." })
  email!: string;
}

@ObjectType()
export class ResendEmailVerificationPayload {
  @Field(() => Boolean, { description: "False when the address is verified already." })
  sent!: boolean;
}

@ObjectType()
export class UpdateProfilePayload {
  @Field(() => User)
  user!: User;
}
