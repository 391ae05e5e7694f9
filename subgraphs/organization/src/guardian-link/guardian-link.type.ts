import { DateTime, connectionOf } from "@lentera/kit";
import { GuardianLinkEnd, GuardianLinkStatus, GuardianRelationship } from "@lentera/prisma/organization";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(GuardianRelationship, { name: "GuardianRelationship" });
registerEnumType(GuardianLinkStatus, {
  name: "GuardianLinkStatus",
  description: "No data of the student is visible before VERIFIED.",
});
registerEnumType(GuardianLinkEnd, {
  name: "GuardianLinkEnd",
  description: "Who ended a link; NOT_RECONFIRMED when a student of 18 did not confirm it in time.",
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
  @Field(() => DateTime, { description: "When it was first asked for or paired." })
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true })
  verifiedAt!: Date | null;
  @Field(() => DateTime, {
    nullable: true,
    description: "Set when the student has turned 18: unless they confirm the link until then, it ends.",
  })
  confirmBy!: Date | null;
  @Field(() => GuardianLinkEnd, { nullable: true, description: "Why a REVOKED link ended." })
  endReason!: GuardianLinkEnd | null;

  guardianId!: string;
  studentId!: string;
}

export const GuardianLinkConnection = connectionOf(GuardianLink);

@ObjectType({ description: "Another verified guardian of the same student: the name and nothing else." })
export class CoGuardian {
  @Field(() => String)
  fullName!: string;
  @Field(() => GuardianRelationship)
  relationship!: GuardianRelationship;
}

@ObjectType()
export class CreatePairingCodePayload {
  @Field(() => String, {
    nullable: true,
    description: "To be read out to the guardian. Shown once: null when this call repeats an earlier one.",
  })
  code!: string | null;
  @Field(() => DateTime, { description: "7 days from now. It works once; a new code replaces it." })
  expiresAt!: Date;
}

@ObjectType()
class GuardianLinkPayload {
  @Field(() => GuardianLink)
  guardianLink!: GuardianLink;
}
@ObjectType()
export class RedeemPairingCodePayload extends GuardianLinkPayload {}
@ObjectType()
export class VerifyGuardianLinkPayload extends GuardianLinkPayload {}
@ObjectType()
export class RejectGuardianLinkPayload extends GuardianLinkPayload {}
@ObjectType()
export class RevokeGuardianLinkPayload extends GuardianLinkPayload {}
@ObjectType()
export class ConfirmGuardianLinkPayload extends GuardianLinkPayload {}
@ObjectType()
export class UpdateGuardianPermissionsPayload extends GuardianLinkPayload {}

@ObjectType()
export class RequestGuardianLinkPayload {
  @Field(() => Boolean, { description: "Always true: whether a student has this address is not told." })
  accepted!: boolean;
}

@ObjectType()
export class SetBirthDatePayload {
  @Field(() => Boolean)
  saved!: boolean;
}
