import { Arg, Authorized, Ctx, Mutation, Resolver } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { ConfirmEmailChangeInput, RequestEmailChangeInput } from "./email-change.input.js";
import { confirmEmailChange, requestEmailChange } from "./email-change.service.js";
import { ConfirmEmailChangePayload, RequestEmailChangePayload } from "./email-change.type.js";

@Resolver()
export class EmailChangeResolver {
  @Authorized()
  @Mutation(() => RequestEmailChangePayload, {
    description:
      "Sends a letter to the address that the caller wants to have, at most once a minute. The present one stays until its token is given to `confirmEmailChange`.",
  })
  requestEmailChange(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RequestEmailChangeInput) input: RequestEmailChangeInput,
  ): Promise<RequestEmailChangePayload> {
    return requestEmailChange(ctx, input);
  }

  @Mutation(() => ConfirmEmailChangePayload, {
    description:
      "Changes the address of the account with the token of its letter, within 24 hours. Sessions go on; the former address is told.",
  })
  confirmEmailChange(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ConfirmEmailChangeInput) input: ConfirmEmailChangeInput,
  ): Promise<ConfirmEmailChangePayload> {
    return confirmEmailChange(ctx, input.token);
  }
}
