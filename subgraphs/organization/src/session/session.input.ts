import { Field, InputType } from "type-graphql";
import { z } from "zod";

@InputType()
export class SignInInput {
  @Field(() => String)
  email!: string;

  @Field(() => String)
  password!: string;

  @Field(() => String, { nullable: true, description: "Six digits, for accounts with a second factor." })
  otp?: string | null;
}

/** bcrypt reads 72 bytes; longer input is refused rather than silently cut. */
const MAXIMUM_PASSWORD_BYTES = 72;

export const signInRules = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email("This is not an e-mail address.")),
  password: z
    .string()
    .min(1, "Enter your password.")
    .refine((password) => Buffer.byteLength(password) <= MAXIMUM_PASSWORD_BYTES, "A password has at most 72 bytes."),
});

@InputType()
export class RefreshSessionInput {
  @Field(() => String)
  refreshToken!: string;
}

@InputType()
export class SignOutInput {
  @Field(() => String)
  refreshToken!: string;
}
