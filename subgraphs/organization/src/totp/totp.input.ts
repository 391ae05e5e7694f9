import { Field, InputType } from "type-graphql";
import { z } from "zod";
import { givenPassword } from "../password/password.rules.js";

@InputType()
export class ConfirmTotpInput {
  @Field(() => String, { description: "Six digits, as the application shows them now." })
  code!: string;
}

export const confirmTotpRules = z.object({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, "A code has six digits."),
});

@InputType()
export class DisableTotpInput {
  @Field(() => String)
  password!: string;
}

export const disableTotpRules = z.object({ password: givenPassword });
