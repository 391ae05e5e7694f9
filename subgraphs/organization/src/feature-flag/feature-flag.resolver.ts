import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { User } from "../user/user.type.js";
import { SaveFeatureFlagInput } from "./feature-flag.input.js";
import { findExperiments, findFeatures, listFeatureFlags, saveFeatureFlag } from "./feature-flag.service.js";
import { Experiment, type FeatureFlag, FeatureFlagConnection, SaveFeatureFlagPayload } from "./feature-flag.type.js";

@Resolver(() => User)
export class FeatureFlagResolver {
  @Authorized()
  @Query(() => FeatureFlagConnection, { description: "By key. Needs `system:settings`." })
  featureFlags(
    @Ctx() ctx: OrganizationContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<FeatureFlag>> {
    return listFeatureFlags(ctx, args);
  }

  @Authorized()
  @Mutation(() => SaveFeatureFlagPayload, {
    description: "Makes a flag, or replaces one as a whole. Needs `system:settings`.",
  })
  async saveFeatureFlag(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => SaveFeatureFlagInput) input: SaveFeatureFlagInput,
  ): Promise<SaveFeatureFlagPayload> {
    return { featureFlag: await saveFeatureFlag(ctx, input) };
  }

  @FieldResolver(() => [String], {
    description: "Keys of the features that the caller has; empty for everybody else.",
  })
  features(@Ctx() ctx: OrganizationContext, @Root() user: User): Promise<string[]> {
    return findFeatures(ctx, user.id);
  }

  @FieldResolver(() => [Experiment], { description: "The caller's arms of running experiments." })
  experiments(@Ctx() ctx: OrganizationContext, @Root() user: User): Promise<Experiment[]> {
    return findExperiments(ctx, user.id);
  }
}
