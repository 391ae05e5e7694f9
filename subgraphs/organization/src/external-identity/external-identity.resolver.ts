import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import type { SignInPayload } from "../session/session.type.js";
import { User } from "../user/user.type.js";
import {
  BeginExternalSignInInput,
  CompleteExternalSignInInput,
  LinkExternalIdentityInput,
  RemoveExternalIdentityInput,
} from "./external-identity.input.js";
import { ownExternalIdentitiesLoader } from "./external-identity.loader.js";
import { linkExternalIdentity, removeExternalIdentity } from "./external-identity.service.js";
import { beginExternalSignIn, completeExternalSignIn } from "./external-sign-in.service.js";
import {
  BeginExternalSignInPayload,
  CompleteExternalSignInPayload,
  type ExternalIdentity,
  ExternalIdentityConnection,
  ExternalProvider,
  LinkExternalIdentityPayload,
  RemoveExternalIdentityPayload,
} from "./external-identity.type.js";

@Resolver(() => User)
export class ExternalIdentityResolver {
  @Query(() => [ExternalProvider], { description: "Who can vouch for a person here; for the sign-in page." })
  externalProviders(@Ctx() ctx: OrganizationContext): readonly ExternalProvider[] {
    return ctx.externalProviders.offered;
  }

  @Mutation(() => BeginExternalSignInPayload, {
    description:
      "First step of signing in or up through a provider; for somebody who is signed in, of linking it to their account.",
  })
  beginExternalSignIn(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => BeginExternalSignInInput) input: BeginExternalSignInInput,
  ): Promise<BeginExternalSignInPayload> {
    return beginExternalSignIn(ctx, input);
  }

  @Mutation(() => CompleteExternalSignInPayload, {
    description:
      "Second step: what the provider sent back. An account of the same address is linked when both sides have verified the address, and `ILLEGAL_STATE` otherwise: sign in to that account and link from there.",
  })
  completeExternalSignIn(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => CompleteExternalSignInInput) input: CompleteExternalSignInInput,
  ): Promise<SignInPayload> {
    return completeExternalSignIn(ctx, input);
  }

  @Authorized()
  @Mutation(() => LinkExternalIdentityPayload, {
    description: "Second step for somebody who was signed in when they began: the account there opens this one, too.",
  })
  linkExternalIdentity(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => LinkExternalIdentityInput) input: LinkExternalIdentityInput,
  ): Promise<LinkExternalIdentityPayload> {
    return linkExternalIdentity(ctx, input);
  }

  @Authorized()
  @Mutation(() => RemoveExternalIdentityPayload, {
    description: "Unlinks one of the caller's identities; `ILLEGAL_STATE` when it is their last way to sign in.",
  })
  removeExternalIdentity(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RemoveExternalIdentityInput) input: RemoveExternalIdentityInput,
  ): Promise<RemoveExternalIdentityPayload> {
    return removeExternalIdentity(ctx, input.externalIdentityId);
  }

  @FieldResolver(() => ExternalIdentityConnection, {
    description: "The caller's own, oldest first; empty for everybody else.",
  })
  externalIdentities(
    @Ctx() ctx: OrganizationContext,
    @Root() user: User,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<ExternalIdentity>> {
    return ownExternalIdentitiesLoader(ctx).load({ parentId: user.id, args });
  }
}
