import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { userLoader } from "../user/user.loader.js";
import { User } from "../user/user.type.js";
import { EndImpersonationInput, ImpersonateInput } from "./impersonation.input.js";
import { endImpersonation, impersonate, listImpersonations } from "./impersonation.service.js";
import {
  EndImpersonationPayload,
  ImpersonatePayload,
  Impersonation,
  ImpersonationConnection,
} from "./impersonation.type.js";

@Resolver(() => Impersonation)
export class ImpersonationResolver {
  @Authorized()
  @Mutation(() => ImpersonatePayload, {
    description:
      "Acts as a person for 30 minutes. Needs `users:impersonate`. The person is told, and credentials and money stay out of reach.",
  })
  impersonate(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ImpersonateInput) input: ImpersonateInput,
  ): Promise<ImpersonatePayload> {
    return impersonate(ctx, input);
  }

  @Authorized()
  @Mutation(() => EndImpersonationPayload)
  endImpersonation(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => EndImpersonationInput) input: EndImpersonationInput,
  ): Promise<EndImpersonationPayload> {
    return endImpersonation(ctx, input.id);
  }

  @FieldResolver(() => User, { description: "Who acted." })
  admin(@Ctx() ctx: OrganizationContext, @Root() impersonation: Impersonation): Promise<User> {
    return userLoader(ctx).load(impersonation.adminId);
  }
}

@Resolver(() => User)
export class ImpersonatedResolver {
  @FieldResolver(() => ImpersonationConnection, {
    description: "When the platform's admins acted as the caller, newest first; empty for everybody else.",
  })
  impersonations(
    @Ctx() ctx: OrganizationContext,
    @Root() user: User,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Impersonation>> {
    return listImpersonations(ctx, user.id, args);
  }
}
