import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { activityLoader } from "../audit-entry/audit-entry.loader.js";
import { type AuditEntry, AuditEntryConnection } from "../audit-entry/audit-entry.type.js";
import { type OrganizationContext } from "../context.js";
import { userLoader } from "../user/user.loader.js";
import { User } from "../user/user.type.js";
import { CreatePlatformAdminInput, UpdatePlatformAdminInput } from "./platform-admin.input.js";
import { lastSignInLoader } from "./platform-admin.loader.js";
import {
  createPlatformAdmin,
  getPlatformAdmin,
  listPlatformAdmins,
  updatePlatformAdmin,
} from "./platform-admin.service.js";
import {
  CreatePlatformAdminPayload,
  LastSignIn,
  PlatformAdmin,
  PlatformAdminConnection,
  UpdatePlatformAdminPayload,
} from "./platform-admin.type.js";

@Resolver(() => PlatformAdmin)
export class PlatformAdminResolver {
  @Authorized()
  @Query(() => PlatformAdminConnection, {
    description: "Who works for the platform, oldest first. Needs `admins:read`.",
  })
  platformAdmins(
    @Ctx() ctx: OrganizationContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<PlatformAdmin>> {
    return listPlatformAdmins(ctx, args);
  }

  @Authorized()
  @Query(() => PlatformAdmin, { description: "Needs `admins:read`." })
  platformAdmin(@Ctx() ctx: OrganizationContext, @Arg("id", () => ID) id: string): Promise<PlatformAdmin> {
    return getPlatformAdmin(ctx, id);
  }

  @Authorized()
  @Mutation(() => CreatePlatformAdminPayload, {
    description: "Needs `admins:manage`. The person gets a letter and chooses a password.",
  })
  async createPlatformAdmin(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => CreatePlatformAdminInput) input: CreatePlatformAdminInput,
  ): Promise<CreatePlatformAdminPayload> {
    return { platformAdmin: await createPlatformAdmin(ctx, input) };
  }

  @Authorized()
  @Mutation(() => UpdatePlatformAdminPayload, {
    description: "Needs `admins:manage`. `ILLEGAL_STATE` when no active super admin would be left.",
  })
  async updatePlatformAdmin(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => UpdatePlatformAdminInput) input: UpdatePlatformAdminInput,
  ): Promise<UpdatePlatformAdminPayload> {
    return { platformAdmin: await updatePlatformAdmin(ctx, input) };
  }

  @FieldResolver(() => User)
  user(@Ctx() ctx: OrganizationContext, @Root() admin: PlatformAdmin): Promise<User> {
    return userLoader(ctx).load(admin.id);
  }

  @FieldResolver(() => LastSignIn, { nullable: true })
  lastSignIn(@Ctx() ctx: OrganizationContext, @Root() admin: PlatformAdmin): Promise<LastSignIn | null> {
    return lastSignInLoader(ctx).load(admin.id);
  }

  @FieldResolver(() => AuditEntryConnection, { description: "What they did, newest first, also as somebody else." })
  activity(
    @Ctx() ctx: OrganizationContext,
    @Root() admin: PlatformAdmin,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<AuditEntry>> {
    return activityLoader(ctx).load({ parentId: admin.id, args });
  }
}
