import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { userLoader } from "../user/user.loader.js";
import { User } from "../user/user.type.js";
import { setBirthDate } from "./consent.service.js";
import {
  ConfirmGuardianLinkInput,
  CreatePairingCodeInput,
  RedeemPairingCodeInput,
  RejectGuardianLinkInput,
  RequestGuardianLinkInput,
  RevokeGuardianLinkInput,
  SetBirthDateInput,
  UpdateGuardianPermissionsInput,
  VerifyGuardianLinkInput,
} from "./guardian-link.input.js";
import { coGuardiansLoader } from "./guardian-link.loader.js";
import {
  confirmGuardianLink,
  listGuardianLinks,
  rejectGuardianLink,
  revokeGuardianLink,
  updateGuardianPermissions,
  verifyGuardianLink,
} from "./guardian-link.service.js";
import {
  CoGuardian,
  ConfirmGuardianLinkPayload,
  CreatePairingCodePayload,
  GuardianLink,
  GuardianLinkConnection,
  RedeemPairingCodePayload,
  RejectGuardianLinkPayload,
  RequestGuardianLinkPayload,
  RevokeGuardianLinkPayload,
  SetBirthDatePayload,
  UpdateGuardianPermissionsPayload,
  VerifyGuardianLinkPayload,
} from "./guardian-link.type.js";
import { createPairingCode, redeemPairingCode, requestGuardianLink } from "./pairing.service.js";

@Resolver(() => GuardianLink)
export class GuardianLinkResolver {
  @FieldResolver(() => User)
  student(@Ctx() ctx: OrganizationContext, @Root() link: GuardianLink): Promise<User> {
    return userLoader(ctx).load(link.studentId);
  }

  @FieldResolver(() => User)
  guardian(@Ctx() ctx: OrganizationContext, @Root() link: GuardianLink): Promise<User> {
    return userLoader(ctx).load(link.guardianId);
  }

  @Authorized()
  @Mutation(() => CreatePairingCodePayload, { description: "For students: a code that lets one guardian in." })
  createPairingCode(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => CreatePairingCodeInput) input: CreatePairingCodeInput,
  ): Promise<CreatePairingCodePayload> {
    return createPairingCode(ctx, input);
  }

  @Authorized()
  @Mutation(() => RedeemPairingCodePayload, {
    description:
      "For guardians: follows the student who made the code, at once. `INVALID_CREDENTIALS` for any code that is not good; after 5 of them within an hour `RATE_LIMITED`.",
  })
  async redeemPairingCode(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RedeemPairingCodeInput) input: RedeemPairingCodeInput,
  ): Promise<RedeemPairingCodePayload> {
    return { guardianLink: await redeemPairingCode(ctx, input) };
  }

  @Authorized()
  @Mutation(() => RequestGuardianLinkPayload, {
    description:
      "For guardians: asks a student, who verifies or rejects. The answer is the same for an unknown address.",
  })
  async requestGuardianLink(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RequestGuardianLinkInput) input: RequestGuardianLinkInput,
  ): Promise<RequestGuardianLinkPayload> {
    await requestGuardianLink(ctx, input);
    return { accepted: true };
  }

  @Authorized()
  @Mutation(() => VerifyGuardianLinkPayload, { description: "For the student: lets a guardian in who has asked." })
  async verifyGuardianLink(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => VerifyGuardianLinkInput) input: VerifyGuardianLinkInput,
  ): Promise<VerifyGuardianLinkPayload> {
    return { guardianLink: await verifyGuardianLink(ctx, input.id) };
  }

  @Authorized()
  @Mutation(() => RejectGuardianLinkPayload, { description: "For the student: sends a guardian away who has asked." })
  async rejectGuardianLink(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RejectGuardianLinkInput) input: RejectGuardianLinkInput,
  ): Promise<RejectGuardianLinkPayload> {
    return { guardianLink: await rejectGuardianLink(ctx, input.id) };
  }

  @Authorized()
  @Mutation(() => RevokeGuardianLinkPayload, { description: "For both sides: ends a link." })
  async revokeGuardianLink(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RevokeGuardianLinkInput) input: RevokeGuardianLinkInput,
  ): Promise<RevokeGuardianLinkPayload> {
    return { guardianLink: await revokeGuardianLink(ctx, input.id) };
  }

  @Authorized()
  @Mutation(() => ConfirmGuardianLinkPayload, {
    description:
      "For the student: keeps a guardian after turning 18. What has a `confirmBy` and is not confirmed ends.",
  })
  async confirmGuardianLink(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ConfirmGuardianLinkInput) input: ConfirmGuardianLinkInput,
  ): Promise<ConfirmGuardianLinkPayload> {
    return { guardianLink: await confirmGuardianLink(ctx, input.id) };
  }

  @Authorized()
  @Mutation(() => UpdateGuardianPermissionsPayload, {
    description: "For the student: changes what a guardian may see and do, from the next request on.",
  })
  async updateGuardianPermissions(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => UpdateGuardianPermissionsInput) input: UpdateGuardianPermissionsInput,
  ): Promise<UpdateGuardianPermissionsPayload> {
    return { guardianLink: await updateGuardianPermissions(ctx, input.id, input.permissions) };
  }

  @Authorized()
  @Mutation(() => SetBirthDatePayload, {
    description: "Says once when the caller was born. At 18 a student's guardian links come up for confirmation.",
  })
  async setBirthDate(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => SetBirthDateInput) input: SetBirthDateInput,
  ): Promise<SetBirthDatePayload> {
    await setBirthDate(ctx, input);
    return { saved: true };
  }
}

@Resolver(() => User)
export class FamilyResolver {
  @FieldResolver(() => GuardianLinkConnection, {
    description: "The links in which the caller is the student, newest first; empty for everybody else.",
  })
  guardianLinks(
    @Ctx() ctx: OrganizationContext,
    @Root() user: User,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<GuardianLink>> {
    return listGuardianLinks(ctx, user.id, args);
  }

  @FieldResolver(() => [CoGuardian], {
    description:
      "The other verified guardians, at most 20, for the student and for each verified guardian; empty for everybody else.",
  })
  coGuardians(@Ctx() ctx: OrganizationContext, @Root() user: User): Promise<CoGuardian[]> {
    return coGuardiansLoader(ctx).load(user.id);
  }
}
