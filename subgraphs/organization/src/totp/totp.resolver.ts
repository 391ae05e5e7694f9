import { Arg, Authorized, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { User } from "../user/user.type.js";
import { ConfirmTotpInput, DisableTotpInput, RegenerateRecoveryCodesInput } from "./totp.input.js";
import { recoveryCodesLoader, twoFactorLoader } from "./totp.loader.js";
import { beginTotp, confirmTotp, disableTotp, regenerateRecoveryCodes } from "./totp.service.js";
import {
  BeginTotpPayload,
  ConfirmTotpPayload,
  DisableTotpPayload,
  RegenerateRecoveryCodesPayload,
} from "./totp.type.js";

@Resolver(() => User)
export class TotpResolver {
  @Authorized()
  @Mutation(() => BeginTotpPayload, {
    description: "Makes a seed for the caller's authenticator application; `confirmTotp` switches it on.",
  })
  beginTotp(@Ctx() ctx: OrganizationContext): Promise<BeginTotpPayload> {
    return beginTotp(ctx);
  }

  @Authorized()
  @Mutation(() => ConfirmTotpPayload, { description: "Switches the second factor on and gives ten recovery codes." })
  confirmTotp(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ConfirmTotpInput) input: ConfirmTotpInput,
  ): Promise<ConfirmTotpPayload> {
    return confirmTotp(ctx, input);
  }

  @Authorized()
  @Mutation(() => RegenerateRecoveryCodesPayload, {
    description: "Gives ten new recovery codes, with the password or a code; the ones before stop working.",
  })
  regenerateRecoveryCodes(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RegenerateRecoveryCodesInput) input: RegenerateRecoveryCodesInput,
  ): Promise<RegenerateRecoveryCodesPayload> {
    return regenerateRecoveryCodes(ctx, input);
  }

  @Authorized()
  @Mutation(() => DisableTotpPayload, { description: "Switches the second factor off, with the password." })
  disableTotp(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => DisableTotpInput) input: DisableTotpInput,
  ): Promise<DisableTotpPayload> {
    return disableTotp(ctx, input);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "Whether signing in as the caller needs a code; null for everybody else.",
  })
  twoFactorEnabled(@Ctx() ctx: OrganizationContext, @Root() user: User): Promise<boolean | null> {
    return twoFactorLoader(ctx).load(user.id);
  }

  @FieldResolver(() => Int, { nullable: true, description: "How many the caller has left; null for everybody else." })
  recoveryCodesLeft(@Ctx() ctx: OrganizationContext, @Root() user: User): Promise<number | null> {
    return recoveryCodesLoader(ctx).load(user.id);
  }
}
