import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { User } from "../user/user.type.js";
import { ownSessionsLoader } from "./own-session.loader.js";
import { revokeOtherSessions, revokeSession } from "./own-session.service.js";
import {
  RefreshSessionInput,
  RevokeSessionInput,
  SignInInput,
  SignOutInput,
  SwitchOrganizationInput,
} from "./session.input.js";
import { refreshSession, signIn, signOut, switchOrganization } from "./session.service.js";
import {
  RefreshSessionPayload,
  RevokeOtherSessionsPayload,
  RevokeSessionPayload,
  type Session,
  SessionConnection,
  SignInPayload,
  SignOutPayload,
  SwitchOrganizationPayload,
} from "./session.type.js";

@Resolver(() => User)
export class SessionResolver {
  @Mutation(() => SignInPayload, {
    description:
      "Signs in with e-mail and password. Unknown e-mail and wrong password are the same `INVALID_CREDENTIALS`.",
  })
  signIn(@Ctx() ctx: OrganizationContext, @Arg("input", () => SignInInput) input: SignInInput): Promise<SignInPayload> {
    return signIn(ctx, input);
  }

  @Mutation(() => RefreshSessionPayload, {
    description:
      "Exchanges a refresh token for the next pair. A token that was used before ends the whole session, except within 60 seconds with the idempotency key of that exchange, which gives the same refresh token again.",
  })
  refreshSession(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RefreshSessionInput) input: RefreshSessionInput,
  ): Promise<RefreshSessionPayload> {
    return refreshSession(ctx, input);
  }

  @Authorized()
  @Mutation(() => SwitchOrganizationPayload, {
    description:
      "Makes the caller's session act for another organization in which they work or learn, also after it is refreshed. Older access tokens act for the former one until they expire.",
  })
  switchOrganization(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => SwitchOrganizationInput) input: SwitchOrganizationInput,
  ): Promise<SwitchOrganizationPayload> {
    return switchOrganization(ctx, input.organizationId);
  }

  @Mutation(() => SignOutPayload, { description: "Ends the session of a refresh token." })
  signOut(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => SignOutInput) input: SignOutInput,
  ): Promise<SignOutPayload> {
    return signOut(ctx, input.refreshToken);
  }

  @Authorized()
  @Mutation(() => RevokeSessionPayload, {
    description: "Ends one of the caller's sessions. Its access token works until it expires, 15 minutes at most.",
  })
  revokeSession(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RevokeSessionInput) input: RevokeSessionInput,
  ): Promise<RevokeSessionPayload> {
    return revokeSession(ctx, input.sessionId);
  }

  @Authorized()
  @Mutation(() => RevokeOtherSessionsPayload, {
    description: "Ends all of the caller's sessions but the one that asks.",
  })
  revokeOtherSessions(@Ctx() ctx: OrganizationContext): Promise<RevokeOtherSessionsPayload> {
    return revokeOtherSessions(ctx);
  }

  @FieldResolver(() => SessionConnection, {
    description: "Where the caller is signed in, newest first; empty for everybody else.",
  })
  sessions(
    @Ctx() ctx: OrganizationContext,
    @Root() user: User,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Session>> {
    return ownSessionsLoader(ctx).load({ parentId: user.id, args });
  }
}
