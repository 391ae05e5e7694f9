import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { User } from "../user/user.type.js";
import { RegisterPasskeyInput, RemovePasskeyInput, SignInWithPasskeyInput } from "./passkey.input.js";
import { ownPasskeysLoader } from "./passkey.loader.js";
import {
  beginPasskeyRegistration,
  beginPasskeySignIn,
  registerPasskey,
  removePasskey,
  signInWithPasskey,
} from "./passkey.service.js";
import {
  BeginPasskeyRegistrationPayload,
  BeginPasskeySignInPayload,
  type Passkey,
  PasskeyConnection,
  RegisterPasskeyPayload,
  RemovePasskeyPayload,
  SignInWithPasskeyPayload,
} from "./passkey.type.js";

@Resolver(() => User)
export class PasskeyResolver {
  @Authorized()
  @Mutation(() => BeginPasskeyRegistrationPayload, {
    description: "First step of making the caller's device a passkey.",
  })
  beginPasskeyRegistration(@Ctx() ctx: OrganizationContext): Promise<BeginPasskeyRegistrationPayload> {
    return beginPasskeyRegistration(ctx);
  }

  @Authorized()
  @Mutation(() => RegisterPasskeyPayload, { description: "Second step: the browser's answer." })
  registerPasskey(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RegisterPasskeyInput) input: RegisterPasskeyInput,
  ): Promise<RegisterPasskeyPayload> {
    return registerPasskey(ctx, input);
  }

  @Mutation(() => BeginPasskeySignInPayload, {
    description: "First step of signing in with a passkey; needs no e-mail.",
  })
  beginPasskeySignIn(@Ctx() ctx: OrganizationContext): Promise<BeginPasskeySignInPayload> {
    return beginPasskeySignIn(ctx);
  }

  @Mutation(() => SignInWithPasskeyPayload, { description: "Second step: the browser's answer." })
  signInWithPasskey(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => SignInWithPasskeyInput) input: SignInWithPasskeyInput,
  ): Promise<SignInWithPasskeyPayload> {
    return signInWithPasskey(ctx, input);
  }

  @Authorized()
  @Mutation(() => RemovePasskeyPayload, { description: "Removes one of the caller's passkeys." })
  removePasskey(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RemovePasskeyInput) input: RemovePasskeyInput,
  ): Promise<RemovePasskeyPayload> {
    return removePasskey(ctx, input.passkeyId);
  }

  @FieldResolver(() => PasskeyConnection, { description: "The caller's own, oldest first; empty for everybody else." })
  passkeys(
    @Ctx() ctx: OrganizationContext,
    @Root() user: User,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Passkey>> {
    return ownPasskeysLoader(ctx).load({ parentId: user.id, args });
  }
}
