import { CalendarDate, DateTime } from "@lentera/kit";
import { ApiKeyMode } from "@lentera/prisma/organization";
import { Directive, Field, ID, InputType, Int } from "type-graphql";
import { z } from "zod";
import { INTEGRATOR_PERMISSIONS } from "../permissions.js";
import { MAXIMUM_GRACE_HOURS } from "./api-key.rules.js";

const idempotencyKey = z.string().min(8, "Use 8 to 100 characters.").max(100, "Use 8 to 100 characters.");
const KEY_DESCRIPTION = "Any text of yours, 8 to 100 characters; the same text never makes a second secret.";

@InputType()
export class CreateApiKeyInput {
  @Field(() => String, { description: "For people, 1 to 100 characters." })
  name!: string;
  @Field(() => [String], { description: "Permissions; none that you do not have yourself." })
  scopes!: string[];
  @Field(() => ApiKeyMode)
  mode!: ApiKeyMode;
  @Field(() => DateTime, { nullable: true, description: "Never, when it is left out." })
  expiresAt?: Date | null;
  @Field(() => String, { description: KEY_DESCRIPTION })
  idempotencyKey!: string;
}

/** @param granted the permissions of whoever makes the key */
export const createApiKeyRules = (granted: readonly string[], now: Date) =>
  z.object({
    name: z.string().trim().min(1, "Give the key a name.").max(100, "A name has at most 100 characters."),
    scopes: z
      .array(
        z
          .string()
          .refine((scope) => INTEGRATOR_PERMISSIONS.includes(scope), "API keys cannot be given this permission.")
          .refine((scope) => granted.includes(scope), "You cannot give a permission that you do not have."),
      )
      .min(1, "Give the key at least one permission.")
      .transform((scopes) => [...new Set(scopes)].toSorted()),
    mode: z.enum(ApiKeyMode),
    expiresAt: z
      .date()
      .refine((date) => date > now, "Choose a time in the future.")
      .nullish()
      .transform((date) => date ?? null),
    idempotencyKey,
  });

@InputType()
export class RerollApiKeyInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int, {
    defaultValue: 24,
    description: "Hours for which the present secret goes on working, 0 to 72.",
  })
  graceHours!: number;
  @Field(() => String, { description: KEY_DESCRIPTION })
  idempotencyKey!: string;
}
export const rerollApiKeyRules = z.object({
  id: z.string(),
  graceHours: z.number().int().min(0, "Choose 0 to 72 hours.").max(MAXIMUM_GRACE_HOURS, "Choose 0 to 72 hours."),
  idempotencyKey,
});

@InputType()
export class RevokeApiKeyInput {
  @Field(() => ID)
  id!: string;
}

@Directive("@inaccessible")
@InputType()
export class DeprecatedFieldUsageInput {
  @Field(() => String)
  field!: string;
  @Field(() => Int)
  count!: number;
}

@Directive("@inaccessible")
@InputType()
export class ApiUsageEntryInput {
  @Field(() => ID)
  apiKeyId!: string;
  @Field(() => CalendarDate)
  day!: string;
  @Field(() => Int)
  requests!: number;
  @Field(() => Int)
  errors!: number;
  @Field(() => [DeprecatedFieldUsageInput])
  deprecatedFields!: DeprecatedFieldUsageInput[];
}

@Directive("@inaccessible")
@InputType()
export class RecordApiUsageInput {
  @Field(() => [ApiUsageEntryInput])
  entries!: ApiUsageEntryInput[];
  @Field(() => String, { description: "Of the batch: it counts once, however often it is sent." })
  idempotencyKey!: string;
}
