import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";
import { givenPassword } from "../password/password.rules.js";

@InputType()
export class SignInInput {
  @Field(() => String)
  email!: string;

  @Field(() => String)
  password!: string;

  @Field(() => String, {
    nullable: true,
    description: "Six digits, or a recovery code, for accounts with a second factor.",
  })
  otp?: string | null;
}

export const signInRules = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email("This is not an e-mail address.")),
  password: givenPassword,
  otp: z
    .string()
    .trim()
    .max(40, "A code has at most 40 characters.")
    .nullish()
    .transform((otp) => otp ?? null),
});

@InputType()
export class RefreshSessionInput {
  @Field(() => String)
  refreshToken!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "16 to 100 characters, random, new for every exchange. Should the answer be lost, ask again with the same key within 60 seconds.",
  })
  idempotencyKey?: string | null;
}

export const refreshSessionRules = z.object({
  refreshToken: z.string(),
  idempotencyKey: z
    .string()
    .min(16, "A key has at least 16 characters.")
    .max(100, "A key has at most 100 characters.")
    .nullish()
    .transform((key) => key ?? null),
});

@InputType()
export class SwitchOrganizationInput {
  @Field(() => ID)
  organizationId!: string;
}

@InputType()
export class SignOutInput {
  @Field(() => String)
  refreshToken!: string;
}

@InputType()
export class RevokeSessionInput {
  @Field(() => ID)
  sessionId!: string;
}
