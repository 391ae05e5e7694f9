import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { effectivePermissions } from "../permissions.js";
import { userLoader } from "../user/user.loader.js";
import { User } from "../user/user.type.js";
import {
  AcceptInvitationInput,
  ChangeMemberRoleInput,
  InviteMemberInput,
  RemoveMemberInput,
  RevokeInvitationInput,
} from "./membership.input.js";
import * as service from "./membership.service.js";
import {
  AcceptInvitationPayload,
  ChangeMemberRolePayload,
  Invitation,
  InvitationConnection,
  InviteMemberPayload,
  Membership,
  MembershipConnection,
  RemoveMemberPayload,
  RevokeInvitationPayload,
} from "./membership.type.js";

@Resolver(() => Membership)
export class MembershipResolver {
  @FieldResolver(() => User)
  user(@Ctx() ctx: OrganizationContext, @Root() member: Membership): Promise<User> {
    return userLoader(ctx).load(member.userId);
  }

  @FieldResolver(() => [String], { description: "What the member may do: those of the role, or custom ones." })
  permissions(@Root() { role, permissions }: Membership): string[] {
    return effectivePermissions(role, permissions);
  }

  @FieldResolver(() => Boolean, { description: "True when the permissions are not those of the role." })
  hasCustomPermissions(@Root() { permissions }: Membership): boolean {
    return permissions.length > 0;
  }

  @Authorized()
  @Query(() => MembershipConnection, { description: "The staff of the caller's organization. Needs `users:read`." })
  members(
    @Ctx() ctx: OrganizationContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Membership>> {
    return service.listMembers(ctx, args);
  }

  @Authorized()
  @Query(() => InvitationConnection, {
    description: "Invitations that were neither accepted nor revoked, expired ones included. Needs `users:read`.",
  })
  invitations(
    @Ctx() ctx: OrganizationContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Invitation>> {
    return service.listInvitations(ctx, args);
  }

  @Authorized()
  @Mutation(() => InviteMemberPayload, {
    description: "Sends an offer by mail that is good for 7 days; a new one replaces it. Needs `users:create`.",
  })
  async inviteMember(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => InviteMemberInput) input: InviteMemberInput,
  ): Promise<InviteMemberPayload> {
    return { invitation: await service.inviteMember(ctx, input) };
  }

  @Authorized()
  @Mutation(() => RevokeInvitationPayload, { description: "Needs `users:create`." })
  async revokeInvitation(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RevokeInvitationInput) { invitationId }: RevokeInvitationInput,
  ): Promise<RevokeInvitationPayload> {
    return { invitationId: await service.revokeInvitation(ctx, invitationId) };
  }

  @Authorized()
  @Mutation(() => AcceptInvitationPayload, { description: "For the person to whose address it was sent." })
  async acceptInvitation(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => AcceptInvitationInput) { token }: AcceptInvitationInput,
  ): Promise<AcceptInvitationPayload> {
    return { membership: await service.acceptInvitation(ctx, token) };
  }

  @Authorized()
  @Mutation(() => ChangeMemberRolePayload, {
    description: "Role and permissions, from the member's next token on. Needs `users:update`.",
  })
  async changeMemberRole(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ChangeMemberRoleInput) input: ChangeMemberRoleInput,
  ): Promise<ChangeMemberRolePayload> {
    return { membership: await service.changeMemberRole(ctx, input) };
  }

  @Authorized()
  @Mutation(() => RemoveMemberPayload, {
    description: "Ends a membership, never that of the last owner. Needs `users:delete`, except for one's own.",
  })
  async removeMember(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RemoveMemberInput) { membershipId }: RemoveMemberInput,
  ): Promise<RemoveMemberPayload> {
    return { membershipId: await service.removeMember(ctx, membershipId) };
  }
}

@Resolver(() => Invitation)
export class InvitationResolver {
  @FieldResolver(() => [String], { description: "What the member will be allowed to do." })
  permissions(@Root() { role, permissions }: Invitation): string[] {
    return effectivePermissions(role, permissions);
  }
}
