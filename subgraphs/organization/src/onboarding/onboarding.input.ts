import { OrganizationKind, OrganizationPlan } from "@lentera/prisma/organization";
import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";
import { OrganizationProfileInput, nameRules, profileRules, reasonRules } from "../organization/organization.input.js";

@InputType()
export class StartOnboardingInput {
  @Field(() => String)
  name!: string;
  @Field(() => OrganizationKind)
  kind!: OrganizationKind;
  @Field(() => OrganizationPlan, { nullable: true, description: "`BASIC` when it is left out." })
  plan?: OrganizationPlan | null;
  @Field(() => OrganizationProfileInput, { nullable: true })
  profile?: OrganizationProfileInput | null;
  @Field(() => String)
  idempotencyKey!: string;
}
export const startOnboardingRules = z.object({
  name: nameRules,
  kind: z.enum(OrganizationKind),
  plan: z.enum(OrganizationPlan).nullish(),
  profile: profileRules.nullish(),
  idempotencyKey: z.string().min(1, "Give a key.").max(200),
});

@InputType({ description: "What is left out stays." })
export class UpdateOnboardingInput {
  @Field(() => ID)
  applicationId!: string;
  @Field(() => String, { nullable: true })
  name?: string | null;
  @Field(() => OrganizationKind, { nullable: true })
  kind?: OrganizationKind | null;
  @Field(() => OrganizationPlan, { nullable: true })
  plan?: OrganizationPlan | null;
  @Field(() => OrganizationProfileInput, { nullable: true })
  profile?: OrganizationProfileInput | null;
}
export const updateOnboardingRules = z.object({
  applicationId: z.string(),
  name: nameRules.nullish(),
  kind: z.enum(OrganizationKind).nullish(),
  plan: z.enum(OrganizationPlan).nullish(),
  profile: profileRules.nullish(),
});

@InputType()
export class SubmitOnboardingInput {
  @Field(() => ID)
  applicationId!: string;
}
@InputType()
export class ApproveOnboardingInput extends SubmitOnboardingInput {}

@InputType()
export class RequestOnboardingChangesInput {
  @Field(() => ID)
  applicationId!: string;
  @Field(() => String, { description: "What to change, or why not; at least 10 characters. The applicant reads it." })
  note!: string;
}
@InputType()
export class RejectOnboardingInput extends RequestOnboardingChangesInput {}
export const noteRules = z.object({ applicationId: z.string(), note: reasonRules });
