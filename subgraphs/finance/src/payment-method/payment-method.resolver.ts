import { Decimal } from "@lentera/kit";
import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { FinanceContext } from "../context.js";
import { UpdatePaymentMethodInput } from "./payment-method.input.js";
import { listPaymentMethods, updatePaymentMethod } from "./payment-method.service.js";
import { PaymentMethod, UpdatePaymentMethodPayload } from "./payment-method.type.js";

@Resolver(() => PaymentMethod)
export class PaymentMethodResolver {
  @Authorized()
  @Query(() => [PaymentMethod], {
    description: "The ways to pay an amount, with what each costs: ask before the payer chooses. At most a few dozen.",
  })
  paymentMethods(
    @Ctx() ctx: FinanceContext,
    @Arg("amount", () => Decimal, { description: "The price, without a fee." }) amount: string,
    @Arg("currency", () => String, { description: "ISO 4217 code." }) currency: string,
  ): Promise<PaymentMethod[]> {
    return listPaymentMethods(ctx, amount, currency);
  }

  @Authorized()
  @Mutation(() => UpdatePaymentMethodPayload, {
    description: "Changes limits, fees or whether it is offered. For platform administrators with `payments:create`.",
  })
  updatePaymentMethod(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => UpdatePaymentMethodInput) input: UpdatePaymentMethodInput,
  ): Promise<UpdatePaymentMethodPayload> {
    return updatePaymentMethod(ctx, input);
  }
}
