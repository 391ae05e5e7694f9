import { Money, toMoney } from "@lentera/kit";
import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { FinanceContext } from "../context.js";
import { paymentLoader } from "../payment/payment.loader.js";
import { Payment } from "../payment/payment.type.js";
import { RequestRefundInput } from "./refund.input.js";
import { refundsLoader } from "./refund.loader.js";
import { requestRefund } from "./refund.service.js";
import { Refund, RequestRefundPayload } from "./refund.type.js";

@Resolver(() => Refund)
export class RefundResolver {
  @Authorized()
  @Mutation(() => RequestRefundPayload, {
    description: "Gives a part or all of a payment's price back. Needs `payments:refund` where it was paid to.",
  })
  requestRefund(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => RequestRefundInput) input: RequestRefundInput,
  ): Promise<RequestRefundPayload> {
    return requestRefund(ctx, input);
  }

  @FieldResolver(() => Money)
  async amount(@Ctx() ctx: FinanceContext, @Root() refund: Refund): Promise<Money> {
    return toMoney(refund.amountMinor, (await paymentLoader(ctx).load(refund.paymentId)).currency);
  }
}

@Resolver(() => Payment)
export class PaymentRefundResolver {
  @FieldResolver(() => [Refund], { description: "Oldest first." })
  refunds(@Ctx() ctx: FinanceContext, @Root() payment: Payment): Promise<Refund[]> {
    return refundsLoader(ctx).load(payment.id);
  }
}
