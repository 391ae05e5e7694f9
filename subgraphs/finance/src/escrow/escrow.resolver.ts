import { ConnectionArguments, Money, type Page, toMoney } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { FinanceContext } from "../context.js";
import { DecideEscrowInput } from "./escrow.input.js";
import { decideEscrow, getEscrow, listEscrows } from "./escrow.service.js";
import { DecideEscrowPayload, Escrow, EscrowConnection } from "./escrow.type.js";

const moneyOf = (amountMinor: bigint | null, currency: string | null): Money | null =>
  amountMinor === null || currency === null ? null : toMoney(amountMinor, currency);

@Resolver(() => Escrow)
export class EscrowResolver {
  @Authorized()
  @Query(() => Escrow, { description: "The money of a booking in which the caller pays or earns; else `NOT_FOUND`." })
  escrow(@Ctx() ctx: FinanceContext, @Arg("bookingId", () => ID) bookingId: string): Promise<Escrow> {
    return getEscrow(ctx, bookingId);
  }

  @Authorized()
  @Query(() => EscrowConnection, {
    description:
      "Where the caller pays or earns, newest first. Platform administrators with `payments:read` get all of them.",
  })
  escrows(
    @Ctx() ctx: FinanceContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Escrow>> {
    return listEscrows(ctx, args);
  }

  @Authorized()
  @Mutation(() => DecideEscrowPayload, {
    description: "Ends a dispute by a split. For platform administrators with `payments:refund`.",
  })
  decideEscrow(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => DecideEscrowInput) input: DecideEscrowInput,
  ): Promise<DecideEscrowPayload> {
    return decideEscrow(ctx, input);
  }

  @FieldResolver(() => Money, { nullable: true, description: "What the lesson costs; null before it is agreed." })
  price(@Root() { priceMinor, currency }: Escrow): Money | null {
    return moneyOf(priceMinor, currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: "Paid on top of the price." })
  studentFee(@Root() { studentFeeMinor, currency }: Escrow): Money | null {
    return moneyOf(studentFeeMinor, currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: "Given back to the payer." })
  refunded(@Root() { refundedMinor, currency }: Escrow): Money | null {
    return moneyOf(refundedMinor, currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: "Given to the tutor." })
  released(@Root() { releasedMinor, currency }: Escrow): Money | null {
    return moneyOf(releasedMinor, currency);
  }
}
