import { DateTime, connectionOf } from "@lentera/kit";
import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";

export const TransferKind = {
  FUNDING: "FUNDING",
  ADJUSTMENT: "ADJUSTMENT",
  ESCROW_HOLD: "ESCROW_HOLD",
  RELEASE_TO_TUTOR: "RELEASE_TO_TUTOR",
  PLATFORM_FEE: "PLATFORM_FEE",
  REFUND: "REFUND",
  WITHDRAWAL: "WITHDRAWAL",
} as const;
export type TransferKind = keyof typeof TransferKind;
registerEnumType(TransferKind, {
  name: "TransferKind",
  description: "Why money moved.",
  valuesConfig: {
    FUNDING: { description: "Money entered the ledger." },
    ADJUSTMENT: { description: "A platform administrator moved it by hand." },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: "Money that moved, once and for ever. Its postings add up to zero in each currency." })
export class Transfer {
  @Field(() => ID)
  id!: string;
  @Field(() => TransferKind)
  kind!: TransferKind;
  @Field(() => String, { description: "For people; 1 to 500 characters." })
  description!: string;
  @Field(() => DateTime, { description: "When it counts." })
  effectiveAt!: Date;
  @Field(() => DateTime, { description: "When it was written down." })
  createdAt!: Date;
}

@ObjectType({ description: "What a transfer did to one account. It never changes." })
export class Posting {
  @Field(() => ID)
  id!: string;

  transferId!: string;
  accountId!: string;
  currency!: string;
  amountMinor!: bigint;
  balanceAfterMinor!: bigint;
  sequence!: bigint;
}

export const PostingConnection = connectionOf(Posting);

@ObjectType()
export class TransferFundsPayload {
  @Field(() => Transfer)
  transfer!: Transfer;
}
