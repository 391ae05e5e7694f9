import { DateTime, connectionOf } from "@lentera/kit";
import { TransferKind } from "@lentera/prisma/finance";
import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(TransferKind, {
  name: "TransferKind",
  description: "Why money moved.",
  valuesConfig: {
    FUNDING: { description: "Money entered the ledger." },
    ADJUSTMENT: { description: "A platform administrator moved it by hand." },
    ESCROW_HOLD: { description: "Set aside for a booking." },
    RELEASE_TO_TUTOR: { description: "A booking was completed: the price without the commission." },
    PLATFORM_FEE: { description: "The platform's commission and fees." },
    REFUND: { description: "Given back to who paid." },
    WITHDRAWAL: { description: "Paid out to a bank account." },
    REVERSAL: { description: "Takes an earlier transfer back; its exact mirror." },
    PAYMENT: { description: "Paid through a provider." },
    CHARGEBACK: { description: "Taken back by the payer's bank." },
    SETTLEMENT: { description: "A provider handed over what it collected." },
    PROVIDER_FEE: { description: "What a provider charges." },
    SUBSCRIPTION: { description: "Paid for a plan or a package." },
    LOAN: { description: "Lent or repaid." },
    CREDIT_PURCHASE: { description: "Messaging credits bought from a vendor." },
    CREDIT_ALLOCATION: { description: "Messaging credits given to an organization." },
    CREDIT_SALE: { description: "Messaging credits sold to an organization." },
    CREDIT_USE: { description: "Messaging credits spent on messages." },
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
  @Field(() => String, { nullable: true, description: "What it belongs to, e.g. `payment:<id>`." })
  reference!: string | null;
  @Field(() => ID, { nullable: true, description: "The transfer that this one takes back." })
  reversesId!: string | null;
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
  balanceAfterMinor!: bigint | null;
  sequence!: bigint | null;
  @Field(() => DateTime, {
    nullable: true,
    description: "When it took its place in the account's statement; null for some seconds on the platform's accounts.",
  })
  bookedAt!: Date | null;
}

export const PostingConnection = connectionOf(Posting);

@ObjectType()
export class TransferFundsPayload {
  @Field(() => Transfer)
  transfer!: Transfer;
}

@ObjectType()
export class ReverseTransferPayload {
  @Field(() => Transfer, { description: "The mirror; `reversesId` is the transfer that it takes back." })
  transfer!: Transfer;
}
