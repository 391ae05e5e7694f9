import { ConnectionArguments, type Page } from "@lentera/kit";
import { Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { userLoader } from "../user/user.loader.js";
import { User } from "../user/user.type.js";
import { listAccesses } from "./guardian-access.service.js";
import { GuardianAccess, GuardianAccessConnection } from "./guardian-access.type.js";

@Resolver(() => GuardianAccess)
export class GuardianAccessResolver {
  @Authorized()
  @Query(() => GuardianAccessConnection, {
    description:
      "Which guardian looked at what of the caller: one entry for each guardian, day and kind, latest day first.",
  })
  accessLog(
    @Ctx() ctx: OrganizationContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<GuardianAccess>> {
    return listAccesses(ctx, args);
  }

  @FieldResolver(() => User)
  guardian(@Ctx() ctx: OrganizationContext, @Root() access: GuardianAccess): Promise<User> {
    return userLoader(ctx).load(access.guardianId);
  }
}
