import { Role } from "@lentera/kit";
import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";
import { STAFF_ROLES } from "./membership.rules.js";

@InputType()
export class InviteMemberInput {
  @Field(() => String)
  email!: string;
  @Field(() => Role, { description: "`OWNER`, `ADMIN`, `TEACHER`, `STAFF` or `VIEWER`." })
  role!: Role;
  @Field(() => [String], { nullable: true, description: "Instead of the role's; at most what the caller has." })
  permissions?: string[] | null;
  @Field(() => String)
  idempotencyKey!: string;
}
const role = z.enum(STAFF_ROLES, "Choose a role of staff: OWNER, ADMIN, TEACHER, STAFF or VIEWER.");
const permissions = z.array(z.string().min(1).max(100)).max(100).nullish();
export const inviteMemberRules = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email("This is not an e-mail address.")),
  role,
  permissions,
  idempotencyKey: z.string().min(1, "Give a key.").max(200),
});

@InputType()
export class AcceptInvitationInput {
  @Field(() => String, { description: "From the link in the letter." })
  token!: string;
}

@InputType()
export class RevokeInvitationInput {
  @Field(() => ID)
  invitationId!: string;
}

@InputType()
export class ChangeMemberRoleInput {
  @Field(() => ID)
  membershipId!: string;
  @Field(() => Role)
  role!: Role;
  @Field(() => [String], { nullable: true, description: "Instead of the role's; none: the role's." })
  permissions?: string[] | null;
}
export const changeMemberRoleRules = z.object({ membershipId: z.string(), role, permissions });

@InputType()
export class RemoveMemberInput {
  @Field(() => ID)
  membershipId!: string;
}
