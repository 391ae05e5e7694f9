import { Field, ObjectType } from "type-graphql";

@ObjectType()
export class BeginTotpPayload {
  @Field(() => String, { description: "The seed in base 32, to type into an application." })
  secret!: string;
  @Field(() => String, { description: "The same as an `otpauth://` URL, to show as a QR code." })
  url!: string;
}

@ObjectType()
export class ConfirmTotpPayload {
  @Field(() => [String], {
    description: "Ten codes that each sign in once without the device. Shown now and never again.",
  })
  recoveryCodes!: string[];
}

@ObjectType()
export class RegenerateRecoveryCodesPayload extends ConfirmTotpPayload {}

@ObjectType()
export class DisableTotpPayload {
  @Field(() => Boolean, { description: "False when there was no second factor." })
  disabled!: boolean;
}
