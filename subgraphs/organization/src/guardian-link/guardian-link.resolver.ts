import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { userLoader } from "../user/user.loader.js";
import { User } from "../user/user.type.js";
import { GuardianLink } from "./guardian-link.type.js";

@Resolver(() => GuardianLink)
export class GuardianLinkResolver {
  @FieldResolver(() => User)
  student(@Ctx() ctx: OrganizationContext, @Root() link: GuardianLink): Promise<User> {
    return userLoader(ctx).load(link.studentId);
  }

  @FieldResolver(() => User)
  guardian(@Ctx() ctx: OrganizationContext, @Root() link: GuardianLink): Promise<User> {
    return userLoader(ctx).load(link.guardianId);
  }
}
