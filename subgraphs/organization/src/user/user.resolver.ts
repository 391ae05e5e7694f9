import type { GraphQLResolveInfo } from "graphql";
import { Arg, Authorized, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { findVerifiedLinks } from "../guardian-link/guardian-link.service.js";
import { GuardianLink } from "../guardian-link/guardian-link.type.js";
import { findViewerOrganization } from "../organization/organization.service.js";
import { Organization } from "../organization/organization.type.js";
import { selectedFields } from "./selected-fields.js";
import { findEmail, findViewer, getUser, readViewerAccess } from "./user.service.js";
import { User, ViewerAccess } from "./user.type.js";

@Resolver(() => User)
export class UserResolver {
  @Query(() => User, { nullable: true, description: "The caller; null when nobody is signed in." })
  viewer(@Ctx() ctx: OrganizationContext): Promise<User | null> {
    return findViewer(ctx);
  }

  @Authorized()
  @Query(() => User, { description: "A person whose page the caller may open. `NOT_FOUND` for everybody else." })
  user(@Ctx() ctx: OrganizationContext, @Arg("id", () => ID) id: string): Promise<User> {
    return getUser(ctx, id);
  }

  @FieldResolver(() => String, { nullable: true, description: "Null unless the caller may open the person's page." })
  email(@Ctx() ctx: OrganizationContext, @Root() user: User): Promise<string | null> {
    return findEmail(ctx, user.id);
  }

  @FieldResolver(() => [String], { description: "The caller's own permissions; empty for everybody else." })
  permissions(@Ctx() ctx: OrganizationContext, @Root() user: User): readonly string[] {
    return ctx.viewer.userId === user.id ? ctx.viewer.permissions : [];
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: "The organization on whose behalf the caller acts; null for everybody else.",
  })
  organization(@Ctx() ctx: OrganizationContext, @Root() user: User): Promise<Organization | null> {
    return findViewerOrganization(ctx, user.id);
  }

  @FieldResolver(() => [GuardianLink], {
    description: "The verified links in which the caller is the guardian, at most 20; empty for everybody else.",
  })
  children(@Ctx() ctx: OrganizationContext, @Root() user: User): Promise<GuardianLink[]> {
    return findVerifiedLinks(ctx, user.id);
  }

  @FieldResolver(() => ViewerAccess, { description: "What the caller may see of this person." })
  viewerAccess(
    @Ctx() ctx: OrganizationContext,
    @Root() user: User,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ViewerAccess> {
    return readViewerAccess(ctx, user.id, selectedFields(info));
  }
}
