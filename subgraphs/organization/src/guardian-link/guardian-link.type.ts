import { DateTime } from "@lentera/kit";
import { GuardianLinkStatus, GuardianRelationship } from "@lentera/prisma/organization";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(GuardianRelationship, { name: "GuardianRelationship" });
registerEnumType(GuardianLinkStatus, {
  name: "GuardianLinkStatus",
  description: "No data of the student is visible before VERIFIED.",
});

@ObjectType({ description: "What a guardian may see and do; the student can change and revoke it." })
export class GuardianPermissions {
  @Field(() => Boolean)
  viewScores!: boolean;
  @Field(() => Boolean)
  viewStudyTime!: boolean;
  @Field(() => Boolean)
  viewDetailedAnalytics!: boolean;
  @Field(() => Boolean)
  setGoals!: boolean;
  @Field(() => Boolean)
  receiveNotifications!: boolean;
  @Field(() => Boolean)
  accessReports!: boolean;
}

@ObjectType({ description: "A guardian follows a student." })
export class GuardianLink {
  @Field(() => ID)
  id!: string;
  @Field(() => GuardianRelationship)
  relationship!: GuardianRelationship;
  @Field(() => GuardianLinkStatus)
  status!: GuardianLinkStatus;
  @Field(() => GuardianPermissions)
  permissions!: GuardianPermissions;
  @Field(() => DateTime, { nullable: true })
  verifiedAt!: Date | null;

  guardianId!: string;
  studentId!: string;
}
