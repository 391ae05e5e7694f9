import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { organizationLoader } from "../organization/organization.loader.js";
import { Organization } from "../organization/organization.type.js";
import { userLoader } from "../user/user.loader.js";
import { User } from "../user/user.type.js";
import {
  ApproveOnboardingInput,
  RejectOnboardingInput,
  RequestOnboardingChangesInput,
  StartOnboardingInput,
  SubmitOnboardingInput,
  UpdateOnboardingInput,
} from "./onboarding.input.js";
import * as service from "./onboarding.service.js";
import {
  ApproveOnboardingPayload,
  OnboardingApplication,
  OnboardingApplicationConnection,
  OnboardingStatus,
  RejectOnboardingPayload,
  RequestOnboardingChangesPayload,
  StartOnboardingPayload,
  SubmitOnboardingPayload,
  UpdateOnboardingPayload,
} from "./onboarding.type.js";

@Resolver(() => OnboardingApplication)
export class OnboardingResolver {
  @FieldResolver(() => User)
  applicant(@Ctx() ctx: OrganizationContext, @Root() application: OnboardingApplication): Promise<User> {
    return userLoader(ctx).load(application.applicantId);
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: "What the approval made, as soon as the caller acts for it.",
  })
  async organization(
    @Ctx() ctx: OrganizationContext,
    @Root() { organizationId }: OnboardingApplication,
  ): Promise<Organization | null> {
    return organizationId === null ? null : organizationLoader(ctx).load(organizationId);
  }

  @Authorized()
  @Query(() => OnboardingApplication, { description: "The caller's own, or any for platform admins." })
  onboardingApplication(
    @Ctx() ctx: OrganizationContext,
    @Arg("id", () => ID) id: string,
  ): Promise<OnboardingApplication> {
    return service.getApplication(ctx, id);
  }

  @Authorized()
  @Query(() => OnboardingApplicationConnection, {
    description: "The caller's own, or all for platform admins; oldest first.",
  })
  onboardingApplications(
    @Ctx() ctx: OrganizationContext,
    @Arg("status", () => OnboardingStatus, { nullable: true }) status: OnboardingStatus | null,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<OnboardingApplication>> {
    return service.listApplications(ctx, status, args);
  }

  @Authorized()
  @Mutation(() => StartOnboardingPayload, { description: "Begins an application to open an organization." })
  async startOnboarding(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => StartOnboardingInput) input: StartOnboardingInput,
  ): Promise<StartOnboardingPayload> {
    return { application: await service.startOnboarding(ctx, input) };
  }

  @Authorized()
  @Mutation(() => UpdateOnboardingPayload, { description: "While it is a draft, or when changes were requested." })
  async updateOnboarding(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => UpdateOnboardingInput) input: UpdateOnboardingInput,
  ): Promise<UpdateOnboardingPayload> {
    return { application: await service.updateOnboarding(ctx, input) };
  }

  @Authorized()
  @Mutation(() => SubmitOnboardingPayload, { description: "Hands the application to the platform, which decides." })
  async submitOnboarding(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => SubmitOnboardingInput) { applicationId }: SubmitOnboardingInput,
  ): Promise<SubmitOnboardingPayload> {
    return { application: await service.submitOnboarding(ctx, applicationId) };
  }

  @Authorized()
  @Mutation(() => RequestOnboardingChangesPayload, { description: "Needs `tenants:create`." })
  async requestOnboardingChanges(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RequestOnboardingChangesInput) input: RequestOnboardingChangesInput,
  ): Promise<RequestOnboardingChangesPayload> {
    return { application: await service.requestOnboardingChanges(ctx, input) };
  }

  @Authorized()
  @Mutation(() => RejectOnboardingPayload, { description: "Needs `tenants:create`." })
  async rejectOnboarding(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RejectOnboardingInput) input: RejectOnboardingInput,
  ): Promise<RejectOnboardingPayload> {
    return { application: await service.rejectOnboarding(ctx, input) };
  }

  @Authorized()
  @Mutation(() => ApproveOnboardingPayload, {
    description: "Opens the organization on trial with the applicant as its owner. Needs `tenants:create`.",
  })
  async approveOnboarding(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ApproveOnboardingInput) { applicationId }: ApproveOnboardingInput,
  ): Promise<ApproveOnboardingPayload> {
    return { application: await service.approveOnboarding(ctx, applicationId) };
  }
}
