import { DateTime, connectionOf } from "@lentera/kit";
import { OrganizationKind, OrganizationStatus } from "@lentera/prisma/organization";
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(OrganizationKind, { name: "OrganizationKind" });
registerEnumType(OrganizationStatus, {
  name: "OrganizationStatus",
  description: "TRIAL and ACTIVE organizations can work (C-14).",
});

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
  @Field(() => DateTime)
  createdAt!: Date;
}

export const OrganizationConnection = connectionOf(Organization);

@ObjectType({ description: "The platform in numbers, now." })
export class PlatformOverview {
  @Field(() => Int, { description: "Organizations in any state." })
  organizationCount!: number;
  @Field(() => Int, { description: "Accounts that are not deleted." })
  userCount!: number;
  @Field(() => Int, { description: "Accounts of students." })
  studentCount!: number;
}
