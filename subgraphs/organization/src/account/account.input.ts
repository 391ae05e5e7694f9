import { LANGUAGES } from "@lentera/kit";
import { Gender } from "@lentera/prisma/organization";
import { Field, InputType, registerEnumType } from "type-graphql";
import { z } from "zod";
import { newPassword, RESEMBLES_EMAIL, resemblesEmail } from "../password/password.rules.js";

/** Roles that a person gives themselves; the others come from an organization or from the platform (001-01). */
export const SignUpRole = {
  STUDENT: "STUDENT",
  GUARDIAN: "GUARDIAN",
  TUTOR: "TUTOR",
  BUSINESS_OWNER: "BUSINESS_OWNER",
} as const;
export type SignUpRole = keyof typeof SignUpRole;

export { Gender };
registerEnumType(Gender, { name: "Gender", description: "As the person says it." });
registerEnumType(SignUpRole, { name: "SignUpRole", description: "What a person can sign up as." });

@InputType()
export class SignUpInput {
  @Field(() => String)
  email!: string;
  @Field(() => String, { description: "10 characters to 72 bytes; neither common nor the e-mail address." })
  password!: string;
  @Field(() => String, { description: "1 to 120 characters." })
  fullName!: string;
  @Field(() => SignUpRole)
  role!: SignUpRole;
  @Field(() => String, { defaultValue: "id", description: "`id` or `en`." })
  language!: string;
  @Field(() => String, { defaultValue: "Asia/Jakarta", description: "An IANA time zone, e.g. `Asia/Kolkata`." })
  timeZone!: string;
  @Field(() => String, { description: "1 to 64 characters; the same key signs up once." })
  idempotencyKey!: string;
}

/** C-21: where people think in wall clock, it is theirs. */
export const timeZone = z.string().refine(isTimeZone, "Use an IANA time zone such as Asia/Jakarta.");
const language = z.enum(LANGUAGES, "Use one of: id, en.");
const fullName = z
  .string()
  .trim()
  .min(1, "Enter the full name.")
  .max(120, "A name has at most 120 characters.")
  .refine((name) => !/\p{Cc}/u.test(name), "A name has no control characters.");

export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "An e-mail address has at most 254 characters.")
  .pipe(z.email("This is not an e-mail address."));

export const idempotencyKey = z.string().min(1, "Give an idempotency key.").max(64, "A key has at most 64 characters.");

export const signUpRules = z
  .object({
    email: emailAddress,
    password: newPassword,
    fullName,
    role: z.enum(SignUpRole),
    language,
    timeZone,
    idempotencyKey,
  })
  .refine(({ email, password }) => !resemblesEmail(password, email), { path: ["password"], error: RESEMBLES_EMAIL });

function isTimeZone(name: string): boolean {
  if (!/^[A-Z]/i.test(name)) return false; // offsets are no zones
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

@InputType()
export class VerifyEmailInput {
  @Field(() => String, { description: "From the link of the letter." })
  token!: string;
}

@InputType()
export class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: "1 to 120 characters; left out: unchanged." })
  fullName?: string | null;
  @Field(() => String, { nullable: true, description: "`id` or `en`; left out: unchanged." })
  language?: string | null;
  @Field(() => String, { nullable: true, description: "An IANA time zone; left out: unchanged." })
  timeZone?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "E.164, e.g. `+6281234567890`; null removes it, left out: unchanged.",
  })
  phone?: string | null;
  @Field(() => Gender, { nullable: true, description: "Null removes it, left out: unchanged." })
  gender?: Gender | null;
}

/** Null changes nothing where there must be a value. */
const unchanged = <Value>(value: Value | null | undefined): Value | undefined => value ?? undefined;

export const updateProfileRules = z.object({
  fullName: fullName.nullish().transform(unchanged),
  language: language.nullish().transform(unchanged),
  timeZone: timeZone.nullish().transform(unchanged),
  phone: z
    .string()
    .trim()
    .regex(/^\+[1-9]\d{6,14}$/, "Write the number with its country code, as in +6281234567890.")
    .nullish(),
  gender: z.enum(Gender).nullish(),
});
export type ProfileChange = z.infer<typeof updateProfileRules>;
