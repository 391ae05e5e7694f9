import { DateTime, connectionOf } from "@lentera/kit";
import { EscrowStatus, type Escrow as EscrowRow } from "@lentera/prisma/finance";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(EscrowStatus, {
  name: "EscrowStatus",
  description: "Where a booking's money stands.",
  valuesConfig: {
    AWAITING_PAYMENT: { description: "Not agreed or not paid yet." },
    HELD: { description: "Paid; nobody has it." },
    DISPUTED: { description: "Nobody gets it until an administrator decides." },
    RELEASED: { description: "The tutor has the price without the commission. Final." },
    REFUNDED: { description: "The payer has all of it back. Final." },
    SPLIT: { description: "The payer has a part of the price back, the tutor the rest without the commission. Final." },
  },
});

@ObjectType({ description: "The money of one booking, kept until the lesson is given, cancelled or decided upon." })
export class Escrow {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  bookingId!: string;
  @Field(() => EscrowStatus)
  status!: EscrowStatus;
  @Field(() => DateTime, { nullable: true })
  paidAt!: Date | null;
  @Field(() => DateTime, { nullable: true })
  settledAt!: Date | null;

  currency!: string | null;
  priceMinor!: bigint | null;
  studentFeeMinor!: bigint | null;
  refundedMinor!: bigint;
  releasedMinor!: bigint;
}

export const EscrowConnection = connectionOf(Escrow);

@ObjectType()
export class DecideEscrowPayload {
  @Field(() => Escrow)
  escrow!: Escrow;
}

export function escrowFrom(row: EscrowRow): Escrow {
  return row;
}
