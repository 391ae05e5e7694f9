import { Field, InputType } from "type-graphql";
import { z } from "zod";
import { emailAddress } from "../account/account.input.js";
import { givenPassword, newPassword } from "./password.rules.js";

@InputType()
export class ChangePasswordInput {
  @Field(() => String)
  currentPassword!: string;
  @Field(() => String, { description: "10 characters to 72 bytes; neither common nor the e-mail address." })
  newPassword!: string;
}

export const changePasswordRules = z.object({ currentPassword: givenPassword, newPassword });

@InputType()
export class RequestPasswordResetInput {
  @Field(() => String)
  email!: string;
}

export const requestPasswordResetRules = z.object({ email: emailAddress });

@InputType()
export class ResetPasswordInput {
  @Field(() => String, { description: "From the link of the letter." })
  token!: string;
  @Field(() => String, { description: "10 characters to 72 bytes; neither common nor the e-mail address." })
  newPassword!: string;
}

export const resetPasswordRules = z.object({ token: z.string(), newPassword });
