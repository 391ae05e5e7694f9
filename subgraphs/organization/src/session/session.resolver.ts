import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { RefreshSessionInput, SignInInput, SignOutInput } from "./session.input.js";
import { refreshSession, signIn, signOut } from "./session.service.js";
import { RefreshSessionPayload, SignInPayload, SignOutPayload } from "./session.type.js";

@Resolver()
export class SessionResolver {
  @Mutation(() => SignInPayload, {
    description:
      "Signs in with e-mail and password. Unknown e-mail and wrong password are the same `INVALID_CREDENTIALS`.",
  })
  signIn(@Ctx() ctx: OrganizationContext, @Arg("input", () => SignInInput) input: SignInInput): Promise<SignInPayload> {
    return signIn(ctx, input);
  }

  @Mutation(() => RefreshSessionPayload, {
    description: "Exchanges a refresh token for the next pair. A token that was used before ends the whole session.",
  })
  refreshSession(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RefreshSessionInput) input: RefreshSessionInput,
  ): Promise<RefreshSessionPayload> {
    return refreshSession(ctx, input.refreshToken);
  }

  @Mutation(() => SignOutPayload, { description: "Ends the session of a refresh token." })
  signOut(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => SignOutInput) input: SignOutInput,
  ): Promise<SignOutPayload> {
    return signOut(ctx, input.refreshToken);
  }
}
