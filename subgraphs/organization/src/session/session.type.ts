import { DateTime, connectionOf } from "@lentera/kit";
import { Field, ID, Int, ObjectType } from "type-graphql";
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
export class SwitchOrganizationPayload {
  @Field(() => String, { description: "Like that of `signIn`, of the same session. Its refresh token stays good." })
  accessToken!: string;

  @Field(() => DateTime, { description: "When the access token expires." })
  expiresAt!: Date;

  @Field(() => User)
  user!: User;
}

@ObjectType()
export class SignOutPayload {
  @Field(() => Boolean, { description: "True when a session was ended by this call." })
  signedOut!: boolean;
}

@ObjectType({ description: "One sign-in on one device." })
export class Session {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: "What the device said it is." })
  userAgent!: string | null;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { description: "When it last got a new access token; they live for 15 minutes." })
  lastUsedAt!: Date;

  @Field(() => Boolean, { description: "True for the session that asks." })
  current!: boolean;
}

export const SessionConnection = connectionOf(Session);

@ObjectType()
export class RevokeSessionPayload {
  @Field(() => ID)
  sessionId!: string;
}

@ObjectType()
export class RevokeOtherSessionsPayload {
  @Field(() => Int, { description: "How many sessions this ended." })
  endedSessions!: number;
}
