import { DateTime, connectionOf } from "@lentera/kit";
import { AccountPurpose } from "@lentera/prisma/finance";
import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(AccountPurpose, {
  name: "LedgerAccountPurpose",
  description: "What the money of an account is for.",
  valuesConfig: {
    WALLET: { description: "Its owner's to spend." },
    ESCROW: { description: "Held until a service has been rendered." },
    FEES: { description: "Earned by the platform on others' sales." },
    CLEARING: { description: "On its way to or from a payment provider." },
    FUNDING: {
      description: "Where money enters the ledger; its balance is what the rest holds, with the sign turned.",
    },
    REVENUE: { description: "Earned by the platform's own sales." },
    COST: { description: "Spent by the platform; below zero." },
    TAX: { description: "Collected for the state." },
    RECEIVABLE: { description: "Owed to the platform; below zero." },
    SUSPENSE: { description: "Not yet matched with anything." },
    SUPPLY: { description: "Where bought credits come from; below zero." },
    USAGE: { description: "Credits that were spent." },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: "One pocket of money of one owner. Its balance is at all times the sum of its postings." })
export class LedgerAccount {
  @Field(() => ID)
  id!: string;
  @Field(() => AccountPurpose)
  purpose!: AccountPurpose;
  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;
  @Field(() => DateTime)
  createdAt!: Date;

  /** Without what still waits on a hot account. */
  balanceMinor!: bigint;
  heldMinor!: bigint;
  hot!: boolean;
}

export const LedgerAccountConnection = connectionOf(LedgerAccount);
