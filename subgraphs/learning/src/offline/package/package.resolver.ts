import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { type LearningContext } from "../../context.js";
import { tryoutLoader } from "../../tryout/tryout.loader.js";
import { Tryout } from "../../tryout/tryout.type.js";
import { CreateOfflinePackageInput } from "./package.input.js";
import { contentLoader } from "./package.loader.js";
import { createPackage, getPackage, listPackages } from "./package.service.js";
import {
  CreateOfflinePackagePayload,
  OfflinePackage,
  OfflinePackageConnection,
  OfflineSigningKey,
} from "./package.type.js";
import { listSigningKeys } from "./signing-key.service.js";

@Resolver(() => OfflinePackage)
export class OfflinePackageResolver {
  @Query(() => [OfflineSigningKey], {
    description: "The keys that packages and receipts are signed with, the current one first, for everybody.",
  })
  offlineSigningKeys(@Ctx() ctx: LearningContext): Promise<OfflineSigningKey[]> {
    return listSigningKeys(ctx);
  }

  @Authorized()
  @Query(() => OfflinePackage, { description: "A package of the caller." })
  offlinePackage(@Ctx() ctx: LearningContext, @Arg("id", () => ID) id: string): Promise<OfflinePackage> {
    return getPackage(ctx, id);
  }

  @Authorized()
  @Query(() => OfflinePackageConnection, { description: "The caller's packages, the newest first." })
  offlinePackages(
    @Ctx() ctx: LearningContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<OfflinePackage>> {
    return listPackages(ctx, args);
  }

  @Authorized()
  @Mutation(() => CreateOfflinePackagePayload, {
    description: "Gives the paper of a tryout to one of the caller's devices for 7 days. It holds no answer keys.",
  })
  createOfflinePackage(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => CreateOfflinePackageInput) input: CreateOfflinePackageInput,
  ): Promise<CreateOfflinePackagePayload> {
    return createPackage(ctx, input);
  }

  @FieldResolver(() => Tryout)
  tryout(@Ctx() ctx: LearningContext, @Root() offlinePackage: OfflinePackage): Promise<Tryout> {
    return tryoutLoader(ctx).load(offlinePackage.tryoutId);
  }

  @FieldResolver(() => String, {
    description:
      "The paper: JSON (`format` 1: tryout, sections, passages, items without keys), compressed by gzip, base64url.",
  })
  content(@Ctx() ctx: LearningContext, @Root() offlinePackage: OfflinePackage): Promise<string> {
    return contentLoader(ctx).load(offlinePackage.contentId);
  }
}
