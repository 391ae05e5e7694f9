import { CalendarDate } from "@lentera/kit";
import { GuardianRelationship } from "@lentera/prisma/organization";
import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";
import { ALPHABET, normalizedCode } from "./pairing-code.js";

@InputType()
export class CreatePairingCodeInput {
  @Field(() => String, {
    description: "Any text of yours, 8 to 100 characters; the same text never makes a second code.",
  })
  idempotencyKey!: string;
}
export const createPairingCodeRules = z.object({
  idempotencyKey: z.string().min(8, "Use 8 to 100 characters.").max(100, "Use 8 to 100 characters."),
});

@InputType()
export class RedeemPairingCodeInput {
  @Field(() => String, { description: "As the student reads it out; small letters, spaces and hyphens do not matter." })
  code!: string;
  @Field(() => GuardianRelationship)
  relationship!: GuardianRelationship;
}
export const redeemPairingCodeRules = z.object({
  code: z
    .string()
    .transform(normalizedCode)
    .pipe(
      z.string().regex(new RegExp(`^[${ALPHABET}]{8}$`), "A code has 8 letters and digits, never 0, O, 1, I or L."),
    ),
  relationship: z.enum(GuardianRelationship),
});

@InputType()
export class RequestGuardianLinkInput {
  @Field(() => String, { description: "Of the student's account." })
  email!: string;
  @Field(() => GuardianRelationship)
  relationship!: GuardianRelationship;
}
export const requestGuardianLinkRules = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email("This is not an e-mail address.")),
  relationship: z.enum(GuardianRelationship),
});

@InputType()
class GuardianLinkInput {
  @Field(() => ID)
  id!: string;
}
@InputType()
export class VerifyGuardianLinkInput extends GuardianLinkInput {}
@InputType()
export class RejectGuardianLinkInput extends GuardianLinkInput {}
@InputType()
export class RevokeGuardianLinkInput extends GuardianLinkInput {}
@InputType()
export class ConfirmGuardianLinkInput extends GuardianLinkInput {}

@InputType()
export class GuardianPermissionsInput {
  @Field(() => Boolean, { nullable: true })
  viewScores?: boolean | null;
  @Field(() => Boolean, { nullable: true })
  viewStudyTime?: boolean | null;
  @Field(() => Boolean, { nullable: true })
  viewDetailedAnalytics?: boolean | null;
  @Field(() => Boolean, { nullable: true })
  setGoals?: boolean | null;
  @Field(() => Boolean, { nullable: true })
  receiveNotifications?: boolean | null;
  @Field(() => Boolean, { nullable: true })
  accessReports?: boolean | null;
}
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? undefined);
/** What is not said stays as it is. */
export const guardianPermissionsRules = z.object({
  viewScores: flag,
  viewStudyTime: flag,
  viewDetailedAnalytics: flag,
  setGoals: flag,
  receiveNotifications: flag,
  accessReports: flag,
});

@InputType()
export class UpdateGuardianPermissionsInput extends GuardianLinkInput {
  @Field(() => GuardianPermissionsInput, { description: "What is left out stays as it is." })
  permissions!: GuardianPermissionsInput;
}

@InputType()
export class SetBirthDateInput {
  @Field(() => CalendarDate)
  birthDate!: string;
}

/** @param today the caller's calendar day, `YYYY-MM-DD` */
export const setBirthDateRules = (today: string) =>
  z.object({
    birthDate: z
      .string()
      .refine((date) => date >= "1900-01-01" && date <= today, "A date of birth lies between 1900 and today."),
  });
