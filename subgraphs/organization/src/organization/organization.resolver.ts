import { ConnectionArguments, type Page } from "@lentera/kit";
import { Args, Authorized, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { memberCountLoader, studentCountLoader } from "./organization.loader.js";
import { getPlatformOverview, listOrganizations } from "./organization.service.js";
import { Organization, OrganizationConnection, PlatformOverview } from "./organization.type.js";

@Resolver(() => Organization)
export class OrganizationResolver {
  @Authorized()
  @Query(() => OrganizationConnection, {
    description: "All organizations for platform admins, their own for everybody else; oldest first.",
  })
  organizations(
    @Ctx() ctx: OrganizationContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Organization>> {
    return listOrganizations(ctx, args);
  }

  @Authorized()
  @Query(() => PlatformOverview, { description: "Needs `platform:read`." })
  platformOverview(@Ctx() ctx: OrganizationContext): Promise<PlatformOverview> {
    return getPlatformOverview(ctx);
  }

  @FieldResolver(() => Int, { description: "Members of staff." })
  memberCount(@Ctx() ctx: OrganizationContext, @Root() organization: Organization): Promise<number> {
    return memberCountLoader(ctx).load(organization.id);
  }

  @FieldResolver(() => Int, { description: "Active enrollments." })
  studentCount(@Ctx() ctx: OrganizationContext, @Root() organization: Organization): Promise<number> {
    return studentCountLoader(ctx).load(organization.id);
  }
}
