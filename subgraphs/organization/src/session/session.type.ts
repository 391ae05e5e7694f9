import { DateTime } from "@lentera/kit";
import { Field, ObjectType } from "type-graphql";
import { User } from "../user/user.type.js";

@ObjectType()
export class SignInPayload {
  @Field(() => String, {
    description: "A signed token for the `Authorization: Bearer …` header; lives for 15 minutes.",
  })
  accessToken!: string;

  @Field(() => String, {
    description: "Exchanges once for the next pair of tokens; lives for 7 days. Using it twice ends the session.",
  })
  refreshToken!: string;

  @Field(() => DateTime, { description: "When the access token expires." })
  expiresAt!: Date;

  @Field(() => User)
  user!: User;
}

@ObjectType()
export class RefreshSessionPayload extends SignInPayload {}

@ObjectType()
export class SignOutPayload {
  @Field(() => Boolean, { description: "True when a session was ended by this call." })
  signedOut!: boolean;
}
