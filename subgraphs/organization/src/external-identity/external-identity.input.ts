import { ExternalProvider } from "@lentera/prisma/organization";
import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";
import { SignUpRole, timeZone } from "../account/account.input.js";

@InputType()
export class BeginExternalSignInInput {
  @Field(() => ExternalProvider)
  provider!: ExternalProvider;
  @Field(() => String, {
    nullable: true,
    description:
      "Where the provider sends the browser back to, on this platform's own address; by default `/account/sign-in`. The provider has to know it.",
  })
  redirectUri?: string | null;
  @Field(() => SignUpRole, { defaultValue: "STUDENT", description: "For somebody who has no account yet." })
  role!: SignUpRole;
  @Field(() => String, { defaultValue: "Asia/Jakarta", description: "For somebody who has no account yet." })
  timeZone!: string;
}

/** What the provider appended to the address that it sent the browser back to. */
@InputType()
class ExternalAnswerInput {
  @Field(() => ID, { description: "As `beginExternalSignIn` gave it." })
  attemptId!: string;
  @Field(() => String, { description: "The parameter `state`." })
  state!: string;
  @Field(() => String, { description: "The parameter `code`." })
  code!: string;
  @Field(() => String, { nullable: true, description: "The parameter `iss`, when there is one." })
  issuer?: string | null;
}

@InputType()
export class CompleteExternalSignInInput extends ExternalAnswerInput {
  @Field(() => String, {
    nullable: true,
    description:
      "Six digits, or a recovery code, for accounts with a second factor; send the same input again with it.",
  })
  otp?: string | null;
}

@InputType()
export class LinkExternalIdentityInput extends ExternalAnswerInput {}

@InputType()
export class RemoveExternalIdentityInput {
  @Field(() => ID)
  externalIdentityId!: string;
}

/** @param publicUrl where people reach the platform: nobody is sent anywhere else with a code */
export function beginExternalSignInRules(publicUrl: string) {
  const { origin } = new URL(publicUrl);
  return z.object({
    provider: z.enum(ExternalProvider),
    redirectUri: z
      .url("This is not an address.")
      .max(500, "An address has at most 500 characters.")
      .refine((url) => URL.parse(url)?.origin === origin, `Use an address that begins with ${origin}.`)
      .nullish()
      .transform((url) => url ?? `${publicUrl}/account/sign-in`),
    role: z.enum(SignUpRole),
    timeZone,
  });
}

const parameter = z
  .string()
  .min(1, "This parameter of the provider's answer is missing.")
  .max(4000, "This is too long.");

export const externalAnswerRules = z.object({
  attemptId: z.uuid("This is not what `beginExternalSignIn` gave."),
  state: parameter,
  code: parameter,
  issuer: parameter.nullish().transform((issuer) => issuer ?? null),
});

export const completeExternalSignInRules = externalAnswerRules.extend({
  otp: z
    .string()
    .trim()
    .max(40, "A code has at most 40 characters.")
    .nullish()
    .transform((otp) => otp ?? null),
});
