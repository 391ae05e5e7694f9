import { CalendarDate, DateTime, connectionOf } from "@lentera/kit";
import { ApiKeyMode } from "@lentera/prisma/organization";
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(ApiKeyMode, {
  name: "ApiKeyMode",
  description: "TEST keys move no real money and send no real message.",
});

@ObjectType({ description: "How an integrator acts for an organization. The secret itself is not kept." })
export class ApiKey {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  name!: string;
  @Field(() => String, { description: "How the secret begins, e.g. `lnt_live_Ab3d`." })
  prefix!: string;
  @Field(() => [String])
  scopes!: string[];
  @Field(() => ApiKeyMode)
  mode!: ApiKeyMode;
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true })
  expiresAt!: Date | null;
  @Field(() => DateTime, { nullable: true, description: "After a reroll: until when the earlier secret works." })
  previousExpiresAt!: Date | null;
  @Field(() => DateTime, { nullable: true })
  revokedAt!: Date | null;
  @Field(() => DateTime, { nullable: true, description: "To the minute." })
  lastUsedAt!: Date | null;
}

export const ApiKeyConnection = connectionOf(ApiKey);

@ObjectType({ description: "What a key did on one day (UTC)." })
export class ApiKeyUsage {
  @Field(() => CalendarDate)
  day!: string;
  @Field(() => Int)
  requestCount!: number;
  @Field(() => Int, { description: "Requests that were answered with at least one error." })
  errorCount!: number;
}

@ObjectType({ description: "A deprecated field that a key still calls." })
export class ApiKeyDeprecatedField {
  @Field(() => String, { description: "As in `User.fullName`, or `Query.user(id:)` for an argument." })
  field!: string;
  @Field(() => Int, { description: "How many requests selected it." })
  count!: number;
  @Field(() => CalendarDate, { description: "The latest day (UTC)." })
  lastUsedOn!: string;
}

@ObjectType()
class NewApiKeyPayload {
  @Field(() => ApiKey)
  apiKey!: ApiKey;
  @Field(() => String, {
    nullable: true,
    description:
      "For `Authorization: Bearer …` or `x-api-key`. Shown once: null when this call repeats an earlier one.",
  })
  secret!: string | null;
}
@ObjectType()
export class CreateApiKeyPayload extends NewApiKeyPayload {}
@ObjectType()
export class RerollApiKeyPayload extends NewApiKeyPayload {}

@ObjectType()
export class RevokeApiKeyPayload {
  @Field(() => ApiKey)
  apiKey!: ApiKey;
}

@Directive("@inaccessible")
@ObjectType({ description: "Who the bearer of a key is; for the gateway." })
export class ApiKeyClaims {
  @Field(() => ID)
  apiKeyId!: string;
  @Field(() => ID)
  organizationId!: string;
  @Field(() => [String])
  permissions!: string[];
  @Field(() => Boolean)
  isTest!: boolean;
}
