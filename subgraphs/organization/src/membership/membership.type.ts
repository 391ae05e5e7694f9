import { DateTime, Role, connectionOf } from "@lentera/kit";
import { Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "Somebody works for an organization." })
export class Membership {
  @Field(() => ID)
  id!: string;
  @Field(() => Role)
  role!: Role;
  @Field(() => DateTime)
  createdAt!: Date;

  userId!: string;
  permissions!: string[];
}

@ObjectType({ description: "An offer to join an organization's staff." })
export class Invitation {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  email!: string;
  @Field(() => Role)
  role!: Role;
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, { description: "Seven days after it was sent." })
  expiresAt!: Date;

  permissions!: string[];
}

export const MembershipConnection = connectionOf(Membership);
export const InvitationConnection = connectionOf(Invitation);

@ObjectType()
export class InviteMemberPayload {
  @Field(() => Invitation)
  invitation!: Invitation;
}
@ObjectType()
export class RevokeInvitationPayload {
  @Field(() => ID)
  invitationId!: string;
}
@ObjectType()
export class AcceptInvitationPayload {
  @Field(() => Membership, { description: "The caller acts for the organization from the next refreshed token on." })
  membership!: Membership;
}
@ObjectType()
export class ChangeMemberRolePayload {
  @Field(() => Membership)
  membership!: Membership;
}
@ObjectType()
export class RemoveMemberPayload {
  @Field(() => ID)
  membershipId!: string;
}
