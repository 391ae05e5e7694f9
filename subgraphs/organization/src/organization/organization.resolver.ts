import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import {
  ChangeOrganizationPlanInput,
  ReactivateOrganizationInput,
  SuspendOrganizationInput,
  UpdateOrganizationInput,
} from "./organization.input.js";
import { memberCountLoader, studentCountLoader } from "./organization.loader.js";
import { canManage } from "./organization.policy.js";
import * as service from "./organization.service.js";
import {
  ChangeOrganizationPlanPayload,
  Organization,
  OrganizationConnection,
  OrganizationStatistics,
  PlatformOverview,
  ReactivateOrganizationPayload,
  SuspendOrganizationPayload,
  UpdateOrganizationPayload,
} from "./organization.type.js";
import { OrganizationFeature, featuresOf } from "./plan.rules.js";

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
    return service.listOrganizations(ctx, args);
  }

  @Authorized()
  @Query(() => PlatformOverview, { description: "Needs `platform:read`." })
  platformOverview(@Ctx() ctx: OrganizationContext): Promise<PlatformOverview> {
    return service.getPlatformOverview(ctx);
  }

  @FieldResolver(() => Int, { description: "Members of staff." })
  memberCount(@Ctx() ctx: OrganizationContext, @Root() organization: Organization): Promise<number> {
    return memberCountLoader(ctx).load(organization.id);
  }

  @FieldResolver(() => Int, { description: "Active enrollments." })
  studentCount(@Ctx() ctx: OrganizationContext, @Root() organization: Organization): Promise<number> {
    return studentCountLoader(ctx).load(organization.id);
  }

  @FieldResolver(() => [OrganizationFeature], {
    description: "What the plan, and what was agreed beside it, switches on.",
  })
  features(@Root() { plan, features }: Organization): OrganizationFeature[] {
    return featuresOf(plan, features);
  }

  @FieldResolver(() => String, { nullable: true, description: "For the organization's management; null for others." })
  taxId(@Ctx() ctx: OrganizationContext, @Root() organization: Organization): string | null {
    return service.findTaxId(ctx, organization);
  }

  @FieldResolver(() => String, { nullable: true, description: "For the organization's management; null for others." })
  businessLicense(@Ctx() ctx: OrganizationContext, @Root() organization: Organization): string | null {
    return canManage(ctx.viewer, organization.id) ? organization.businessLicense : null;
  }

  @FieldResolver(() => OrganizationStatistics, { nullable: true, description: "For its staff; null for others." })
  statistics(
    @Ctx() ctx: OrganizationContext,
    @Root() organization: Organization,
  ): Promise<OrganizationStatistics | null> {
    return service.findStatistics(ctx, organization.id);
  }

  @Authorized()
  @Query(() => Organization, { description: "The caller's own, or any for platform admins; otherwise `NOT_FOUND`." })
  organization(@Ctx() ctx: OrganizationContext, @Arg("id", () => ID) id: string): Promise<Organization> {
    return service.getOrganization(ctx, id);
  }

  @Authorized()
  @Mutation(() => UpdateOrganizationPayload, {
    description: "Needs `organization:update`, or `tenants:update` for any.",
  })
  async updateOrganization(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => UpdateOrganizationInput) input: UpdateOrganizationInput,
  ): Promise<UpdateOrganizationPayload> {
    return { organization: await service.updateOrganization(ctx, input) };
  }

  @Authorized()
  @Mutation(() => SuspendOrganizationPayload, {
    description: "Members can read and no longer change anything. Needs `tenants:suspend`.",
  })
  async suspendOrganization(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => SuspendOrganizationInput) input: SuspendOrganizationInput,
  ): Promise<SuspendOrganizationPayload> {
    return { organization: await service.suspendOrganization(ctx, input) };
  }

  @Authorized()
  @Mutation(() => ReactivateOrganizationPayload, { description: "Needs `tenants:suspend`." })
  async reactivateOrganization(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ReactivateOrganizationInput) input: ReactivateOrganizationInput,
  ): Promise<ReactivateOrganizationPayload> {
    return { organization: await service.reactivateOrganization(ctx, input) };
  }

  @Authorized()
  @Mutation(() => ChangeOrganizationPlanPayload, {
    description: "Sets plan, limits and features; what is beyond a smaller limit stays. Needs `tenants:update`.",
  })
  async changeOrganizationPlan(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ChangeOrganizationPlanInput) input: ChangeOrganizationPlanInput,
  ): Promise<ChangeOrganizationPlanPayload> {
    return { organization: await service.changeOrganizationPlan(ctx, input) };
  }
}
