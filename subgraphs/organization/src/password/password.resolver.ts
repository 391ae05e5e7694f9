import { Arg, Authorized, Ctx, Mutation, Resolver } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { ChangePasswordInput, RequestPasswordResetInput, ResetPasswordInput } from "./password.input.js";
import { changePassword, requestPasswordReset, resetPassword } from "./password.service.js";
import { ChangePasswordPayload, RequestPasswordResetPayload, ResetPasswordPayload } from "./password.type.js";

@Resolver()
export class PasswordResolver {
  @Authorized()
  @Mutation(() => ChangePasswordPayload, {
    description: "Changes the caller's password and ends their sessions on other devices.",
  })
  changePassword(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ChangePasswordInput) input: ChangePasswordInput,
  ): Promise<ChangePasswordPayload> {
    return changePassword(ctx, input);
  }

  @Mutation(() => RequestPasswordResetPayload, {
    description: "Sends a letter with a link that works for 30 minutes. The same answer for an unknown address.",
  })
  requestPasswordReset(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RequestPasswordResetInput) input: RequestPasswordResetInput,
  ): Promise<RequestPasswordResetPayload> {
    return requestPasswordReset(ctx, input);
  }

  @Mutation(() => ResetPasswordPayload, {
    description: "Chooses a new password with the token of a letter, once, and ends all sessions.",
  })
  resetPassword(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ResetPasswordInput) input: ResetPasswordInput,
  ): Promise<ResetPasswordPayload> {
    return resetPassword(ctx, input);
  }
}
