import { DateTime, connectionOf } from "@lentera/kit";
import { Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "A time in which one of the platform's admins acted as a person." })
export class Impersonation {
  @Field(() => ID)
  id!: string;
  @Field(() => String, { description: "Why, in the admin's words." })
  reason!: string;
  @Field(() => DateTime)
  startedAt!: Date;
  @Field(() => DateTime, { description: "When the access ends by itself." })
  expiresAt!: Date;
  @Field(() => DateTime, { nullable: true, description: "When the admin ended it before that." })
  endedAt!: Date | null;
  adminId!: string;
}

export const ImpersonationConnection = connectionOf(Impersonation);

@ObjectType()
export class ImpersonatePayload {
  @Field(() => String, { description: "Lives for 30 minutes and cannot be refreshed." })
  accessToken!: string;
  @Field(() => Impersonation)
  impersonation!: Impersonation;
}

@ObjectType()
export class EndImpersonationPayload {
  @Field(() => Boolean, { description: "True when this call ended it." })
  ended!: boolean;
}
