import { DateTime, connectionOf } from "@lentera/kit";
import { OrganizationKind, OrganizationPlan, OrganizationStatus } from "@lentera/prisma/organization";
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { OrganizationFeature } from "./plan.rules.js";

registerEnumType(OrganizationKind, { name: "OrganizationKind" });
registerEnumType(OrganizationStatus, {
  name: "OrganizationStatus",
  description: "TRIAL and ACTIVE organizations can work (C-14); the others can only be read.",
});
registerEnumType(OrganizationPlan, { name: "OrganizationPlan" });
registerEnumType(OrganizationFeature, { name: "OrganizationFeature", description: "What a plan switches on." });

@Directive('@key(fields: "id")')
@ObjectType({ description: "A school, tutoring centre, business, …: whoever owns members and records." })
export class Organization {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  name!: string;
  @Field(() => OrganizationKind)
  kind!: OrganizationKind;
  @Field(() => OrganizationStatus)
  status!: OrganizationStatus;
  @Field(() => String, { nullable: true, description: "Why the organization is suspended." })
  suspensionReason!: string | null;
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => OrganizationPlan)
  plan!: OrganizationPlan;
  @Field(() => Int, { description: "How many active students the plan allows." })
  maxStudents!: number;
  @Field(() => Int, { description: "How many members of staff the plan allows." })
  maxStaff!: number;
  @Field(() => Int, { description: "How many active classes the plan allows." })
  maxClasses!: number;
  @Field(() => String, { nullable: true })
  contactEmail!: string | null;
  @Field(() => String, { nullable: true, description: "E.164." })
  phone!: string | null;
  @Field(() => String, { nullable: true })
  address!: string | null;
  @Field(() => String, { nullable: true })
  city!: string | null;
  @Field(() => String, { nullable: true, description: "Province or state." })
  province!: string | null;
  @Field(() => String, { nullable: true })
  postalCode!: string | null;

  features!: unknown;
  encryptedTaxId!: string | null;
  businessLicense!: string | null;
}

export const OrganizationConnection = connectionOf(Organization);

@ObjectType({ description: "An organization in numbers, now." })
export class OrganizationStatistics {
  @Field(() => Int, { description: "Everybody who is or was enrolled." })
  studentCount!: number;
  @Field(() => Int, { description: "Active enrollments: what the quota counts." })
  activeStudentCount!: number;
  @Field(() => Int, { description: "Active classes." })
  classCount!: number;
  @Field(() => Int, { description: "Members of staff." })
  staffCount!: number;
  @Field(() => Int, { description: "Invitations that are neither accepted nor expired." })
  openInvitationCount!: number;
}

@ObjectType()
export class UpdateOrganizationPayload {
  @Field(() => Organization)
  organization!: Organization;
}
@ObjectType()
export class SuspendOrganizationPayload extends UpdateOrganizationPayload {}
@ObjectType()
export class ReactivateOrganizationPayload extends UpdateOrganizationPayload {}
@ObjectType()
export class ChangeOrganizationPlanPayload extends UpdateOrganizationPayload {}

@ObjectType({ description: "The platform in numbers, now." })
export class PlatformOverview {
  @Field(() => Int, { description: "Organizations in any state." })
  organizationCount!: number;
  @Field(() => Int, { description: "Accounts that are not deleted." })
  userCount!: number;
  @Field(() => Int, { description: "Accounts of students." })
  studentCount!: number;
}
