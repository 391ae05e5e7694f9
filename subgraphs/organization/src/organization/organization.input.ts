import { OrganizationPlan } from "@lentera/prisma/organization";
import { Field, ID, InputType, Int } from "type-graphql";
import { z } from "zod";
import { OrganizationFeature } from "./plan.rules.js";

@InputType({ description: "Contact and registration. What is left out stays, what is null is cleared." })
export class OrganizationProfileInput {
  @Field(() => String, { nullable: true })
  contactEmail?: string | null;
  @Field(() => String, { nullable: true, description: "E.164, e.g. `+6281234567890`." })
  phone?: string | null;
  @Field(() => String, { nullable: true })
  address?: string | null;
  @Field(() => String, { nullable: true })
  city?: string | null;
  @Field(() => String, { nullable: true, description: "Province or state." })
  province?: string | null;
  @Field(() => String, { nullable: true, description: "Five digits in Indonesia, six in India." })
  postalCode?: string | null;
  @Field(() => String, { nullable: true, description: "NPWP, PAN or GSTIN; stored encrypted." })
  taxId?: string | null;
  @Field(() => String, { nullable: true, description: "Number of the business or operating licence." })
  businessLicense?: string | null;
}

const text = (maximum: number) =>
  z.string().trim().min(1, "Enter a text.").max(maximum, `At most ${maximum} characters.`);

export const nameRules = text(200);
export const reasonRules = z.string().trim().min(10, "Give a reason of at least 10 characters.").max(1000);
export const profileRules = z.object({
  contactEmail: z.string().trim().toLowerCase().pipe(z.email("This is not an e-mail address.")).nullish(),
  phone: z
    .string()
    .regex(/^\+[1-9]\d{7,14}$/, "Write the number with country code, e.g. +6281234567890.")
    .nullish(),
  address: text(500).nullish(),
  city: text(100).nullish(),
  province: text(100).nullish(),
  postalCode: z
    .string()
    .regex(/^\d{5,6}$/, "A postal code has five or six digits.")
    .nullish(),
  taxId: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[0-9A-Z.-]{10,20}$/, "A tax number has 10 to 20 digits and letters.")
    .nullish(),
  businessLicense: text(100).nullish(),
});

@InputType()
export class UpdateOrganizationInput {
  @Field(() => ID, { nullable: true, description: "The caller's own organization when it is left out." })
  organizationId?: string | null;
  @Field(() => String, { nullable: true })
  name?: string | null;
  @Field(() => OrganizationProfileInput, { nullable: true })
  profile?: OrganizationProfileInput | null;
}
export const updateOrganizationRules = z.object({
  organizationId: z.string().nullish(),
  name: nameRules.nullish(),
  profile: profileRules.nullish(),
});

@InputType()
export class SuspendOrganizationInput {
  @Field(() => ID)
  organizationId!: string;
  @Field(() => String, { description: "At least 10 characters; its staff can read it." })
  reason!: string;
}
@InputType()
export class ReactivateOrganizationInput extends SuspendOrganizationInput {}
export const organizationReasonRules = z.object({ organizationId: z.string(), reason: reasonRules });

@InputType()
export class FeatureOverrideInput {
  @Field(() => OrganizationFeature)
  feature!: OrganizationFeature;
  @Field(() => Boolean)
  isEnabled!: boolean;
}

@InputType()
export class ChangeOrganizationPlanInput {
  @Field(() => ID)
  organizationId!: string;
  @Field(() => OrganizationPlan)
  plan!: OrganizationPlan;
  @Field(() => Int, { nullable: true, description: "Instead of the plan's." })
  maxStudents?: number | null;
  @Field(() => Int, { nullable: true, description: "Instead of the plan's." })
  maxStaff?: number | null;
  @Field(() => Int, { nullable: true, description: "Instead of the plan's." })
  maxClasses?: number | null;
  @Field(() => [FeatureOverrideInput], { nullable: true, description: "Where the organization differs from the plan." })
  features?: FeatureOverrideInput[] | null;
}
const limit = z.int().min(1, "A limit is at least 1.").max(1_000_000, "A limit is at most 1,000,000.").nullish();
export const changeOrganizationPlanRules = z.object({
  organizationId: z.string(),
  plan: z.enum(OrganizationPlan),
  maxStudents: limit,
  maxStaff: limit,
  maxClasses: limit,
  features: z.array(z.object({ feature: z.enum(OrganizationFeature), isEnabled: z.boolean() })).nullish(),
});
