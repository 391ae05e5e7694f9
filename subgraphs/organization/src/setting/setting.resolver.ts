import { ConnectionArguments, LenteraError, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { settingHistoryLoader } from "../audit-entry/audit-entry.loader.js";
import { type AuditEntry, AuditEntryConnection } from "../audit-entry/audit-entry.type.js";
import { type OrganizationContext } from "../context.js";
import { UpdateSettingInput } from "./setting.input.js";
import { listSettings, updateSetting } from "./setting.service.js";
import { Setting, UpdateSettingPayload } from "./setting.type.js";

@Resolver(() => Setting)
export class SettingResolver {
  @Authorized()
  @Query(() => [Setting], { description: "The platform's settings and those of the caller's organization." })
  settings(@Ctx() ctx: OrganizationContext): Promise<Setting[]> {
    return listSettings(ctx);
  }

  @Authorized()
  @Mutation(() => UpdateSettingPayload, {
    description: "Needs `system:settings` for the platform's and `organization:update` for an organization's.",
  })
  async updateSetting(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => UpdateSettingInput) input: UpdateSettingInput,
  ): Promise<UpdateSettingPayload> {
    return { setting: await updateSetting(ctx, input) };
  }

  @FieldResolver(() => AuditEntryConnection, {
    description: "Who set it to what, newest first; for those who may change it.",
  })
  async history(
    @Ctx() ctx: OrganizationContext,
    @Root() setting: Setting,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<AuditEntry>> {
    if (!setting.viewerCanUpdate) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
    return settingHistoryLoader(ctx).load({ parentId: setting.key, args });
  }
}
