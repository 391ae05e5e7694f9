import { DateTime, connectionOf } from "@lentera/kit";
import { Field, ID, ObjectType } from "type-graphql";
import { SignInPayload } from "../session/session.type.js";

@ObjectType({ description: "A device that signs its owner in with a finger, a face or its PIN (WebAuthn)." })
export class Passkey {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  name!: string;
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true })
  lastUsedAt!: Date | null;
}

export const PasskeyConnection = connectionOf(Passkey);

@ObjectType()
export class BeginPasskeyRegistrationPayload {
  @Field(() => ID, { description: "Goes back with the browser's answer within 5 minutes." })
  challengeId!: string;
  @Field(() => String, { description: "JSON for `PublicKeyCredential.parseCreationOptionsFromJSON`." })
  options!: string;
}

@ObjectType()
export class BeginPasskeySignInPayload {
  @Field(() => ID, { description: "Goes back with the browser's answer within 5 minutes." })
  challengeId!: string;
  @Field(() => String, { description: "JSON for `PublicKeyCredential.parseRequestOptionsFromJSON`." })
  options!: string;
}

@ObjectType()
export class RegisterPasskeyPayload {
  @Field(() => Passkey)
  passkey!: Passkey;
}

@ObjectType()
export class RemovePasskeyPayload {
  @Field(() => ID)
  passkeyId!: string;
}

@ObjectType()
export class SignInWithPasskeyPayload extends SignInPayload {}
