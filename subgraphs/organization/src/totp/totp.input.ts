import { Field, InputType } from "type-graphql";
import { z } from "zod";
import { givenPassword } from "../password/password.rules.js";

/** Six digits, as the application shows them now. */
const totpCode = z
  .string()
  .trim()
  .regex(/^\d{6}$/, "A code has six digits.");

@InputType()
export class ConfirmTotpInput {
  @Field(() => String, { description: "Six digits, as the application shows them now." })
  code!: string;
}

export const confirmTotpRules = z.object({ code: totpCode });

/** Proves once more who somebody is that is signed in: by either. */
@InputType()
export class ProofInput {
  @Field(() => String, { nullable: true, description: "The present password; or `code`." })
  password?: string | null;
  @Field(() => String, { nullable: true, description: "Six digits of the authenticator application; or `password`." })
  code?: string | null;
}

export const proofRules = z
  .object({ password: givenPassword.nullish(), code: totpCode.nullish() })
  .transform(({ password, code }, { issues, value }) => {
    if (typeof password === "string") return { password };
    if (typeof code === "string") return { code };
    issues.push({ code: "custom", path: ["password"], message: "Enter your password or a code.", input: value });
    return z.NEVER;
  });
export type Proof = z.infer<typeof proofRules>;

@InputType()
export class RegenerateRecoveryCodesInput {
  @Field(() => ProofInput)
  proof!: ProofInput;
}

export const regenerateRecoveryCodesRules = z.object({ proof: proofRules });

@InputType()
export class DisableTotpInput {
  @Field(() => String)
  password!: string;
}

export const disableTotpRules = z.object({ password: givenPassword });
