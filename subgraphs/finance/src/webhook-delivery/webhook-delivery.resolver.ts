import { ConnectionArguments, type Page } from "@lentera/kit";
import { Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { FinanceContext } from "../context.js";
import { listDeliveries } from "./webhook-delivery.service.js";
import { PaymentDelivery, PaymentDeliveryConnection } from "./webhook-delivery.type.js";

@Resolver(() => PaymentDelivery)
export class PaymentDeliveryResolver {
  @Authorized()
  @Query(() => PaymentDeliveryConnection, {
    description:
      "What the payment providers told us, newest first. For platform administrators with `payments:create`.",
  })
  paymentDeliveries(
    @Ctx() ctx: FinanceContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<PaymentDelivery>> {
    return listDeliveries(ctx, args);
  }

  @FieldResolver(() => String, { description: "The body, byte by byte; it may name the payer." })
  body(@Root() delivery: PaymentDelivery): string {
    return Buffer.from(delivery.rawBody).toString("utf8");
  }
}
