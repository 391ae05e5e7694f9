import type { Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { FinanceContext } from "../context.js";
import {
  ApprovePaymentExceptionInput,
  PaymentExceptionListArguments,
  ResolvePaymentExceptionInput,
} from "./payment-exception.input.js";
import { approveException, listExceptions, resolveException } from "./payment-exception.service.js";
import {
  PaymentException,
  PaymentExceptionConnection,
  PaymentExceptionDetail,
  PaymentExceptionPayload,
} from "./payment-exception.type.js";

@Resolver(() => PaymentException)
export class PaymentExceptionResolver {
  @Authorized()
  @Query(() => PaymentExceptionConnection, {
    description: "What needs a person, newest first. For platform administrators with `payments:create`.",
  })
  paymentExceptions(
    @Ctx() ctx: FinanceContext,
    @Args(() => PaymentExceptionListArguments) args: PaymentExceptionListArguments,
  ): Promise<Page<PaymentException>> {
    return listExceptions(ctx, args);
  }

  @Authorized()
  @Mutation(() => PaymentExceptionPayload, {
    description: "Ends an exception with a note, or proposes what moves money and needs a second person.",
  })
  resolvePaymentException(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => ResolvePaymentExceptionInput) input: ResolvePaymentExceptionInput,
  ): Promise<PaymentExceptionPayload> {
    return resolveException(ctx, input);
  }

  @Authorized()
  @Mutation(() => PaymentExceptionPayload, { description: "Does what another person has proposed." })
  approvePaymentException(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => ApprovePaymentExceptionInput) { id }: ApprovePaymentExceptionInput,
  ): Promise<PaymentExceptionPayload> {
    return approveException(ctx, id);
  }

  @FieldResolver(() => [PaymentExceptionDetail], { description: "Amounts in minor units." })
  details(@Root() { details }: PaymentException): PaymentExceptionDetail[] {
    return Object.entries(details ?? {}).map(([name, value]) => ({ name, value: String(value) }));
  }
}
