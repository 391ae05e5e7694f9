import { DateTime, connectionOf } from "@lentera/kit";
import { ExternalProvider } from "@lentera/prisma/organization";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { SignInPayload } from "../session/session.type.js";

export { ExternalProvider };

registerEnumType(ExternalProvider, { name: "ExternalProvider", description: "Who can vouch for a person." });

@ObjectType({ description: "An account elsewhere by which its holder signs in here." })
export class ExternalIdentity {
  @Field(() => ID)
  id!: string;
  @Field(() => ExternalProvider)
  provider!: ExternalProvider;
  @Field(() => String, { nullable: true, description: "The address there when the identity was linked." })
  email!: string | null;
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true, description: "When its holder last signed in with it." })
  lastUsedAt!: Date | null;
}

export const ExternalIdentityConnection = connectionOf(ExternalIdentity);

@ObjectType()
export class BeginExternalSignInPayload {
  @Field(() => ID, {
    description: "Keep it in the browser that began: without it nobody can finish. Good for 10 minutes, once.",
  })
  attemptId!: string;
  @Field(() => String, { description: "Where to send the browser." })
  url!: string;
}

@ObjectType()
export class CompleteExternalSignInPayload extends SignInPayload {}

@ObjectType()
export class LinkExternalIdentityPayload {
  @Field(() => ExternalIdentity)
  externalIdentity!: ExternalIdentity;
}

@ObjectType()
export class RemoveExternalIdentityPayload {
  @Field(() => ID)
  externalIdentityId!: string;
}
