import { DateTime, connectionOf } from "@lentera/kit";
import { OnboardingStatus, OrganizationKind, OrganizationPlan } from "@lentera/prisma/organization";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";

export { OnboardingStatus };

registerEnumType(OnboardingStatus, {
  name: "OnboardingStatus",
  description: "DRAFT → SUBMITTED → APPROVED, REJECTED, or CHANGES_REQUESTED and submitted again.",
});

@ObjectType({ description: "A request to open an organization on the platform." })
export class OnboardingApplication {
  @Field(() => ID)
  id!: string;
  @Field(() => OnboardingStatus)
  status!: OnboardingStatus;
  @Field(() => String)
  name!: string;
  @Field(() => OrganizationKind)
  kind!: OrganizationKind;
  @Field(() => OrganizationPlan)
  plan!: OrganizationPlan;
  @Field(() => String, { nullable: true })
  contactEmail!: string | null;
  @Field(() => String, { nullable: true })
  phone!: string | null;
  @Field(() => String, { nullable: true })
  address!: string | null;
  @Field(() => String, { nullable: true })
  city!: string | null;
  @Field(() => String, { nullable: true })
  province!: string | null;
  @Field(() => String, { nullable: true })
  postalCode!: string | null;
  @Field(() => String, { nullable: true })
  businessLicense!: string | null;
  @Field(() => String, { nullable: true, description: "What the platform wants changed, or why it refused." })
  note!: string | null;
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true })
  submittedAt!: Date | null;
  @Field(() => DateTime, { nullable: true, description: "When it was approved or rejected." })
  decidedAt!: Date | null;

  applicantId!: string;
  organizationId!: string | null;
  encryptedTaxId!: string | null;
}

export const OnboardingApplicationConnection = connectionOf(OnboardingApplication);

@ObjectType()
export class StartOnboardingPayload {
  @Field(() => OnboardingApplication)
  application!: OnboardingApplication;
}
@ObjectType()
export class UpdateOnboardingPayload extends StartOnboardingPayload {}
@ObjectType()
export class SubmitOnboardingPayload extends StartOnboardingPayload {}
@ObjectType()
export class RequestOnboardingChangesPayload extends StartOnboardingPayload {}
@ObjectType()
export class RejectOnboardingPayload extends StartOnboardingPayload {}
@ObjectType()
export class ApproveOnboardingPayload extends StartOnboardingPayload {}
