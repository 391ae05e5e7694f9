import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { User } from "../user/user.type.js";
import { Gender, SignUpInput, UpdateProfileInput, VerifyEmailInput } from "./account.input.js";
import { ownAccountLoader } from "./account.loader.js";
import { resendEmailVerification, signUp, updateProfile, verifyEmail } from "./account.service.js";
import {
  ResendEmailVerificationPayload,
  SignUpPayload,
  UpdateProfilePayload,
  VerifyEmailPayload,
} from "./account.type.js";

@Resolver(() => User)
export class AccountResolver {
  @Mutation(() => SignUpPayload, {
    description:
      "Makes an account and sends a letter to verify its address. It works at once: sign in with the password. The answer is the same when the address has an account already.",
  })
  signUp(@Ctx() ctx: OrganizationContext, @Arg("input", () => SignUpInput) input: SignUpInput): Promise<SignUpPayload> {
    return signUp(ctx, input);
  }

  @Mutation(() => VerifyEmailPayload, {
    description: "Verifies an address with the token of its letter, within 24 hours.",
  })
  verifyEmail(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => VerifyEmailInput) input: VerifyEmailInput,
  ): Promise<VerifyEmailPayload> {
    return verifyEmail(ctx, input.token);
  }

  @Authorized()
  @Mutation(() => ResendEmailVerificationPayload, {
    description: "Sends the caller the letter again, at most once a minute.",
  })
  resendEmailVerification(@Ctx() ctx: OrganizationContext): Promise<ResendEmailVerificationPayload> {
    return resendEmailVerification(ctx);
  }

  @Authorized()
  @Mutation(() => UpdateProfilePayload, { description: "Changes what is given of the caller's own profile." })
  updateProfile(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => UpdateProfileInput) input: UpdateProfileInput,
  ): Promise<UpdateProfilePayload> {
    return updateProfile(ctx, input);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "Whether the caller has proven that the address is theirs; null for everybody else.",
  })
  async emailVerified(@Ctx() ctx: OrganizationContext, @Root() user: User): Promise<boolean | null> {
    const account = await ownAccountLoader(ctx).load(user.id);
    return account === null ? null : account.emailVerifiedAt !== null;
  }

  @FieldResolver(() => String, { nullable: true, description: "The caller's own, E.164; null for everybody else." })
  async phone(@Ctx() ctx: OrganizationContext, @Root() user: User): Promise<string | null> {
    return (await ownAccountLoader(ctx).load(user.id))?.phone ?? null;
  }

  @FieldResolver(() => Gender, { nullable: true, description: "The caller's own; null for everybody else." })
  async gender(@Ctx() ctx: OrganizationContext, @Root() user: User): Promise<Gender | null> {
    return (await ownAccountLoader(ctx).load(user.id))?.gender ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "`id` or `en`, the caller's own; null for everybody else.",
  })
  async language(@Ctx() ctx: OrganizationContext, @Root() user: User): Promise<string | null> {
    return (await ownAccountLoader(ctx).load(user.id))?.language ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: "The caller's own, IANA; null for everybody else." })
  async timeZone(@Ctx() ctx: OrganizationContext, @Root() user: User): Promise<string | null> {
    return (await ownAccountLoader(ctx).load(user.id))?.timeZone ?? null;
  }
}
